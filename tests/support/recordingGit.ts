import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workshop } from './workshop.js';

/** Every argument vector that was given to git, without the program's name. */
export type Vectors = () => Promise<string[][]>;

/** Puts a `git` first in the PATH of the program under test that writes down its arguments and becomes the real one. */
export async function recordGit(shop: Workshop): Promise<Vectors> {
  const [programs, vectors] = [join(shop.folder, 'bin'), join(shop.folder, 'vectors')];
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8', env: shop.env }).trim();
  await mkdir(programs);
  await mkdir(vectors);
  // One file per process; a process number may come again, so each vector begins with its length.
  await writeFile(join(programs, 'git'), `#!/bin/sh\nprintf '%s\\0' "$#" "$@" >> '${vectors}'/$$\nexec '${real}' "$@"\n`);
  await chmod(join(programs, 'git'), 0o755);
  shop.programEnv['PATH'] = `${programs}:${shop.env['PATH']}`;
  return async () => {
    const files = await Promise.all((await readdir(vectors)).map((name) => readFile(join(vectors, name), 'utf8')));
    return files.flatMap((text) => vectorsIn(text.split('\0').slice(0, -1)));
  };
}

function vectorsIn(words: string[]): string[][] {
  const found: string[][] = [];
  for (let at = 0; at < words.length;) {
    const length = Number(words[at]);
    found.push(words.slice(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return found;
}

const WITH_VALUE = new Set(['-c', '-C', '--git-dir', '--work-tree', '--namespace', '--exec-path', '--config-env']);

/** The command of a vector and what follows it, without the options of git itself. */
export function commandOf(vector: readonly string[]): { command: string; args: string[] } {
  let at = 0;
  while (vector[at]?.startsWith('-')) at += WITH_VALUE.has(vector[at]!) ? 2 : 1;
  return { command: vector[at] ?? '', args: vector.slice(at + 1) };
}
