import { chmodSync, closeSync, fchmodSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { temporaryName } from '../domain/temporaries.js';
import { failed, systemCode } from './errors.js';

/** A path of this machine; bytes where its name may be no text. */
export type DiskPath = string | Buffer;

/**
 * Replaces a file whole, or not at all; when it returns, that is safely on disk. The directory must exist. Permission
 * bits are set exactly to `mode`, or left to the process's umask. Throws the system's own error; the old file then
 * stands as it was. Synchronous, as all of this: a handful of calls in a row take a third of the time so.
 */
export function writeDurably(path: DiskPath, bytes: Uint8Array, mode?: number): void {
  throughTemporary(path, bytes, mode, (temporary) => {
    renameSync(temporary, path);
    return 'moved';
  });
  flushDirectory(directoryOf(path));
}

/**
 * The same for a file that must not exist yet: by hard link, so that of several who try exactly one is first. Answers
 * false, and leaves everything as it was, when something stands there already.
 */
export function publishDurably(path: DiskPath, bytes: Uint8Array, mode?: number): boolean {
  const published = publish(path, bytes, mode);
  if (published) flushDirectory(directoryOf(path));
  return published;
}

/** The same for what means nothing any more after a power cut: whoever reads it finds all of it, but its name may be gone by then. */
export function publish(path: DiskPath, bytes: Uint8Array, mode?: number): boolean {
  return throughTemporary(path, bytes, mode, (temporary) => {
    try {
      linkSync(temporary, path);
      return 'linked';
    } catch (error) {
      if (systemCode(error) === 'EEXIST') return 'taken';
      throw error;
    }
  }) !== 'taken';
}

/** Flushes a directory, so that names which were added or taken away survive a power cut. */
export function flushDirectory(directory: DiskPath): void {
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Makes a directory, and those above it that are missing, and flushes the names of all that it made: a file is not safe
 * in a directory that a power cut can take.
 */
export function makeDirectoryDurably(directory: string, mode: number): void {
  for (const made of makeDirectory(directory, mode)) flushDirectory(dirname(made));
}

/**
 * Makes a directory and those above it that are missing, each with exactly this mode: a umask may take bits away without
 * which we could not enter what we made. Answers what was made, the innermost first.
 */
export function makeDirectory(directory: string, mode: number): string[] {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return [];
  const above = makeDirectory(dirname(directory), mode);
  // Whoever was quicker makes it as we would.
  mkdirSync(directory, { recursive: true, mode });
  chmodSync(directory, mode);
  return [directory, ...above];
}

/** Runs work on files; what the system refuses becomes `disk-failed`, without the absolute path of its own message. */
export async function onDisk<T>(doing: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw systemCode(error) === undefined || !(error instanceof Error) ? error : diskFailed(doing, error);
  }
}

/** The world error for a failed system call. */
export function diskFailed(doing: string, error: Error): Error {
  return failed('disk-failed', { doing, said: systemWords(error) }, error);
}

/** What a failed system call says, without the absolute path of its own message. */
export function systemWords(error: Error): string {
  const number = 'errno' in error && typeof error.errno === 'number' ? error.errno : 0;
  const [, words] = getSystemErrorMap().get(number) ?? [];
  return words ?? systemCode(error) ?? error.message;
}

type Placed = 'moved' | 'linked' | 'taken';

function throughTemporary(path: DiskPath, bytes: Uint8Array, mode: number | undefined, place: (temporary: Buffer) => Placed): Placed {
  const temporary = Buffer.concat([directoryOf(path), Buffer.from(`/${temporaryName(process.pid, randomMark())}`)]);
  let placed: Placed | undefined;
  try {
    writeNew(temporary, bytes, mode);
    placed = place(temporary);
    return placed;
  } finally {
    if (placed !== 'moved') removeLitter(temporary);
  }
}

/** Tells apart what several write at once; whoever opens it fails where it is taken. */
const randomMark = (): string => Math.random().toString(36).slice(2);

/** Litter is harmless, and why it could not be removed matters less than why we are here. */
function removeLitter(temporary: Buffer): void {
  try {
    unlinkSync(temporary);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

function writeNew(path: Buffer, bytes: Uint8Array, mode: number | undefined): void {
  const descriptor = openSync(path, 'wx', mode ?? 0o666);
  try {
    // The process's umask may have taken bits away that the caller asked for.
    if (mode !== undefined) fchmodSync(descriptor, mode);
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
    if (bytes.length > 0) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** By its bytes, one for one: the name may be no text. */
const directoryOf = (path: DiskPath): Buffer => Buffer.from(dirname(Buffer.from(path).toString('latin1')), 'latin1');
