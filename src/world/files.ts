import type { RepoPath } from '../domain/paths.js';

/** The worktree's files. No call leaves the worktree: every parent is checked, and symbolic links are not followed on the way. */
export interface Files {
  /** The file's bytes; nothing when there is no such file. A symbolic link in the last place is refused, unless `follow` names one that stays inside. */
  read(path: RepoPath): Promise<Buffer | undefined>;
  /** What stands there. */
  kind(path: RepoPath): Promise<'file' | 'directory' | 'link' | 'other' | 'absent'>;
  /** Names below a directory, sorted, or none. Directories end with a slash. */
  list(directory: RepoPath): Promise<string[]>;
  /** Replaces the file whole, or not at all: temporary file, flush, rename, flush of the directory. The old file's mode is kept. */
  write(path: RepoPath, content: Uint8Array | string): Promise<void>;
  /** Creates the file; false when something stands there already, which is then left as it is. */
  create(path: RepoPath, content: Uint8Array | string): Promise<boolean>;
  /** Removes a file, and then its directories as far up as they are empty. */
  remove(path: RepoPath): Promise<void>;
}
