import { isDeletion, type ChangedPath } from '../changeSet.js';
import type { TreeEntry } from '../facts.js';
import type { RepoPath } from '../paths.js';
import type { CommitInfo } from '../repository.js';
import type { Run } from '../run.js';
import { isListed } from './sets.js';

/**
 * What became of the proved paths. `as delivered`: the commit stands on the base that it was proved on. `integrated`:
 * it was squashed, rebased or merged elsewhere, and every proved path came through as it was proved.
 */
export type Integration = 'as delivered' | 'integrated' | 'integrated with changes' | 'no' | 'unknown';

/** Whether the commit is the delivery itself: its only parent is the base of the proved change. */
export const isAsDelivered = (run: Run, commit: CommitInfo): boolean =>
  commit.parents.length === 1 && commit.parents[0] === run.change?.changeSet.base;

/** Everything that was proved or curated, path by path. */
export const provedEntries = (run: Run): ChangedPath[] => [...(run.change?.changeSet.entries ?? []), ...(run.curation?.memory ?? [])];

/** Proved paths that a tree holds otherwise. */
export function changedOnTheWay(proved: readonly ChangedPath[], tree: readonly TreeEntry[]): RepoPath[] {
  const now = new Map(tree.map((entry) => [entry.path, entry]));
  return proved.filter((entry) => {
    const found = now.get(entry.path);
    return isDeletion(entry) ? found !== undefined : found?.id !== entry.newId || found.mode !== entry.newMode;
  }).map((entry) => entry.path);
}

/** Of what a commit changes, the paths that none of the tickets in it accounts for: neither proved nor curated nor a record. */
export function unprovedPaths(runs: readonly Run[], own: readonly ChangedPath[]): RepoPath[] {
  const proved = new Set(runs.flatMap(provedEntries).map((entry) => entry.path));
  return own.filter((entry) => !proved.has(entry.path) && !runs.some((run) => isListed(run, entry))).map((entry) => entry.path);
}
