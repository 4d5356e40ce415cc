import { comparePaths, type RepoPath } from './paths.js';
import type { RawContent } from './repository.js';

/**
 * Paths whose content changed, or that became dirty, since the baseline was taken: somebody touched what was not
 * theirs. `now` must hold the identity of every path of the baseline and of every path that is dirty now.
 *
 * What counts is the worktree: kind, executable bit and bytes. Staging or unstaging what was dirty already is the
 * person's own business, and no stray.
 */
export function strays(baseline: readonly RawContent[], now: readonly RawContent[], exempt: (path: RepoPath) => boolean): RepoPath[] {
  const before = new Map(baseline.map((identity) => [identity.path, identity]));
  const after = new Map(now.map((identity) => [identity.path, identity]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => !exempt(path) && !sameInWorktree(before.get(path), after.get(path)))
    .sort(comparePaths);
}

export function sameInWorktree(a: RawContent | undefined, b: RawContent | undefined): boolean {
  return a !== undefined && b !== undefined
    && a.kind === b.kind && a.executable === b.executable && a.digest === b.digest && a.bytes === b.bytes;
}
