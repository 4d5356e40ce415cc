import { recordsFolder } from '../../domain/closing/places.js';
import type { ListedFile } from '../../domain/facts.js';
import { POLICY_PATH } from '../../domain/ownFiles.js';
import type { RepoPath } from '../../domain/paths.js';
import { refuse, remark, type Problem } from '../../domain/problem.js';
import type { CommitInfo } from '../../domain/repository.js';
import type { Run } from '../../domain/run.js';
import { ticketPath } from '../../domain/verification/sets.js';
import type { World } from '../../world/index.js';

type Reader = Pick<World, 'git' | 'digest'>;

/** Every listed record, the ticket and the policy are in the commit as the sealed facts have them. */
export async function recordProblems(world: Reader, run: Run, commit: CommitInfo): Promise<Problem[]> {
  return [
    ...await listedProblems(world, run, commit),
    ...await ticketProblems(world, run, commit),
    ...policyRecordProblems(run),
    ...await committedPolicyProblems(world, run, commit),
  ];
}

async function listedProblems(world: Reader, run: Run, commit: CommitInfo): Promise<Problem[]> {
  const there = new Map((await world.git.history.filesBelow(commit.id, recordsFolder(run.ticket))).map((entry) => [entry.path, entry]));
  const problems: Problem[] = [];
  for (const record of run.curation?.records ?? []) {
    const entry = there.get(record.path);
    const why = entry === undefined ? 'is not in the commit' : entry.mode !== '100644' ? 'is no ordinary file' : await contentFault(world, record, entry.id);
    if (why !== undefined && record.path !== ticketPath(run.ticket)) problems.push(refuse('record-differs', { ticket: run.ticket, path: record.path, why }));
  }
  return problems;
}

async function contentFault(world: Reader, record: ListedFile, id: string): Promise<string | undefined> {
  return world.digest(await world.git.changes.blob(id)) === record.digest ? undefined : 'has another digest than the sealed facts list';
}

/** The ticket as committed is the ticket as locked, but for line endings that git may have converted. */
async function ticketProblems(world: Reader, run: Run, commit: CommitInfo): Promise<Problem[]> {
  const { ticket, lock } = run;
  const path = ticketPath(ticket);
  const committed = await world.git.history.file(commit.id, path);
  if (committed === undefined) return [refuse('record-differs', { ticket, path, why: 'is not in the commit' })];
  if (lock === undefined || world.digest(committed) === lock.ticket.digest) return [];
  return sameButLineEndings(committed, lock.ticket.text)
    ? [remark('line-endings-only', { ticket, path })]
    : [refuse('record-differs', { ticket, path, why: 'is not the ticket that was locked' })];
}

/** The records hold the policy that was locked. */
function policyRecordProblems({ ticket, lock, curation }: Run): Problem[] {
  const path = `${recordsFolder(ticket)}/policy.yaml` as RepoPath;
  const listed = curation?.records.find((record) => record.path === path);
  return listed?.digest === lock?.policy.digest ? [] : [refuse('record-differs', { ticket, path, why: 'is not the policy that was locked' })];
}

/** Whoever edits a policy on disk alone works under rules that nobody else sees. */
async function committedPolicyProblems(world: Reader, { ticket, lock }: Run, commit: CommitInfo): Promise<Problem[]> {
  const committed = await world.git.history.file(commit.id, POLICY_PATH as RepoPath);
  const same = committed !== undefined && lock !== undefined && sameButLineEndings(committed, lock.policy.text);
  return same ? [] : [remark('policy-not-committed', { ticket, commit: commit.id }, 'warning')];
}

const sameButLineEndings = (committed: Uint8Array, text: string): boolean =>
  new TextDecoder().decode(committed).replaceAll('\r\n', '\n') === text.replaceAll('\r\n', '\n');
