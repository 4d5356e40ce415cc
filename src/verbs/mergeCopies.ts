import type { RepoPath } from '../domain/paths.js';
import { remark, type Problem } from '../domain/problem.js';
import { mergeCopyOf } from '../domain/upgrade.js';
import type { World } from '../world/index.js';

/** Copies that an upgrade laid beside these files, and that nobody has taken over yet. */
export async function mergeCopiesLeft({ files }: Pick<World, 'files'>, beside: readonly RepoPath[]): Promise<Problem[]> {
  const left = (await Promise.all(beside.map(mergeCopyOf).map(async (copy) => {
    const isThere = await files.obstacle(copy) === undefined && await files.kind(copy) !== 'absent';
    return isThere ? [copy] : [];
  }))).flat();
  return left.length === 0 ? [] : [remark('merge-copies-left', { copies: left }, 'warning')];
}
