import type { RepoPath } from './paths.js';
import type { Survey } from './repository.js';

/** What a file is called while it is written beside its place. `mark` tells apart what one process writes. */
export const temporaryName = (pid: number, mark: string): string => `.cxw-${pid}-${mark}.tmp`;

/** Untracked files with such a name. What stands in one of them is as visible as any other file, until its writer is seen to have ended. */
export const temporariesIn = ({ dirty }: Survey): RepoPath[] =>
  dirty.filter(({ kind, path }) => kind === 'untracked' && writerOf(path) !== undefined).map(({ path }) => path);

/** The process that writes such a file, or wrote it when it was cut short; nothing for any other path or name. */
export function writerOf(path: string): number | undefined {
  const [, pid] = /(?:^|\/)\.cxw-(\d{1,10})-[a-z0-9]{1,20}\.tmp$/.exec(path) ?? [];
  return pid === undefined ? undefined : Number(pid);
}
