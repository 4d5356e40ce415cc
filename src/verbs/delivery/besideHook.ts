import { deliveredEntries } from '../../domain/delivery/sets.js';
import type { RepoPath } from '../../domain/paths.js';
import { remark, type Problem, type Refusal } from '../../domain/problem.js';
import type { HookName } from '../../world/git/index.js';
import { lookAgain } from '../road/sighting.js';
import type { Standing } from '../road/standing.js';
import { touchedWork, watchingHook } from '../road/watchedHook.js';
import { harmLeftBehind, tellLoss, type Apart } from '../road/watching.js';
import { underway } from './underway.js';

/** What git runs around a commit, and we in its place. */
export const COMMIT_HOOKS: readonly HookName[] = ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit'];

/**
 * Does what makes git start some of these hooks. Where there is one, all uncommitted work that is not delivered is looked
 * at before and after it. A delivered file lies in git already, unless a filter took something from it on the way there:
 * such a one is looked at too, also once git calls it clean. Answers what the hook did to all of that.
 */
export async function besideHook<T>(standing: Standing, hooks: readonly HookName[], act: () => Promise<T>): Promise<{ result: T; touched: Refusal[] }> {
  const name = await firstOf(standing, hooks);
  if (name === undefined) return { result: await act(), touched: [] };
  lookAgain(standing);
  const apart = await deliveredApart(standing);
  const watched = await watchingHook(standing, { kind: 'hook', name }, apart, act);
  await tellEdited(standing, name, apart);
  return watched;
}

/** Where delivered files lie apart from what is delivered of them, and which therefore need not be watched. */
async function deliveredApart(standing: Standing): Promise<Apart> {
  const delivered = deliveredEntries(underway(standing).intent);
  const besides = await standing.world.git.repository.unlikeTheirBlobs(delivered);
  const only = new Set<RepoPath>(besides);
  return { besides, except: new Set(delivered.map(({ path }) => path).filter((path) => !only.has(path))) };
}

/** What a hook makes of a delivered file is in the worktree alone: nothing is lost, and whoever reads "delivered" has to know. */
async function tellEdited(standing: Standing, hook: HookName, { besides }: Apart): Promise<void> {
  const now = await deliveredApart(standing);
  const edited = now.besides.filter((path) => !besides.includes(path));
  if (edited.length > 0) standing.remarks.push(remark('hook-edited-delivered', { hook, paths: edited }, 'warning'));
}

/** What a program did to uncommitted work before it was killed, and we with it. Of a proof or a trial, which is run again, that is a remark. */
export async function touchedBefore(standing: Standing): Promise<Refusal[]> {
  const harm = await harmLeftBehind(standing);
  if (harm?.kind === 'hook') return [touchedWork(standing, harm)];
  if (harm !== undefined) tellLoss(standing, harm);
  return [];
}

/** Where it is too late to stop for it. */
export const asWarnings = (touched: readonly Refusal[]): Problem[] => touched.map((problem) => ({ ...problem, severity: 'warning' }));

async function firstOf({ world: { git } }: Standing, hooks: readonly HookName[]): Promise<HookName | undefined> {
  for (const hook of hooks) if (await git.hooks.exists(hook)) return hook;
  return undefined;
}
