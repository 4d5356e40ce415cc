import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { systemWords } from './durably.js';
import { systemCode } from './errors.js';

/** Something stands in the place of a file of ours that can be none: why. */
export interface NoFile {
  odd: string;
}

/** Opened at once whatever stands there, and never through a link: we write none. */
const AT_ONCE = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/** A link, a socket, a folder, a place of the disk that gives nothing back: damage, which no waiting mends. */
const DAMAGE = ['ELOOP', 'ENXIO', 'EISDIR', 'EIO'];

/**
 * Reads a file of ours, synchronously. A pipe in its place would be waited for without end, deaf to every signal: so it
 * is opened without waiting and looked at before it is read. Throws the system's own error where there is nothing, or
 * no access.
 */
export function fromFile<T>(place: string, read: (descriptor: number) => T): T | NoFile {
  try {
    const descriptor = openSync(place, AT_ONCE);
    try {
      return fstatSync(descriptor).isFile() ? read(descriptor) : { odd: 'it is no file' };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (DAMAGE.includes(systemCode(error) ?? '')) return { odd: systemWords(error as Error) };
    throw error;
  }
}

export const stateText = (place: string): string | NoFile => fromFile(place, (file) => readFileSync(file, 'utf8'));

export const stateBytes = (place: string): Buffer | NoFile => fromFile(place, (file) => readFileSync(file));
