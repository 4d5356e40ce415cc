import type { ObjectId } from '../../domain/changeSet.js';
import type { RepoPath } from '../../domain/paths.js';
import type { Run } from '../../domain/run.js';
import type { TicketId } from '../../domain/ticket.js';
import { unprovedPaths, type Integration } from '../../domain/verification/integration.js';
import { judge, type Reader } from './judge.js';
import { sealedBy } from './ownChanges.js';
import type { Subject } from './subjects.js';

/** A commit that changes more than its tickets account for. */
export interface Unproved {
  commit: ObjectId;
  tickets: TicketId[];
  paths: RepoPath[];
}

interface Judged {
  subject: Subject;
  run?: Run;
  told: { integrated: Integration };
}

/** Each commit against all tickets that it brings, as a squash does. One that stands as delivered was compared set by set. */
export async function unprovedIn(world: Reader, judged: readonly Judged[]): Promise<Unproved[]> {
  const found: Unproved[] = [];
  for (const [commit, those] of byCommit(judged)) {
    const { own } = those[0]!.subject;
    if (those.some(({ told }) => told.integrated === 'as delivered') || those.every(({ run }) => run === undefined)) continue;
    const tickets = sealedBy(own);
    const runs = [...those.map(({ run }) => run), ...await runsOf(world, those[0]!.subject, tickets.filter((ticket) => !those.some(({ subject }) => subject.ticket === ticket)))];
    const paths = unprovedPaths(runs.filter((run) => run !== undefined), own);
    if (paths.length > 0) found.push({ commit, tickets, paths });
  }
  return found;
}

function byCommit(judged: readonly Judged[]): Map<ObjectId, Judged[]> {
  const commits = new Map<ObjectId, Judged[]>();
  for (const one of judged) commits.set(one.subject.commit.id, [...commits.get(one.subject.commit.id) ?? [], one]);
  return commits;
}

/** What other tickets account for that came in the same commit, and were not asked for. */
const runsOf = async (world: Reader, subject: Subject, tickets: readonly TicketId[]): Promise<(Run | undefined)[]> =>
  Promise.all(tickets.map(async (ticket) => (await judge(world, { ...subject, ticket })).run));
