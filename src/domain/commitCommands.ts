import { pathspecWord, shellWord, type RepoPath } from './paths.js';

export interface Ground {
  /** Short name of the branch; absent when HEAD is detached. */
  branch?: string;
  upstream?: { remote: string; ref: string };
  /** Where to push; absent when nothing is to be pushed. */
  remote?: string;
  /** The subject of the commit. */
  message?: string;
}

/** Git commands that commit, and push, exactly these paths, whatever else is staged. None when there is nothing to commit. */
export function commitCommands(paths: readonly RepoPath[], ground: Ground): string[] {
  if (paths.length === 0) return [];
  const words = paths.map(pathspecWord).join(' ');
  return [
    ...(ground.branch === undefined ? ['git switch --create BRANCH'] : []),
    `git add -- ${words}`,
    `git commit --only -m ${shellWord(ground.message ?? 'Set up cxw')} -- ${words}`,
    ...pushCommands(ground),
  ];
}

/** Names remote and branch, so that no setting can push more. A branch without an upstream of its own name gets one. */
function pushCommands({ branch, upstream, remote }: Ground): string[] {
  if (branch === undefined || remote === undefined) return [];
  const hasUpstream = upstream?.remote === remote && upstream.ref === `refs/heads/${branch}`;
  return [`git push ${hasUpstream ? '' : '--set-upstream '}${shellWord(remote)} ${shellWord(branch)}`];
}
