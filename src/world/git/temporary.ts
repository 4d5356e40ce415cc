import { promises as disk, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFailed } from '../durably.js';
import { systemCode } from '../errors.js';
import type { Places } from '../places.js';

/** Our folders that still stand. A reading command leaves nothing behind, however it ends. */
const standing = new Set<string>();

/**
 * Makes a folder of our own outside the worktree, 0700: in the system's temporary directory, or in `otherwise` where
 * that cannot be written. It goes when the process ends, or before by `removeFolder`.
 */
export async function makeFolder(places: Pick<Places, 'root'>, otherwise: readonly string[] = []): Promise<string> {
  let last: unknown;
  for (const parent of [tmpdir(), ...otherwise, '/tmp', '/var/tmp']) {
    try {
      const real = await disk.realpath(parent);
      if (isInside(real, places.root)) continue;
      const folder = await disk.mkdtemp(join(real, 'cxw-'));
      remember(folder);
      return folder;
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      last = error;
    }
  }
  throw diskFailed('making a temporary folder', last instanceof Error ? last : new Error('every temporary directory lies in the worktree'));
}

/** What the system does not let us remove now is tried again at the end. */
export async function removeFolder(folder: string): Promise<void> {
  try {
    await disk.rm(folder, { recursive: true, force: true, maxRetries: 3 });
    standing.delete(folder);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

/** A proof in a folder below the worktree would find the worktree's own packages; a git directory is no part of it. */
function isInside(folder: string, root: string): boolean {
  return (folder === root || folder.startsWith(`${root}/`)) && !folder.startsWith(`${root}/.git/`);
}

let watching = false;

function remember(folder: string): void {
  if (!watching) process.once('exit', removeAll);
  watching = true;
  standing.add(folder);
}

/** The answer has been given by now: what the system does not let us remove stays in its temporary directory. */
function removeAll(): void {
  for (const folder of standing) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
    }
  }
  standing.clear();
}
