import { classify, type Finding } from '../domain/classify.js';
import { compileGlobs } from '../domain/globs.js';
import { candidateIds } from '../domain/ids.js';
import { commandFor, newTicket, type TicketWords } from '../domain/newTicket.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { showPath, type RepoPath } from '../domain/paths.js';
import type { Policy } from '../domain/policy.js';
import { refuse, remark, type Refusal } from '../domain/problem.js';
import { specNeeds } from '../domain/specNeed.js';
import type { Proof, TicketClass, TicketId } from '../domain/ticket.js';
import { SPEC_FILES, ticketText, type NewTicket } from '../domain/ticketText.js';
import type { World } from '../world/index.js';

export interface TicketNewRequest extends TicketWords {
  /** Where in the repository the person stands; absent at its root. */
  standing?: RepoPath;
}

export interface TicketNewData {
  id?: TicketId;
  path?: string;
  class?: TicketClass;
  /** How many lines the ticket has. */
  lines?: number;
  /** Numbers of the lines that want a person's words. */
  wants?: number[];
}

type NewWorld = Pick<World, 'clock' | 'documents' | 'files' | 'git' | 'ledger' | 'reservations'>;

const COMMAND = 'ticket new';

/** Makes a ticket: short, valid, under an id that nobody else has. Never overwrites. */
export async function ticketNew(world: NewWorld, request: TicketNewRequest): Promise<Outcome<TicketNewData>> {
  const policy = await world.documents.policy();
  if (policy === undefined) return no('refused', COMMAND, {}, [refuse('no-policy', {})]);
  if (!policy.ok) return no('invalid', COMMAND, {}, policy.problems);

  const ticket = newTicket(request, policy.value);
  if (!ticket.ok) return no('refused', COMMAND, {}, ticket.refusals);
  const refusals = [...await pathRefusals(world, ticket.value, request.standing), ...classRefusals(request, ticket.value, policy.value)];
  if (refusals.length > 0) return no('refused', COMMAND, {}, refusals);

  const made = request.id === undefined ? await createUnderFreeId(world, ticket.value) : await createUnder(world, request.id, ticket.value);
  if ('refusal' in made) return no('refused', COMMAND, {}, [made.refusal]);
  const { id, path, lines, wants } = made;
  const words = wants.length === 0 ? [] : [remark('ticket-wants-words', { path, lines: wants })];
  return done(COMMAND, { id, path, class: ticket.value.scope.class, lines, wants }, [`cxw advance ${id} --until-blocked`, `cxw validate ${path}`], words);
}

/** Paths need not exist, since a change may add them; but a directory is no file, and a path from a subfolder is no path from the root. */
async function pathRefusals({ files }: Pick<World, 'files'>, { scope, more }: NewTicket, standing: RepoPath | undefined): Promise<Refusal[]> {
  if (scope.class !== 'quick') return largerRefusals(files, more);
  const found = await Promise.all(scope.files.map(async (path) => {
    const kind = await files.kind(path);
    if (kind === 'directory') return [refuse('ticket-path-directory', { path: showPath(path) })];
    const fromHere = standing === undefined ? undefined : `${standing}/${path}` as RepoPath;
    if (kind !== 'absent' || fromHere === undefined || await files.kind(fromHere) !== 'file') return [];
    return [refuse('ticket-path-elsewhere', { written: showPath(path), meant: showPath(fromHere) })];
  }));
  return found.flat();
}

/** What a larger ticket names must be there to be read. */
async function largerRefusals(files: World['files'], more: NewTicket['more']): Promise<Refusal[]> {
  const { spec, steering = [] } = more ?? {};
  const named: (readonly [string, RepoPath])[] = [
    ...(spec === undefined ? [] : SPEC_FILES.map((name) => [name, `${spec}/${name}.md` as RepoPath] as const)), ...steering.map((path) => ['steering', path] as const),
  ];
  const kinds = await Promise.all(named.map(([, path]) => files.kind(path)));
  return named.flatMap(([key, path], at) => (kinds[at] === 'file' ? [] : [refuse('spec-missing', { key, path: showPath(path) })]));
}

/** Whether it is quick is computed from its paths, not wished for; and whether it may go without a spec. */
function classRefusals(words: TicketWords, { scope, proofs, more }: NewTicket, policy: Policy): Refusal[] {
  const proof = proofs.map(({ how, text }, at): Proof => ({ id: `P${at + 1}`, [how]: text }));
  const needs = more?.spec !== undefined ? [] : specNeeds(scope.class === 'quick' ? scope.files : scope.allowed as RepoPath[], { proof }, policy);
  if (scope.class !== 'quick') {
    const product = more?.intensity !== 'research_only' ? undefined : scope.allowed.find((pattern) => !compileGlobs(policy.docs)(pattern as RepoPath));
    return [
      ...(needs.length === 0 ? [] : [refuse('ticket-wants-spec', { findings: needs.map(told), command: commandFor(words) })]),
      ...(product === undefined ? [] : [refuse('ticket-value-invalid', { flag: '--intensity', given: 'research_only', why: `research changes documentation alone, and ${product} is product` })]),
    ];
  }
  const { findings } = classify(scope.files, [], policy, proof);
  return findings.length === 0 ? [] : [refuse('ticket-not-quick', { findings: findings.map(told), command: `${commandFor(words, scope.files)}${needs.length === 0 ? '' : ' --spec FOLDER'}` })];
}

const told = ({ trigger, why }: Finding): string => `${trigger}: ${why}`;

interface Made {
  id: TicketId;
  path: RepoPath;
  lines: number;
  wants: number[];
}

async function createUnderFreeId(world: NewWorld, ticket: NewTicket): Promise<Made> {
  const taken = new Set([...await idsHere(world), ...await world.git.repository.ticketIdsElsewhere()]);
  for (const id of candidateIds(ticket.title, world.clock.now())) {
    if (taken.has(id) || !await world.reservations.take(id)) continue;
    const made = await create(world, id, ticket);
    if (made !== undefined) return made;
  }
  throw new Error('there is always one more id');
}

async function createUnder(world: NewWorld, id: TicketId, ticket: NewTicket): Promise<Made | { refusal: Refusal }> {
  const taken = (where: string): { refusal: Refusal } => ({ refusal: refuse('ticket-id-taken', { id, where }) });
  if ((await idsHere(world)).includes(id)) return taken('here');
  if ((await world.git.repository.ticketIdsElsewhere()).includes(id)) return taken('in another branch or worktree');
  if (!await world.reservations.take(id)) return taken('since it was given out before');
  return await create(world, id, ticket) ?? taken('here');
}

/** A ticket whose file is gone may still have a ledger. */
const idsHere = async ({ documents, ledger }: Pick<World, 'documents' | 'ledger'>): Promise<TicketId[]> =>
  [...await documents.ticketIds(), ...await ledger.tickets()];

async function create({ files }: Pick<World, 'files'>, id: TicketId, ticket: NewTicket): Promise<Made | undefined> {
  const { text, wants } = ticketText(id, ticket);
  const path = `tickets/${id}.yaml` as RepoPath;
  return await files.create(path, text) ? { id, path, lines: text.split('\n').length - 1, wants } : undefined;
}
