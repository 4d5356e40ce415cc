import { accessSync, constants, lstatSync, type Stats } from 'node:fs';
import { dirname, relative } from 'node:path';
import { systemWords } from './durably.js';
import { failed, systemCode, type WorldError } from './errors.js';
import { isThisUser } from './processes.js';

/** Why a call below cxw's folder was refused, and by what there. */
export function refusedCall(state: string, doing: string, error: Error): WorldError {
  return failed('disk-failed', { doing, said: systemWords(error), ...whereabouts(dirname(state), placeOf(error)) }, error);
}

/** The same for a write, which a sandbox refuses whoever owns the place. */
export function refusedWrite(state: string, command: string, doing: string, error: Error): WorldError {
  return isReadOnly(dirname(state), error) ? failed('state-read-only', { command }, error) : refusedCall(state, doing, error);
}

/**
 * Whether nothing can be written in the git directory at all: the file system says so, its own bits do, or a sandbox
 * refuses what all bits allow. A folder in it that only its owner may enter is another matter, and has another way out.
 */
function isReadOnly(gitDirectory: string, error: Error): boolean {
  const code = systemCode(error);
  if (code !== 'EACCES' && code !== 'EPERM') return code === 'EROFS';
  const place = placeOf(error);
  return place === undefined || isOpen(place) || !isOpen(standing(gitDirectory));
}

interface Standing {
  path: string;
  stat: Stats;
}

const placeOf = (error: Error): Standing | undefined => ('path' in error ? standing(String(error.path)) : undefined);

/** What stands at a path, or the nearest above it that can be seen: that is what refused, and what can be looked at. */
function standing(path: string): Standing {
  try {
    return { path, stat: lstatSync(path) };
  } catch {
    return standing(dirname(path));
  }
}

function isOpen({ path, stat }: Standing): boolean {
  try {
    accessSync(path, stat.isDirectory() ? constants.W_OK | constants.X_OK : constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** By its name below the git directory, and whose it is when it is not ours. */
function whereabouts(gitDirectory: string, found: Standing | undefined): { place?: string; owner?: number } {
  if (found === undefined || !`${found.path}/`.startsWith(`${gitDirectory}/`)) return {};
  const place = relative(gitDirectory, found.path) || '.';
  const { uid } = found.stat;
  return isThisUser(uid) ? { place } : { place, owner: uid };
}
