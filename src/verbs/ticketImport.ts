import type { Note } from '../domain/import/taking.js';
import type { FieldPath } from '../domain/documents/whereabouts.js';
import { importTicket, type Imported, type Lack } from '../domain/import/oldTicket.js';
import { importedText } from '../domain/import/text.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { parsePath, shellWord, type RepoPath } from '../domain/paths.js';
import type { Policy } from '../domain/policy.js';
import { complain, granted, refuse, refused, type Refusal, type Verdict } from '../domain/problem.js';
import type { World } from '../world/index.js';

export interface TicketImportRequest {
  /** Old tickets, as a person names files. */
  files: readonly string[];
  prove: readonly string[];
  dryRun: boolean;
}

export interface ImportedTicket {
  from: string;
  id: string;
  path: string;
  class: string;
  dialect: string;
  changed: Note[];
  dropped: Note[];
  /** With a dry run: what the file would hold. */
  text?: string;
}

export interface TicketImportData {
  tickets: ImportedTicket[];
  dryRun?: boolean;
}

const COMMAND = 'ticket import';

type ImportWorld = Pick<World, 'input' | 'documents' | 'files' | 'clock' | 'ledger'>;

interface Ready {
  from: string;
  imported: Imported;
  path: RepoPath;
  text: string;
}

/** Takes over tickets of the old template: all that were named, or none. Says what of each did not come along; never overwrites. */
export async function ticketImport(world: ImportWorld, { files, prove, dryRun }: TicketImportRequest): Promise<Outcome<TicketImportData>> {
  const policy = await world.documents.policy();
  if (policy === undefined) return no('refused', COMMAND, { tickets: [] }, [refuse('no-policy', {})]);
  if (!policy.ok) return no('invalid', COMMAND, { tickets: [] }, policy.problems);
  const verdicts: Verdict<Ready>[] = [];
  for (const file of files) verdicts.push(await readOld(world, file, policy.value, prove));
  const ready = verdicts.flatMap((verdict) => (verdict.ok ? [verdict.value] : []));
  const refusals = [...verdicts.flatMap((verdict) => (verdict.ok ? [] : verdict.refusals)), ...await takenRefusals(world, ready)];
  if (refusals.length > 0) return no(refusals.some(({ place }) => place !== undefined) ? 'invalid' : 'refused', COMMAND, { tickets: [] }, refusals);

  if (!dryRun) for (const one of ready) {
    const made = await world.files.create(one.path, one.text);
    if (!made) return no('refused', COMMAND, { tickets: [] }, [refuse('ticket-id-taken', { id: one.imported.ticket.id, where: 'since a moment ago' })]);
  }
  const tickets = ready.map(({ from, imported: { ticket, dialect, changed, dropped }, path, text }): ImportedTicket =>
    ({ from, id: ticket.id, path, class: ticket.class, dialect, changed, dropped, ...(dryRun ? { text } : {}) }));
  return done(COMMAND, { tickets, dryRun }, [dryRun ? ['cxw', COMMAND, ...files.map(shellWord), ...prove.flatMap((text) => ['--prove', shellWord(text)])].join(' ') : 'cxw validate']);
}

/** Where what is lacking is looked for, or else around it. */
const LACKING: Record<Lack, FieldPath> = { dialect: ['schema_version'], title: ['ticket', 'title'], scope: ['scope'], proof: ['acceptance_criteria'] };

/** Reads one old file, makes a ticket of it, and reads that as strictly as any. */
async function readOld(world: ImportWorld, file: string, policy: Policy, prove: readonly string[]): Promise<Verdict<Ready>> {
  const reading = await world.documents.any(await world.input(file), file);
  // It may lie anywhere, so what reads it again is this very command.
  if (!reading.ok) return refused(reading.problems.map((problem) => ({ ...problem, commands: [`cxw ${COMMAND} ${shellWord(file)}`] })));
  const directories = await directoriesNamed(world, reading.value);
  const imported = importTicket(reading.value, { policy, prove, isDirectory: (path) => directories.has(path), today: world.clock.now().toISOString().slice(0, 10) });
  if (!imported.ok) return refused([complain('import-lacks', { file, lack: imported.lack }, reading.where.key(LACKING[imported.lack]))]);
  const path = `tickets/${imported.ticket.id}.yaml` as RepoPath;
  const text = importedText(imported.ticket, imported.dialect === 'quick' ? 'a quick ticket of the old template.' : 'a ticket of the old template.');
  const judged = await world.documents.readTicket(new TextEncoder().encode(text), path);
  return judged.ok ? granted({ from: file, imported, path, text }) : refused([refuse('import-unfit', { file, whys: judged.problems.map(({ message }) => message) })]);
}

/** The old template takes the name of a directory for all that is below it. */
async function directoriesNamed({ files }: Pick<World, 'files'>, document: unknown): Promise<Set<string>> {
  const words = new Set<string>();
  JSON.stringify(document, (_, value: unknown) => { if (typeof value === 'string' && value.length < 300) words.add(value.replace(/^(\.\/)+/, '')); return value; });
  const named = await Promise.all([...words].map(async (word) => {
    const parsed = parsePath(word);
    return parsed.ok && await files.kind(parsed.path) === 'directory' ? [word] : [];
  }));
  return new Set(named.flat());
}

async function takenRefusals(world: ImportWorld, ready: readonly Ready[]): Promise<Refusal[]> {
  const here = new Set([...await world.documents.ticketIds(), ...await world.ledger.tickets()]);
  const seen = new Set<string>();
  return ready.flatMap(({ imported: { ticket: { id } }, from }) => {
    const where = here.has(id) ? 'here' : seen.has(id) ? `by another file that is imported, beside ${from}` : undefined;
    seen.add(id);
    return where === undefined ? [] : [refuse('ticket-id-taken', { id, where })];
  });
}
