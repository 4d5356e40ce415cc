import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { systemWords } from './durably.js';
import { failed, systemCode } from './errors.js';

/** More than any document of ours needs, and less than a device that never ends. */
const MOST_MIB = 8;

/** What a person names on the command line, from where they stand; `-` is standard input. A pipe will do as well as a file. */
export async function readInput(name: string, { cwd, stdin }: { cwd: string; stdin: AsyncIterable<Uint8Array> }): Promise<Uint8Array> {
  if (name === '-') return readWhole('standard input', stdin);
  return readWhole(name, createReadStream(resolve(cwd, name)) as AsyncIterable<Uint8Array>);
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
    throw systemCode(error) === undefined ? error : failed('input-unreadable', { name, why: systemWords(error as Error) }, error);
  }
  if (left < 0) throw failed('input-unreadable', { name, why: `there is more than ${MOST_MIB} MiB of it` });
  return Buffer.concat(parts);
}
