import { showPath, type RepoPath } from './paths.js';
import { TICKET_VERSION, type TicketId, type WorkKind } from './ticket.js';
import { yamlList, yamlScalar } from './yamlText.js';

export interface NewProof {
  how: 'run' | 'shell' | 'inspect';
  text: string;
}

/** Everything that a new ticket says. Each text is one line. What is absent was not given, and is written from the title. */
export interface NewTicket {
  title: string;
  kind: WorkKind;
  scope: { class: 'quick'; files: RepoPath[] } | { class: 'standard' | 'orchestrator'; allowed: string[] };
  /** What a larger ticket may say beside. */
  more?: Larger;
  /** Its place in a chain. */
  chain?: Place;
  why?: string;
  plan: string[];
  accept: string[];
  proofs: NewProof[];
}

export interface Larger {
  /** The folder of its requirements, design and tasks. */
  spec?: RepoPath;
  intensity?: string;
  rounds?: string;
  steering: RepoPath[];
  experts: { profile: string; why: string }[];
  /** Questions that stop the writer until they are decided. */
  open: string[];
}

export interface Place {
  parent?: TicketId;
  /** The stage of the parent that it belongs to. */
  stage?: string;
  after: TicketId[];
  finalVerifier?: string;
}

export interface WrittenTicket {
  text: string;
  /** Numbers of the lines that were written from the title alone, and want a person's words. */
  wants: number[];
}

/** The modeline by which editors find the schema; relative to tickets/. */
const MODELINE = '# yaml-language-server: $schema=../.cxw/schema/ticket.schema.json';

/** The documents of a spec, by their names under `specs` and in their folder. */
export const SPEC_FILES = ['requirements', 'design', 'tasks'] as const;

interface Line {
  text: string;
  wants?: true;
}

/** Writes a ticket: short, and in the order in which it is read. */
export function ticketText(id: TicketId, ticket: NewTicket): WrittenTicket {
  const lines = [
    said(MODELINE),
    said(`schema_version: ${TICKET_VERSION}`),
    said(`id: ${id}`),
    said(`class: ${ticket.scope.class}`),
    said(`title: ${yamlScalar(ticket.title)}`),
    said(`kind: ${ticket.kind}`),
    ...scopeLines(ticket),
    ...chainLines(ticket),
    ...largerLines(ticket),
    ...planLines(ticket),
    ...acceptanceLines(ticket),
    said('proof:'),
    ...ticket.proofs.flatMap(({ how, text }, at) => [said(`  - id: P${at + 1}`), said(`    ${how}: ${yamlScalar(text)}`)]),
  ];
  return {
    text: `${lines.map((line) => line.text).join('\n')}\n`,
    wants: lines.flatMap((line, at) => (line.wants === undefined ? [] : [at + 1])),
  };
}

const said = (text: string): Line => ({ text });
const guessed = (text: string): Line => ({ text, wants: true });
const saidOr = (given: string | undefined, write: (text: string) => string, otherwise: string): Line =>
  (given === undefined ? guessed(write(yamlScalar(otherwise))) : said(write(yamlScalar(given))));

function scopeLines({ scope, why, more }: NewTicket): Line[] {
  if (scope.class === 'quick') {
    const files = scope.files.map(showPath);
    const bounded = `One bounded objective in ${files.length === 1 ? 'one file' : `${files.length} files`}.`;
    return [said(`why_quick: ${yamlScalar(why ?? bounded)}`), said('scope:'), said(`  files: ${yamlList(files)}`)];
  }
  return [
    said('scope:'), said(`  allowed: ${yamlList(scope.allowed)}`),
    ...(more?.spec === undefined ? [said('specs:'), said('  mode: no_spec'), saidOr(why, (text) => `  reason: ${text}`, 'No spec was named when this ticket was made.')] : specLines(more.spec)),
  ];
}

function chainLines({ scope, chain }: NewTicket): Line[] {
  const { parent, after = [], finalVerifier } = chain ?? {};
  return [
    ...(parent === undefined ? [] : [said(`parent: ${parent}`)]),
    ...(after.length === 0 ? [] : [said(`after: ${yamlList(after)}`)]),
    ...(scope.class === 'orchestrator' ? [said('children: []')] : []),
    ...(finalVerifier === undefined ? [] : [said(`final_verifier: ${yamlScalar(finalVerifier)}`)]),
  ];
}

const specLines = (folder: RepoPath): Line[] => [said('specs:'), ...specFields(folder).map(([key, value]) => said(`  ${key}: ${value}`))];

/** What stands under `specs` for the documents in a folder, each key with its value as YAML. */
export const specFields = (folder: RepoPath): [string, string][] =>
  [['mode', 'full_sdd'], ...SPEC_FILES.map((name): [string, string] => [name, yamlScalar(showPath(`${folder}/${name}.md` as RepoPath))])];

function largerLines({ more }: NewTicket): Line[] {
  if (more === undefined) return [];
  const { intensity, rounds, steering, experts, open } = more;
  return [
    ...(intensity === undefined ? [] : [said(`intensity: ${intensity}`)]),
    ...(rounds === undefined ? [] : [said(`max_iterations: ${rounds}`)]),
    ...(open.length === 0 ? [] : [said('decisions:'), said('  open:'), ...open.map((text, at) => said(`    - { id: DEC-${at + 1}, text: ${yamlScalar(text)}, blocks: true }`))]),
    ...(steering.length === 0 ? [] : [said(`steering: ${yamlList(steering.map(showPath))}`)]),
    ...(experts.length === 0 ? [] : [said('experts:'), ...experts.map(({ profile, why }) => said(`  - { profile: ${yamlScalar(profile)}, why: ${yamlScalar(why)} }`))]),
  ];
}

function planLines({ scope, plan, title }: NewTicket): Line[] {
  if (plan.length > 0) return [said('plan:'), ...plan.map((step) => said(`  - ${yamlScalar(step)}`))];
  return scope.class === 'quick' ? [said('plan:'), guessed(`  - ${yamlScalar(title)}`)] : [];
}

function acceptanceLines({ accept, title, proofs }: NewTicket): Line[] {
  const covering = yamlList(proofs.map((_, at) => `P${at + 1}`));
  const criterion = (at: number, text: Line): Line[] => [said(`  - id: AC-${at + 1}`), text, said(`    proofs: ${covering}`)];
  const written = accept.length > 0 ? accept.map((text) => said(`    text: ${yamlScalar(text)}`)) : [guessed(`    text: ${yamlScalar(`It is done as the title says: ${title}`)}`)];
  return [said('acceptance:'), ...written.flatMap((text, at) => criterion(at, text))];
}
