import { randomBytes } from 'node:crypto';
import { promises as disk } from 'node:fs';
import { dirname } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { failed, systemCode } from './errors.js';

/** A path of this machine; bytes where its name may be no text. */
export type DiskPath = string | Buffer;

/**
 * Replaces a file whole, or not at all, and answers when it is safely on disk. The directory must exist. Permission
 * bits are set exactly to `mode`, or left to the process's umask. Throws the system's own error; the old file then
 * stands as it was.
 */
export async function writeDurably(path: DiskPath, bytes: Uint8Array, mode?: number): Promise<void> {
  await throughTemporary(path, bytes, mode, async (temporary) => {
    await disk.rename(temporary, path);
    return 'moved';
  });
}

/**
 * The same for a file that must not exist yet: by hard link, so that of several who try exactly one is first. Answers
 * false, and leaves everything as it was, when something stands there already.
 */
export async function publishDurably(path: DiskPath, bytes: Uint8Array, mode?: number): Promise<boolean> {
  const placed = await throughTemporary(path, bytes, mode, async (temporary) => {
    try {
      await disk.link(temporary, path);
      return 'linked';
    } catch (error) {
      if (systemCode(error) === 'EEXIST') return 'taken';
      throw error;
    }
  });
  return placed !== 'taken';
}

/** Flushes a directory, so that names which were added or taken away survive a power cut. */
export async function flushDirectory(directory: DiskPath): Promise<void> {
  const handle = await disk.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Makes a directory, and those above it that are missing, and flushes the names of all that it made: a file is not safe
 * in a directory that a power cut can take.
 */
export async function makeDirectoryDurably(directory: string, mode?: number): Promise<void> {
  const first = await disk.mkdir(directory, { recursive: true, mode });
  for (let made = directory; first !== undefined; made = dirname(made)) {
    await flushDirectory(dirname(made));
    if (made === first) return;
  }
}

/** Runs work on files; what the system refuses becomes `disk-failed`, without the absolute path of its own message. */
export async function onDisk<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw systemCode(error) === undefined || !(error instanceof Error) ? error : diskFailed(doing, error);
  }
}

/** Runs a write below the git directory; where that is read-only, it is said with the command that was asked for. */
export function onState<T>(command: string, doing: string, work: () => Promise<T>): Promise<T> {
  return onDisk(doing, async () => {
    try {
      return await work();
    } catch (error) {
      throw READ_ONLY.some((code) => code === systemCode(error)) ? failed('state-read-only', { command }, error) : error;
    }
  });
}

const READ_ONLY = ['EROFS', 'EACCES', 'EPERM'];

/** The world error for a failed system call. */
export function diskFailed(doing: string, error: Error): Error {
  const number = 'errno' in error && typeof error.errno === 'number' ? error.errno : 0;
  const [, words] = getSystemErrorMap().get(number) ?? [];
  return failed('disk-failed', { doing, said: words ?? systemCode(error) ?? error.message }, error);
}

type Placed = 'moved' | 'linked' | 'taken';

async function throughTemporary(path: DiskPath, bytes: Uint8Array, mode: number | undefined, place: (temporary: Buffer) => Promise<Placed>): Promise<Placed> {
  const directory = directoryOf(path);
  const temporary = Buffer.concat([directory, Buffer.from(`/.cxw-${process.pid}-${randomBytes(6).toString('hex')}.tmp`)]);
  let placed: Placed | undefined;
  try {
    await writeNew(temporary, bytes, mode);
    placed = await place(temporary);
  } finally {
    // Litter is harmless, and why it could not be removed matters less than why we are here.
    if (placed !== 'moved') await disk.unlink(temporary).catch(() => undefined);
  }
  if (placed !== 'taken') await flushDirectory(directory);
  return placed;
}

async function writeNew(path: Buffer, bytes: Uint8Array, mode: number | undefined): Promise<void> {
  const handle = await disk.open(path, 'wx', mode ?? 0o666);
  try {
    // The process's umask may have taken bits away that the caller asked for.
    if (mode !== undefined) await handle.chmod(mode);
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** By its bytes, one for one: the name may be no text. */
const directoryOf = (path: DiskPath): Buffer => Buffer.from(dirname(Buffer.from(path).toString('latin1')), 'latin1');
