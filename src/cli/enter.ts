import { realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parsePath, shellWord, type RepoPath } from '../domain/paths.js';
import { visibleBlock } from '../output/escape.js';
import { openWorld, type World } from '../world/index.js';
import type { Run } from './cxw.js';

/** Opens the world around the place where the program was started, or was told to go. */
export function enterWorld(run: Run): Promise<World> {
  const { env, signal } = run.io;
  const tell = (words: string): void => void run.io.stderr.write(`${visibleBlock(words)}\n`);
  return openWorld({ cwd: startOf(run), env, signal, command: ['cxw', ...run.argv].map(shellWord).join(' '), tell, streams: run.io });
}

/** Where in the repository the reader stands; nothing at its root. */
export function standingIn({ places }: World, run: Run): RepoPath | undefined {
  const parsed = parsePath(relative(places.root, realpathSync(startOf(run))));
  return parsed.ok ? parsed.path : undefined;
}

const startOf = ({ io, asked }: Run): string => resolve(io.cwd, asked.directory ?? '.');
