import { constants, createReadStream, fstatSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { resolve } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { systemWords } from './durably.js';
import { failed, systemCode } from './errors.js';

/** More than any document of ours needs, and less than a device that never ends. */
const MOST_MIB = 8;

/** Where a document may come from, and what ends the waiting for it. */
export interface InputSource {
  cwd: string;
  stdin: AsyncIterable<Uint8Array>;
  signal: AbortSignal;
}

/** What a person names on the command line, from where they stand; `-` is standard input. A pipe will do as well as a file. */
export async function readInput(name: string, { cwd, stdin, signal }: InputSource): Promise<Uint8Array> {
  if (name === '-') return readWhole('standard input', stdin);
  return readWhole(name, addAbortSignal(signal, open(name, resolve(cwd, name))) as AsyncIterable<Uint8Array>);
}

/** Whoever opens or reads a pipe as a file waits in a way that no signal ends. */
function open(name: string, path: string): Readable {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const isPipe = fstatSync(descriptor).isFIFO();
    return isPipe ? new Socket({ fd: descriptor, readable: true, writable: false }) : createReadStream('', { fd: descriptor });
  } catch (error) {
    throw unreadable(name, error);
  }
}

async function readWhole(name: string, stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let left = MOST_MIB * 1024 * 1024;
  try {
    for await (const part of stream) {
      left -= part.length;
      if (left < 0) break;
      parts.push(part);
    }
  } catch (error) {
    throw unreadable(name, error);
  }
  if (left < 0) throw failed('input-unreadable', { name, why: `there is more than ${MOST_MIB} MiB of it` });
  return Buffer.concat(parts);
}

const unreadable = (name: string, error: unknown): unknown =>
  (systemCode(error) === undefined ? error : failed('input-unreadable', { name, why: systemWords(error as Error) }, error));
