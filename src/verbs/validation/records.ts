import { recordsFolder, sealedLedgerPath } from '../../domain/closing/places.js';
import type { ListedFile } from '../../domain/facts.js';
import { isUnder, showPath, type RepoPath } from '../../domain/paths.js';
import { complain, type Problem } from '../../domain/problem.js';
import { RECORD_KINDS, type RecordKind } from '../../domain/recordKinds.js';
import type { TicketId } from '../../domain/ticket.js';
import { ticketPath } from '../../domain/verification/sets.js';
import type { World } from '../../world/index.js';
import type { SealedJudgement } from '../../world/sealed/index.js';

type Reader = Pick<World, 'documents' | 'files' | 'digest'>;

/** What is wrong in the records folders of tickets: the sealed chain, the files that it lists, and drafts that wait to be taken in. */
export async function recordProblems(world: Reader & Pick<World, 'sealed'>, tickets: readonly TicketId[]): Promise<Problem[]> {
  const judgements = await world.sealed.judge(tickets);
  const problems: Problem[] = [];
  for (const [at, ticket] of tickets.entries()) problems.push(...await sealedProblems(world, ticket, judgements[at]), ...await draftProblems(world, ticket));
  return problems;
}

async function sealedProblems(world: Reader, ticket: TicketId, sealed: SealedJudgement | undefined): Promise<Problem[]> {
  if (sealed === undefined) return [];
  const file = showPath(sealedLedgerPath(ticket));
  if (!sealed.ok) return sealed.faults.map(({ line, why }) => complain('chain-broken', { ticket, line, why }, { file, ...(line === 0 ? {} : { line, column: 1 }) }));
  return [...await listedProblems(world, ticket, sealed.listed), ...await unlistedProblems(world, ticket, sealed.listed)];
}

/** The ticket file is left out: git may convert its line endings, and it is judged as a ticket. */
async function listedProblems(world: Reader, ticket: TicketId, records: readonly ListedFile[]): Promise<Problem[]> {
  const listed = records.filter(({ path }) => path !== ticketPath(ticket));
  const found = await Promise.all(listed.map(async ({ path, digest }) => {
    const bytes = await world.files.read(path);
    const why = bytes === undefined ? 'is missing' : world.digest(bytes) === digest ? undefined : 'has another digest than the sealed ledger lists';
    return why === undefined ? [] : [complain('record-differs', { ticket, path, why }, { file: showPath(path) })];
  }));
  return found.flat();
}

async function unlistedProblems({ files }: Reader, ticket: TicketId, records: readonly ListedFile[]): Promise<Problem[]> {
  const folder = recordsFolder(ticket);
  const listed = new Set(records.map(({ path }) => path));
  const there = (await files.list(folder)).filter((name) => !name.endsWith('/')).map((name) => `${folder}/${name}` as RepoPath);
  return there.filter((path) => path !== sealedLedgerPath(ticket) && !listed.has(path) && isUnder(path, folder))
    .map((path) => complain('record-unlisted', { ticket, path }, { file: showPath(path) }, 'warning'));
}

/** A draft is a record that an agent could not hand in itself: its name says which. */
async function draftProblems({ documents, files }: Reader, ticket: TicketId): Promise<Problem[]> {
  const folder = `${recordsFolder(ticket)}/drafts` as RepoPath;
  const found = await Promise.all((await files.list(folder)).map(async (name) => {
    const path = `${folder}/${name}` as RepoPath;
    const kind = kindOfDraft(name);
    if (kind === undefined) return [complain('draft-unknown', { path, kinds: [...RECORD_KINDS] }, { file: showPath(path) }, 'warning')];
    const bytes = await files.read(path);
    const reading = bytes === undefined ? undefined : await documents.record(kind, bytes, showPath(path));
    return reading === undefined ? [] : reading.ok ? reading.warnings : reading.problems;
  }));
  return found.flat();
}

const kindOfDraft = (name: string): RecordKind | undefined => RECORD_KINDS.find((kind) => name.startsWith(`${kind}-`) && name.endsWith('.yaml'));
