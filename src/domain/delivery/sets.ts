import { ABSENT_MODE, differingPaths, isDeletion, type ChangedPath, type ObjectId } from '../changeSet.js';
import type { Evidence, IndexEntry } from '../facts.js';
import type { RepoPath } from '../paths.js';
import type { Delivery } from '../run.js';

/** What one delivery carries: three sets that share no path. */
export interface Sets {
  product: readonly ChangedPath[];
  memory: readonly ChangedPath[];
  records: readonly ChangedPath[];
}

export const union = ({ product, memory, records }: Sets): ChangedPath[] => [...product, ...memory, ...records];

/** Paths that stand in more than one set. */
export function sharedPaths(sets: Sets): RepoPath[] {
  const seen = new Set<RepoPath>();
  const shared = new Set<RepoPath>();
  for (const { path } of union(sets)) (seen.has(path) ? shared : seen).add(path);
  return [...shared];
}

/** Where a tree's difference from its parent is not exactly the three sets. Sets that hold nothing new are as good as none. */
export function unexpectedPaths(difference: readonly ChangedPath[], sets: Sets): RepoPath[] {
  return differingPaths(difference, union(sets));
}

/** An entry of an index, as it is to be written: mode 000000 takes the path out. */
export interface IndexWish {
  path: RepoPath;
  mode: string;
  id: string;
  /** Only a promise to add the path: git's intent-to-add. */
  intentToAdd?: boolean;
}

/** What the index holds for the delivered paths once they are delivered. */
export const deliveredEntries = (sets: Sets): IndexWish[] => union(sets).map((entry) => ({ path: entry.path, mode: entry.newMode, id: entry.newId }));

/**
 * Delivered paths in which the index holds neither what it held when the delivery began nor what is delivered; and
 * paths which a delivered file would push out of the index. Writing over either would lose what somebody staged.
 */
export function changedInIndex(intent: Evidence<'git_delivery_started'>, index: readonly IndexEntry[]): RepoPath[] {
  const delivered = new Map(deliveredEntries(intent).map((entry) => [entry.path, entry]));
  const foreign = index.filter((entry) => !delivered.has(entry.path));
  const changed = [...delivered.values()].filter((wish) => {
    const now = at(index, wish.path);
    return !holds(now, wish) && !sameEntries(now, at(intent.priorIndex, wish.path));
  });
  return [...new Set([...foreign, ...changed].map((entry) => entry.path))];
}

/** Entries that hold a version of a changed file which is neither the base's nor the delivered one: half of the work, perhaps, and nowhere else. */
export function onlyStaged(changes: readonly ChangedPath[], index: readonly IndexEntry[]): IndexEntry[] {
  const known = new Map(changes.map(({ path, oldId, newId }) => [path, [oldId, newId]]));
  return index.filter((entry) => entry.stage === 0 && !isPromise(entry) && known.get(entry.path)?.includes(entry.id) === false);
}

/** The objects that a delivery has put into git so far. */
export const madeFor = ({ intent, tree, prepared }: Delivery): ObjectId[] =>
  [prepared, tree, ...union(intent).filter((entry) => !isDeletion(entry)).map(({ newId }) => newId)].filter((id) => id !== undefined);

/** Whether the index holds exactly what is delivered. */
export const isIndexWritten = (sets: Sets, index: readonly IndexEntry[]): boolean =>
  deliveredEntries(sets).every((wish) => isWritten(wish, index));

/** Whether the index holds exactly this at the wish's path. */
export const isWritten = (wish: IndexWish, index: readonly IndexEntry[]): boolean => holds(at(index, wish.path), wish);

/** Whether the index holds there nothing but the promise to add it. */
export const isPromised = (path: RepoPath, index: readonly IndexEntry[]): boolean => at(index, path).some(isPromise);

/** What an index holds after the delivered entries were written into it. */
export function writtenOver(sets: Sets, index: readonly IndexEntry[]): IndexEntry[] {
  const wishes = deliveredEntries(sets);
  const delivered = new Set(wishes.map((wish) => wish.path));
  const written = wishes.filter((wish) => wish.mode !== ABSENT_MODE).map(({ path, mode, id }) => ({ path, mode, id, stage: 0, flags: 'H' }));
  return [...index.filter((entry) => !delivered.has(entry.path)), ...written];
}

/**
 * How to put the index back where it still holds what the delivery wrote: what is there by somebody else's hand stays.
 * A promise to add takes git two steps, first of which the path is taken out: where it is out, the second is still owed.
 * What it held before belongs to the parent. Where the branch has other content since, that is put there instead, so that
 * the next commit undoes nothing.
 */
export function restoredEntries(intent: Evidence<'git_delivery_started'>, index: readonly IndexEntry[], since: readonly ChangedPath[] = []): IndexWish[] {
  const moved = new Map(since.map(({ path, newMode, newId }) => [path, { path, mode: newMode, id: newId }]));
  return deliveredEntries(intent).flatMap((wish) => {
    const prior = at(intent.priorIndex, wish.path);
    const isOwed = prior.some(isPromise) && at(index, wish.path).length === 0;
    if (!(isOwed || isWritten(wish, index)) || holds(prior, wish)) return [];
    const { path, id } = wish;
    const now = moved.get(path);
    if (now !== undefined) return now.mode === wish.mode && now.id === wish.id ? [] : [now];
    if (prior.length === 0) return [{ path, mode: ABSENT_MODE, id: '0'.repeat(id.length) }];
    return prior.filter((entry) => entry.stage === 0).map((entry) => ({ path, mode: entry.mode, id: entry.id, intentToAdd: isPromise(entry) }));
  });
}

const at = (index: readonly IndexEntry[], path: RepoPath): IndexEntry[] => index.filter((entry) => entry.path === path);

function holds(now: readonly IndexEntry[], wish: IndexWish): boolean {
  if (wish.mode === ABSENT_MODE) return now.length === 0;
  const [entry] = now;
  return now.length === 1 && entry!.stage === 0 && entry!.mode === wish.mode && entry!.id === wish.id && !isPromise(entry!);
}

const sameEntries = (a: readonly IndexEntry[], b: readonly IndexEntry[]): boolean =>
  a.length === b.length && a.every((entry, position) => sameEntry(entry, b[position]!));

const sameEntry = (a: IndexEntry, b: IndexEntry): boolean =>
  a.path === b.path && a.mode === b.mode && a.id === b.id && a.stage === b.stage && a.flags === b.flags;

/** An entry's flags are the letter of `ls-files -v`, and `N` when the path is only intended to be added. */
export const isPromise = (entry: IndexEntry): boolean => entry.flags.includes('N');

/** Whether the index bits of an entry hide edits: assume-unchanged (a lower-case letter) or skip-worktree (`S`). */
export const isHidden = (entry: IndexEntry): boolean => /^([a-z]|S)/.test(entry.flags);

/** Tells whether an index entry stands at one of the paths, or above or below one: a file there would push it out. */
export function overlapping(paths: readonly RepoPath[]): (path: RepoPath) => boolean {
  const exact = new Set<string>(paths);
  const above = new Set(paths.flatMap(parentsOf));
  return (path) => exact.has(path) || above.has(path) || parentsOf(path).some((parent) => exact.has(parent));
}

function parentsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, depth) => parts.slice(0, depth + 1).join('/'));
}
