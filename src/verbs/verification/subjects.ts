import { isAddition } from '../../domain/changeSet.js';
import { sealedLedgerPath } from '../../domain/closing/places.js';
import { resolveTicket } from '../../domain/ids.js';
import type { RepoPath } from '../../domain/paths.js';
import { granted, refuse, refused, type Refusal, type Verdict } from '../../domain/problem.js';
import type { CommitInfo } from '../../domain/repository.js';
import type { TicketId } from '../../domain/ticket.js';
import { isTicketId, namedEvidence, TICKET_TRAILER } from '../../domain/verification/trailers.js';
import type { World } from '../../world/index.js';

/** One ticket in one commit: what is verified. */
export interface Subject {
  ticket: TicketId;
  commit: CommitInfo;
}

export interface Subjects {
  asked: 'ticket' | 'commit' | 'range';
  subjects: Subject[];
  /** Commits without a ticket. */
  unticketed: CommitInfo[];
  /** Commits that name their evidence badly. */
  problems: Refusal[];
}

type Reader = Pick<World, 'git'>;

const HEAD = 'HEAD';
/** A range, or a look for the newest delivery, goes no further back. */
const MOST_COMMITS = 10_000;

/** What `what` means: a range, a ticket, a commit, a part of a ticket's id; left out, the newest delivery of this branch. */
export async function subjectsOf(world: Reader, what: string | undefined): Promise<Verdict<Subjects>> {
  if (what === undefined) return newestDelivery(world);
  if (what.includes('..')) return ofRange(world, what);
  if (isTicketId(what)) return ofTicket(world, what, what);
  const commit = await world.git.history.commit(what);
  if (commit !== undefined) return granted(await ofCommits(world, 'commit', [commit]));
  const ticket = resolveTicket(what, await sealedTickets(world, HEAD));
  return ticket.ok ? ofTicket(world, ticket.value, what) : nothing(world, what);
}

async function nothing(world: Reader, what: string | undefined): Promise<Verdict<never>> {
  return refused([refuse('nothing-to-verify', { what, shallow: await world.git.repository.shallow() })]);
}

async function newestDelivery(world: Reader): Promise<Verdict<Subjects>> {
  const known = await world.git.history.resolve(HEAD);
  const commits = known === undefined ? [] : await world.git.history.list(known, MOST_COMMITS);
  const newest = commits.find((commit) => namedEvidence(commit).named === 'evidence');
  return newest === undefined ? nothing(world, undefined) : granted(await ofCommits(world, 'commit', [newest]));
}

async function ofRange(world: Reader, range: string): Promise<Verdict<Subjects>> {
  const [from, to] = range.split(/\.{2,3}/, 2).map((end) => (end === '' ? HEAD : end)) as [string, string];
  const ends = await Promise.all([from, to].map((end) => world.git.history.resolve(end)));
  const [start, end] = ends;
  if (start === undefined || end === undefined) return nothing(world, range);
  return granted(await ofCommits(world, 'range', await world.git.history.between(start, end, MOST_COMMITS)));
}

/** The commit that was delivered for a ticket; else the one that took its sealed ledger in. */
async function ofTicket(world: Reader, ticket: TicketId, what: string): Promise<Verdict<Subjects>> {
  const commit = await deliveryOf(world, ticket) ?? await world.git.history.adding(sealedLedgerPath(ticket), HEAD);
  return commit === undefined ? nothing(world, what) : granted({ asked: 'ticket', subjects: [{ ticket, commit }], unticketed: [], problems: [] });
}

/** The commit of this branch that names the ticket and its evidence. */
export async function deliveryOf(world: Reader, ticket: TicketId): Promise<CommitInfo | undefined> {
  const carriers = await world.git.history.withTrailer(HEAD, TICKET_TRAILER, ticket);
  // A rebased or picked copy is younger than the commit that it was made from.
  return carriers.findLast((commit) => namedEvidence(commit).named === 'evidence');
}

async function ofCommits(world: Reader, asked: Subjects['asked'], commits: readonly CommitInfo[]): Promise<Subjects> {
  const found: Subjects = { asked, subjects: [], unticketed: [], problems: [] };
  for (const commit of commits) {
    const naming = namedEvidence(commit);
    const tickets = new Set([...(naming.named === 'evidence' ? [naming.ticket] : []), ...(mayHoldMore(commit) ? await addedTickets(world, commit) : [])]);
    found.subjects.push(...[...tickets].map((ticket) => ({ ticket, commit })));
    if (naming.named === 'badly') found.problems.push(refuse('trailer-missing', { commit: commit.id, why: naming.why }));
    if (tickets.size > 0 || naming.named === 'badly') continue;
    if (naming.named === 'elsewhere') found.problems.push(refuse('trailer-missing', { commit: commit.id, why: 'the words stand further up in the message' }));
    // What a merge brings in is in the commits that it merges.
    else if (commit.parents.length < 2) found.unticketed.push(commit);
  }
  return found;
}

/** A squash may have joined several tickets, and may have lost their trailers. */
const mayHoldMore = (commit: CommitInfo): boolean =>
  commit.parents.length < 2 && (namedEvidence(commit).named !== 'evidence' || (commit.message.match(/Cxw-Ticket:/gi) ?? []).length > 1);

/** Tickets whose sealed ledger a commit added. */
async function addedTickets(world: Reader, commit: CommitInfo): Promise<TicketId[]> {
  const [parent] = commit.parents;
  if (parent === undefined) return sealedTickets(world, commit.id);
  const changed = await world.git.trees.difference(parent, commit.id);
  return changed.filter(isAddition).flatMap((entry) => sealedTicket(entry.path));
}

/** Tickets whose sealed ledger stands in a commit. */
async function sealedTickets(world: Reader, commit: string): Promise<TicketId[]> {
  const known = await world.git.history.resolve(commit);
  if (known === undefined) return [];
  return (await world.git.history.filesBelow(known, 'tickets/records' as RepoPath)).flatMap((entry) => sealedTicket(entry.path));
}

/** The ticket whose sealed ledger stands at a path, if one does. */
function sealedTicket(path: RepoPath): TicketId[] {
  const ticket = path.split('/')[2] ?? '';
  return isTicketId(ticket) && path === sealedLedgerPath(ticket) ? [ticket] : [];
}
