import { realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { parsePath, shellWord, type RepoPath } from '../domain/paths.js';
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

/** Where in the repository the reader stands; nothing at its root. */
export function standingIn({ places }: World, cwd = places.root): RepoPath | undefined {
  const parsed = parsePath(relative(places.root, realpathSync(cwd)));
  return parsed.ok ? parsed.path : undefined;
}
