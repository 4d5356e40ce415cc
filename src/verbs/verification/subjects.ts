import type { ChangedPath, ObjectId } from '../../domain/changeSet.js';
import { RECORDS, sealedLedgerPath } from '../../domain/closing/places.js';
import { resolveTicket } from '../../domain/ids.js';
import type { RepoPath } from '../../domain/paths.js';
import { granted, refuse, refused, remark, type Problem, type Verdict } from '../../domain/problem.js';
import type { CommitInfo } from '../../domain/repository.js';
import type { TicketId } from '../../domain/ticket.js';
import { isTicketId, namedEvidence, TICKET_TRAILER } from '../../domain/verification/trailers.js';
import type { World } from '../../world/index.js';
import { ownChanges, sealedBy, sealedTicket } from './ownChanges.js';

/** One ticket in one commit: what is verified. */
export interface Subject {
  ticket: TicketId;
  commit: CommitInfo;
  /** What the commit changes by itself. */
  own: readonly ChangedPath[];
}

/** A commit that brings no evidence with it. */
export interface Unticketed {
  commit: CommitInfo;
  /** The ticket that its message names all the same. */
  names?: TicketId;
  /** Of a merge: what it changes by itself. */
  own?: RepoPath[];
}

export interface Subjects {
  asked: 'ticket' | 'commit' | 'merge' | 'range';
  subjects: Subject[];
  unticketed: Unticketed[];
  /** Commits that name their evidence badly, and deliveries that were taken back. */
  problems: Problem[];
  /** Where that which is looked at begins: what it stands on, and of a range also the end that it was named from. */
  bases: ObjectId[];
  range?: Range;
}

/** The ends of a range as they were typed, the commit that both are if they are one, and how many commits lie between. */
interface Range {
  from: string;
  to: string;
  at?: ObjectId;
  commits: number;
}

type Reader = Pick<World, 'git'>;

const HEAD = 'HEAD';
/** A range goes no further back. */
const MOST_COMMITS = 10_000;

/** What `what` means: a range, a ticket, a commit, a part of a ticket's id; left out, the newest delivery of this branch. */
export async function subjectsOf(world: Reader, what: string | undefined): Promise<Verdict<Subjects>> {
  if (what === undefined) return newestDelivery(world);
  if (what.includes('..')) return ofRange(world, what);
  if (isTicketId(what)) return ofTicket(world, what, what);
  const commit = await world.git.history.commit(what);
  if (commit !== undefined) return granted(await ofCommit(world, commit));
  const ticket = resolveTicket(what, await sealedTickets(world, HEAD));
  return ticket.ok ? ofTicket(world, ticket.value, what) : nothing(world, what);
}

/** A merge is verified by what it brings into its first parent. */
async function ofCommit(world: Reader, commit: CommitInfo): Promise<Subjects> {
  const [parent, ...merged] = commit.parents;
  return merged.length === 0 ? ofCommits(world, 'commit', [commit]) : ofCommits(world, 'merge', await world.git.history.between(parent!, commit.id, MOST_COMMITS));
}

async function nothing(world: Reader, what: string | undefined): Promise<Verdict<never>> {
  return refused([refuse('nothing-to-verify', { what, shallow: await world.git.repository.shallow() })]);
}

/** Found as that of a ticket is: by what a commit brings. A squash made elsewhere has its own message. */
async function newestDelivery(world: Reader): Promise<Verdict<Subjects>> {
  for (const commit of await world.git.history.writing(RECORDS, HEAD)) {
    const found = await ofCommits(world, 'commit', [commit]);
    if (found.subjects.length > 0) return granted({ ...found, problems: [...found.problems, ...await takenBack(world, found.subjects)] });
  }
  return nothing(world, undefined);
}

async function ofRange(world: Reader, range: string): Promise<Verdict<Subjects>> {
  const [from, to] = range.split(/\.{2,3}/, 2).map((end) => (end === '' ? HEAD : end)) as [string, string];
  const ends = await Promise.all([from, to].map((end) => world.git.history.resolve(end)));
  const [start, end] = ends;
  if (start === undefined || end === undefined) return nothing(world, range);
  const commits = await world.git.history.between(start, end, MOST_COMMITS);
  const found = await ofCommits(world, 'range', commits);
  return granted({ ...found, bases: [start, ...found.bases], range: { from, to, at: start === end ? start : undefined, commits: commits.length } });
}

