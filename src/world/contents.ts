import type { Hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readdirSync, readlinkSync, readSync, type BigIntStats, type Dirent } from 'node:fs';
import type { Digest, ObjectId } from '../domain/changeSet.js';
import { pathFromBytes, type RepoPath } from '../domain/paths.js';
import type { PathIdentity } from '../domain/repository.js';
import { isAbsence, isDenial, statOf, type Place } from './containment.js';
import { crypto } from './crypto.js';
import { hashOf, sha256 } from './digests.js';
import { failed, systemCode } from './errors.js';

/** What stands at a place, by its raw bytes. */
export type Content = Pick<PathIdentity, 'kind' | 'executable' | 'bytes' | 'digest'>;

/** Nothing stands there. */
export const ABSENT: Content = { kind: 'absent', executable: false, bytes: 0 };
const ATTEMPTS = 3;
const CHUNK = 1 << 20;

/**
 * Identifies what stands at a place: a file by its raw bytes, a link by its target, a directory by all that is in it
 * besides its own git directory. What cannot be read, or is a pipe, socket or device, is `opaque`. Reading is
 * synchronous: in a loop over small files that is several times faster. `shown` names the place in messages.
 */
export function contentAt(place: Place, shown: RepoPath): Content {
  const stat = statOf(place);
  if (stat === undefined) return ABSENT;
  const executable = stat.isFile() && isExecutable(stat.mode);
  const opaque: Content = { kind: 'opaque', executable, bytes: Number(stat.size) };
  try {
    if (stat.isSymbolicLink()) return linkContent(place);
    if (stat.isDirectory()) return { kind: 'directory', executable: false, bytes: 0, digest: listingDigest(place, shown) };
    if (!stat.isFile()) return { ...opaque, bytes: 0 };
    return fileContent(place, shown) ?? ABSENT;
  } catch (error) {
    if (isAbsence(error)) return ABSENT;
    if (isDenial(error)) return opaque;
    throw error;
  }
}

/** Git's own rule for the executable bit. */
export const isExecutable = (mode: number): boolean => (mode & 0o100) !== 0;

/** Where a symbolic link points, in exact bytes; nothing when none stands there. */
export const targetAt = (place: Place): Buffer | undefined =>
  (statOf(place)?.isSymbolicLink() ? readlinkSync(place, { encoding: 'buffer' }) : undefined);

function linkContent(place: Place): Content {
  const target = readlinkSync(place, { encoding: 'buffer' });
  return { kind: 'link', executable: false, bytes: target.length, digest: sha256(target) };
}

function fileContent(place: Place, shown: RepoPath): Content | undefined {
  return readSteadily(place, shown, (descriptor, stat) => {
    const bytes = Number(stat.size);
    return { kind: 'file', executable: isExecutable(Number(stat.mode)), bytes, digest: digestFrom(descriptor, bytes) };
  });
}

/** A file's bytes, read whole and steadily; nothing when there is no such file, or something else. */
export function bytesAt(place: Buffer, shown: RepoPath): Buffer | undefined {
  return readSteadily(place, shown, (descriptor, { size }) => {
    const chunks: Buffer[] = [];
    eachChunk(descriptor, Number(size), (chunk) => chunks.push(Buffer.from(chunk)));
    return Buffer.concat(chunks);
  });
}

/** Hands over a plain file's bytes as they are at this moment, in chunks that must be used at once, and answers their digest; nothing of a file of another size, or of anything else. */
export function digestAt(place: Place, size: number, take: (chunk: Buffer) => void): Digest | undefined {
  const descriptor = openPlain(place);
  if (descriptor === undefined) return undefined;
  try {
    const stat = fstatSync(descriptor);
    return stat.isFile() && stat.size === size ? digestFrom(descriptor, size, take) : undefined;
  } finally {
    closeSync(descriptor);
  }
}

/** What comes in one chunk is digested in one go, which takes half as long. */
function digestFrom(descriptor: number, size: number, take: (chunk: Buffer) => void = () => undefined): Digest {
  const hash = size > CHUNK ? crypto().createHash('sha256') : undefined;
  let digest: Digest | undefined;
  eachChunk(descriptor, size, (chunk) => {
    take(chunk);
    if (hash === undefined) digest = sha256(chunk);
    else hash.update(chunk);
  });
  return hash === undefined ? digest ?? sha256('') : `sha256:${hash.digest('hex')}`;
}

