import { closeSync, constants, fstatSync, openSync, statSync, writeSync } from 'node:fs';
import type { Sink } from './cxw.js';

/**
 * Standard output or error. What a file or a pipe takes at once is written at once: to make Node's stream takes longer
 * than a short command. A terminal gets that stream, and so does what a pipe has no room for: nobody may be reading, and
 * a signal must still reach us. `lose` is told why something could not be written.
 */
export function openSink(descriptor: 1 | 2, stream: () => NodeJS.WriteStream, lose: (error: NodeJS.ErrnoException) => void): Sink {
  const take = takerOf(descriptor);
  let opened: NodeJS.WriteStream | undefined;
  const open = (): NodeJS.WriteStream => opened ??= stream().on('error', lose);
  if (take === undefined) return { write: (text) => open().write(text), get isTTY() { return open().isTTY; }, get columns() { return open().columns; } };

  function takenAtOnce(bytes: Buffer): number {
    try {
      return take!(bytes);
    } catch (error) {
      lose(error as NodeJS.ErrnoException);
      return bytes.length;
    }
  }

  return {
    write(text) {
      const bytes = Buffer.from(text);
      // What comes later must not overtake what the stream still holds.
      const taken = opened === undefined ? takenAtOnce(bytes) : 0;
      if (taken < bytes.length) open().write(bytes.subarray(taken));
    },
  };
}

/** Writes what can be written without waiting, and answers how many bytes that were. */
type Taker = (bytes: Buffer) => number;

/** Nothing for what may be a terminal, and for a socket, where writing may wait for a reader. */
function takerOf(descriptor: number): Taker | undefined {
  try {
    const looks = fstatSync(descriptor);
    if (looks.isFile() || (looks.isCharacterDevice() && looks.rdev === statSync('/dev/null').rdev)) return (bytes) => intoFile(descriptor, bytes);
    return looks.isFIFO() ? (bytes) => intoPipe(descriptor, bytes) : undefined;
  } catch {
    return undefined;
  }
}

/** A file takes everything, or says why not; a disk that is nearly full takes a part first. */
function intoFile(descriptor: number, bytes: Buffer): number {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
  return bytes.length;
}

/** A pipe is opened once more, so that not to wait for its reader is no matter of whoever else writes to it. */
function intoPipe(descriptor: number, bytes: Buffer): number {
  let own: number;
  try {
    own = openSync(`/proc/self/fd/${descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return 0;
  }
  try {
    return writeSync(own, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  } finally {
    closeSync(own);
  }
}