/** The commit that delivered a ticket. Where none did, one that says so is looked at: its evidence is gone. */
async function ofTicket(world: Reader, ticket: TicketId, what: string): Promise<Verdict<Subjects>> {
  const commit = await deliveryOf(world, ticket) ?? (await world.git.history.withTrailer(HEAD, TICKET_TRAILER, ticket))[0];
  if (commit === undefined) return nothing(world, what);
  const subjects = [{ ticket, commit, own: await ownChanges(world, commit) }];
  return granted({ asked: 'ticket', subjects, unticketed: [], problems: await takenBack(world, subjects), bases: commit.parents });
}

/** The newest commit of this branch that itself brings the sealed ledger of the ticket. What a message says delivers nothing. */
export async function deliveryOf({ git }: Reader, ticket: TicketId): Promise<CommitInfo | undefined> {
  const candidates = await git.history.writing(sealedLedgerPath(ticket), HEAD);
  const newest: CommitInfo[] = [];
  for (const commit of candidates) {
    const followers = await Promise.all(newest.map((one) => git.remote.contains(one.id, commit.id)));
    if (!followers.includes(true)) newest.push(commit);
  }
  // Of copies side by side, a rebased or picked one is younger than the commit that it was made from.
  return newest.at(-1);
}

/** Whose records a later commit of this branch took away, as a revert does. */
async function takenBack({ git }: Reader, subjects: readonly Subject[]): Promise<Problem[]> {
  const ledgers = await git.trees.idsAt(subjects.map(({ ticket }) => ({ commit: HEAD, path: sealedLedgerPath(ticket) })));
  const gone = subjects.filter(({ ticket, own }, at) => ledgers[at] === undefined && sealedBy(own).includes(ticket));
  return Promise.all(gone.map(async ({ ticket, commit }) =>
    remark('delivery-taken-back', { ticket, commit: commit.id, by: (await git.history.removing(sealedLedgerPath(ticket), HEAD))?.id }, 'warning')));
}

/** A commit counts for the tickets whose sealed ledgers it itself brings: a message can be copied onto anything. */
async function ofCommits(world: Reader, asked: Subjects['asked'], commits: readonly CommitInfo[]): Promise<Subjects> {
  const found: Subjects = { asked, subjects: [], unticketed: [], problems: [], bases: basesOf(commits) };
  for (const commit of commits) {
    const own = await ownChanges(world, commit);
    const isMerge = commit.parents.length > 1;
    if (isMerge && own.length === 0) continue;
    const naming = namedEvidence(commit);
    const tickets = sealedBy(own);
    found.subjects.push(...tickets.map((ticket) => ({ ticket, commit, own })));
    if (naming.named === 'badly') found.problems.push(refuse('trailer-missing', { commit: commit.id, why: naming.why }));
    if (tickets.length > 0 || naming.named === 'badly') continue;
    if (naming.named === 'elsewhere') found.problems.push(refuse('trailer-missing', { commit: commit.id, why: 'the words stand further up in the message' }));
    else found.unticketed.push({ commit, names: naming.named === 'evidence' ? naming.ticket : undefined, own: isMerge ? own.map((entry) => entry.path) : undefined });
  }
  return found;
}

/** The commits that these stand on, and that are none of them: several where lines of history began apart. */
function basesOf(commits: readonly CommitInfo[]): ObjectId[] {
  const within = new Set(commits.map(({ id }) => id));
  return [...new Set(commits.flatMap(({ parents }) => parents))].filter((parent) => !within.has(parent));
}

/** Tickets whose sealed ledger stands in a commit. */
async function sealedTickets(world: Reader, commit: string): Promise<TicketId[]> {
  const known = await world.git.history.resolve(commit);
  if (known === undefined) return [];
  return (await world.git.history.filesBelow(known, RECORDS)).flatMap((entry) => sealedTicket(entry.path));
}
