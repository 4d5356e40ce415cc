import { fstatSync, statSync, writeSync } from 'node:fs';
import type { Sink } from './cxw.js';

/** A pipe that somebody reads takes so many bytes at once. */
const AT_ONCE = 16 * 1024;

/**
 * Standard output or error. What is short goes out at once: to make Node's stream takes longer than a short command. A
 * terminal gets that stream, and so does what a pipe has no room for: nobody may be reading, and a signal must still
 * reach us. `lose` is told why something could not be written.
 */
export function openSink(descriptor: 1 | 2, stream: () => NodeJS.WriteStream, lose: (error: NodeJS.ErrnoException) => void): Sink {
  const plain = isPlain(descriptor);
  let opened: NodeJS.WriteStream | undefined;
  const open = (): NodeJS.WriteStream => opened ??= stream().on('error', lose);

  function write(text: string): void {
    const bytes = Buffer.from(text);
    const rest = plain && opened === undefined && bytes.length <= AT_ONCE ? unwritten(bytes) : bytes;
    // What comes later must not overtake it.
    if (rest.length > 0) open().write(rest);
  }

  function unwritten(bytes: Buffer): Buffer {
    try {
      return bytes.subarray(writeSync(descriptor, bytes));
    } catch (error) {
      const failure = error as NodeJS.ErrnoException;
      if (failure.code === 'EAGAIN') return bytes;
      lose(failure);
      return Buffer.alloc(0);
    }
  }

  return plain ? { write } : { write, get isTTY() { return open().isTTY; }, get columns() { return open().columns; } };
}

/** A file, a pipe, or the device that swallows everything. Any other device may be a terminal. */
function isPlain(descriptor: number): boolean {
  try {
    const looks = fstatSync(descriptor);
    return !looks.isCharacterDevice() || looks.rdev === statSync('/dev/null').rdev;
  } catch {
    return false;
  }
}
