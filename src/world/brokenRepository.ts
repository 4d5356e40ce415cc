import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { statOf } from './containment.js';

/** Where a repository was, and what keeps git from taking it for one. */
export interface BrokenRepository {
  git: string;
  why: string;
}

/** The nearest `.git` from a folder upwards that once was a repository, or names one. Asked when git found none. */
export function brokenRepositoryAbove(folder: string): BrokenRepository | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const git = join(at, '.git');
    const why = faultOf(git);
    if (why !== undefined) return { git, why };
    if (at === dirname(at)) return undefined;
  }
}

function faultOf(git: string): string | undefined {
  const stat = statOf(Buffer.from(git));
  if (stat?.isFile()) return faultOfPointer(git);
  const isThere = (name: string): boolean => statOf(Buffer.from(join(git, name))) !== undefined;
  const parts = stat?.isDirectory() ? ['HEAD', 'objects', 'refs'].filter(isThere) : [];
  if (parts.length === 0) return undefined;
  const missing = ['HEAD', 'objects', 'refs'].find((name) => !parts.includes(name));
  return missing === undefined ? faultOfHead(join(git, 'HEAD')) : `${missing} is missing in it`;
}

function faultOfPointer(git: string): string {
  const named = /^gitdir: (.+?)\n*$/s.exec(textOf(git))?.[1];
  if (named === undefined) return 'it is a file that names no git directory';
  return statAt(resolve(dirname(git), named)) ? 'git finds no repository where it leads' : `it leads to ${named}, and nothing is there`;
}

const faultOfHead = (head: string): string =>
  (/^(ref: refs\/.|[0-9a-f]{40})/.test(textOf(head)) ? 'git does not say why' : 'its HEAD names neither a branch nor a commit');

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A folder, or what may not be read: it says nothing.
    return '';
  }
}

function statAt(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
