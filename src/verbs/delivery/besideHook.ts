import { compileGlobs } from '../../domain/globs.js';
import type { RepoPath } from '../../domain/paths.js';
import { refuse, type Problem, type Refusal } from '../../domain/problem.js';
import type { HookName } from '../../world/git/index.js';
import { lookAgain } from '../road/sighting.js';
import { locked, type Standing } from '../road/standing.js';
import { harmLeftBehind, harmRemark, tellLoss, watching, type Harm } from '../road/watching.js';
import { deliveredPaths } from './sight.js';
import { underway } from './underway.js';

/** What git runs around a commit, and we in its place. */
export const COMMIT_HOOKS: readonly HookName[] = ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit'];

/**
 * Does what makes git start some of these hooks. Where there is one, all uncommitted work that is not delivered is looked
 * at before and after it; what is delivered lies in git already. Answers what the hook did to that work.
 */
export async function besideHook<T>(standing: Standing, hooks: readonly HookName[], act: () => Promise<T>): Promise<{ result: T; touched: Refusal[] }> {
  const name = await firstOf(standing, hooks);
  if (name === undefined) return { result: await act(), touched: [] };
  lookAgain(standing);
  const delivered = new Set<RepoPath>(deliveredPaths(underway(standing).intent));
  const { result, harm } = await watching(standing, { kind: 'hook', name }, delivered, act);
  if (harm.touched.length === 0) return { result, touched: [] };
  // What the policy leaves to programs is told, and stops nothing.
  if (harm.touched.every(compileGlobs(locked(standing).policy.authorized))) {
    standing.remarks.push(harmRemark(standing.ticket, harm));
    return { result, touched: [] };
  }
  return { result, touched: [touchedWork(standing, harm)] };
}

/** What a program did to uncommitted work before it was killed, and we with it. Of a proof, which is run again, that is a remark. */
export async function touchedBefore(standing: Standing): Promise<Refusal[]> {
  const harm = await harmLeftBehind(standing);
  if (harm?.kind === 'hook') return [touchedWork(standing, harm)];
  if (harm !== undefined) tellLoss(standing, harm);
  return [];
}

/** Where it is too late to stop for it. */
export const asWarnings = (touched: readonly Refusal[]): Problem[] => touched.map((problem) => ({ ...problem, severity: 'warning' }));

const touchedWork = ({ ticket }: Standing, { name, touched, copies, cutShort, uncopied, nested }: Harm): Refusal => refuse('hook-touched-work', { ticket, hook: name, paths: touched, copies, cutShort, uncopied, nested });

async function firstOf({ world: { git } }: Standing, hooks: readonly HookName[]): Promise<HookName | undefined> {
  for (const hook of hooks) if (await git.hooks.exists(hook)) return hook;
  return undefined;
}
