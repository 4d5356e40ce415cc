import { accessSync, constants, readFileSync, realpathSync, statSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isDenial, statOf } from './containment.js';

/** Where a repository was, and what keeps git from taking it for one. */
export interface BrokenRepository {
  git: string;
  why: string;
}

/**
 * The nearest `.git` from a folder upwards that once was a repository, or names one. Asked when git found none; it looks
 * where git has looked: up the real path, and on the same file system.
 */
export function brokenRepositoryAbove(folder: string): BrokenRepository | undefined {
  const start = realpathSync.native(folder);
  const device = statSync(start).dev;
  for (let at = start; statSync(at).dev === device; at = dirname(at)) {
    const git = join(at, '.git');
    const why = faultOf(git);
    if (why !== undefined) return { git, why };
    if (at === dirname(at)) return undefined;
  }
  return undefined;
}

function faultOf(git: string): string | undefined {
  try {
    if (statOf(git) === undefined) return undefined;
    const stat = followed(git);
    if (stat === undefined) return 'it is a link that leads nowhere';
    return stat.isFile() ? faultOfPointer(git) : faultOfFolder(git);
  } catch (error) {
    if (isDenial(error)) return 'it may not be read by you';
    throw error;
  }
}

function faultOfPointer(git: string): string {
  const named = /^gitdir: (.+?)[\r\n]*$/s.exec(readFileSync(git, 'utf8'))?.[1];
  if (named === undefined) return 'it is a file that names no git directory';
  return followed(resolve(dirname(git), named)) === undefined ? `it leads to ${named}, and nothing is there` : `it leads to ${named}, and that is no repository`;
}

/** Where all seems to be in order, it is not for us to say what is wrong. Git asks of a folder whether it may be entered. */
function faultOfFolder(git: string): string | undefined {
  const missing = ['HEAD', ...FOLDERS].filter((part) => followed(join(git, part)) === undefined);
  if (missing.length === 3) return undefined;
  if (missing.length > 0) return `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing in it`;
  const others = FOLDERS.filter((part) => !statSync(join(git, part)).isDirectory());
  if (others.length > 0) return `${others.join(' and ')} in it ${others.length === 1 ? 'is no folder' : 'are no folders'}`;
  const closed = FOLDERS.filter((part) => !mayBeEntered(join(git, part)));
  if (closed.length > 0) return `${closed.join(' and ')} in it may not be read by you`;
  return /^(ref: refs\/.|[0-9a-f]{40})/.test(textOf(join(git, 'HEAD'))) ? undefined : 'its HEAD names neither a branch nor a commit';
}

const FOLDERS = ['objects', 'refs'];

function mayBeEntered(folder: string): boolean {
  try {
    accessSync(folder, constants.X_OK);
    return true;
  } catch (error) {
    if (isDenial(error)) return false;
    throw error;
  }
}

const textOf = (path: string): string => (statSync(path).isFile() ? readFileSync(path, 'utf8') : '');

/** What a path leads to. One that leads in a circle, through a file or to no name at all leads nowhere. */
function followed(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (isDenial(error)) throw error;
    return undefined;
  }
}
