import { realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { fromRoot, parsePath, shellWord, type RepoPath } from '../domain/paths.js';
import { visibleBlock } from '../output/escape.js';
import { openWorld, type World } from '../world/index.js';
import type { EarlyAnswers } from '../world/git/early.js';
import type { Run } from './cxw.js';

/** Opens the world around the place where the program was started, or was told to go. */
export function enterWorld(run: Run, early: EarlyAnswers): Promise<World> {
  const { env, signal } = run.io;
  const tell = (words: string): void => void run.io.stderr.write(`${visibleBlock(words)}\n`);
  return openWorld({ cwd: early.cwd, env, signal, early, command: ['cxw', ...run.argv].map(shellWord).join(' '), tell, streams: run.io });
}

/** Where in the repository the reader stands, nothing at its root; and how paths that they write are read. */
export function readerAt({ places: { root } }: World, cwd = root): { standing?: RepoPath; fromRoot(written: string): string } {
  const parsed = parsePath(relative(root, realpathSync.native(cwd)));
  const standing = parsed.ok ? parsed.path : undefined;
  return { standing, fromRoot: (written) => fromRoot(written, { root, standing }) };
}