/** The id that git gives a file's raw bytes as a blob, in the hash of the other id. */
export function blobIdAt(place: Buffer, shown: RepoPath, like: ObjectId): ObjectId | undefined {
  const hashName = hashOf(like);
  const target = targetAt(place);
  if (target !== undefined) return blobHash(hashName, target.length).update(target).digest('hex');
  return readSteadily(place, shown, (descriptor, { size }) => {
    const hash = blobHash(hashName, Number(size));
    eachChunk(descriptor, Number(size), (chunk) => hash.update(chunk));
    return hash.digest('hex');
  });
}

const blobHash = (name: string, size: number): Hash => crypto().createHash(name).update(`blob ${size}\0`);

/**
 * Opens a place once, without following a link and without waiting for a pipe, and reads from that descriptor. When
 * the file changed meanwhile it is read again; a file that never holds still is `unstable`.
 */
function readSteadily<T>(place: Place, shown: RepoPath, read: (descriptor: number, stat: BigIntStats) => T): T | undefined {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const descriptor = openPlain(place);
    if (descriptor === undefined) return undefined;
    try {
      const before = fstatSync(descriptor, { bigint: true });
      if (!before.isFile()) return undefined;
      const value = read(descriptor, before);
      if (sameStat(before, fstatSync(descriptor, { bigint: true }))) return value;
    } finally {
      closeSync(descriptor);
    }
  }
  throw failed('unstable', { path: shown });
}

function openPlain(place: Place): number | undefined {
  try {
    return openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (isAbsence(error) || systemCode(error) === 'ELOOP') return undefined;
    throw error;
  }
}

const sameStat = (a: BigIntStats, b: BigIntStats): boolean =>
  a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs && a.mode === b.mode;

let room = Buffer.alloc(0);

/** Up to the size that the file had when it was opened: one that grew meanwhile shows it in its stat. Each chunk but the last is full. */
function eachChunk(descriptor: number, size: number, take: (chunk: Buffer) => void): void {
  const most = Math.min(size, CHUNK);
  if (room.length < most) room = Buffer.allocUnsafe(Math.max(most, Math.min(2 * room.length, CHUNK)));
  for (let left = size; left > 0; ) {
    const wanted = Math.min(left, CHUNK);
    const length = filled(descriptor, wanted);
    if (length > 0) take(room.subarray(0, length));
    if (length < wanted) return;
    left -= length;
  }
}

/** How much of the room could be filled: less than wanted only where the file ends. */
function filled(descriptor: number, wanted: number): number {
  for (let at = 0; at < wanted; ) {
    const length = readSync(descriptor, room, at, wanted - at, null);
    if (length === 0) return at;
    at += length;
  }
  return wanted;
}

/** Every file below a directory, by name and content; a git directory in it is its own business. */
function listingDigest(place: Place, shown: RepoPath): string {
  const hash = crypto().createHash('sha256');
  for (const name of namesIn(place)) {
    if (name.equals(GIT_DIRECTORY)) continue;
    const { kind, executable, digest } = contentAt(inside(Buffer.from(place), name), `${shown}/${pathFromBytes(name)}` as RepoPath);
    hash.update(name).update(`\0${kind}\0${executable}\0${digest ?? ''}\0`);
  }
  return `sha256:${hash.digest('hex')}`;
}

const GIT_DIRECTORY = Buffer.from('.git');

/** What is in a directory, names in exact bytes, sorted. */
export const entriesIn = (place: Buffer): Dirent<Buffer>[] =>
  readdirSync(place, { encoding: 'buffer', withFileTypes: true }).sort((a, b) => Buffer.compare(a.name, b.name));

/** Names in a directory, in exact bytes, sorted. */
export const namesIn = (place: Place): Buffer[] => readdirSync(place, { encoding: 'buffer' }).sort(Buffer.compare);

export const inside = (place: Buffer, name: Buffer): Buffer => Buffer.concat([place, Buffer.from('/'), name]);
