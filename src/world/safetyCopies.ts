import { closeSync, constants, openSync, readdirSync, readSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RawContent } from '../domain/repository.js';
import { obstaclesBelow, statOf, textPlaceOf, type Place } from './containment.js';
import { digestAt, targetAt } from './contents.js';
import { crypto } from './crypto.js';
import { sha256 } from './digests.js';
import { makeDirectory } from './durably.js';
import { stateText } from './stateFile.js';

/**
 * Copies of uncommitted files, by what their content is. Thousands of them are one file, because making a file costs
 * more than filling it: an archive holds contents back to back, and a list beside it says where each lies. Without its
 * list an archive counts for nothing.
 */
export interface SafetyCopies {
  /** Copies what has content of its own, until the budget is used up; the same content is kept and counted once. */
  keep(root: string, paths: readonly RawContent[], most: number): { copied: number; notCopied: number };
  /**
   * A file with the content of that digest, if it was copied. It is taken out of its archive when it is first asked for,
   * and is nobody's to throw away from then on: somebody was told that it is there.
   */
  setAside(digest: string): string | undefined;
  /** Where that file lies, unless nobody asked for it or somebody has removed it since. */
  aside(digest: string): string | undefined;
}

/** Where a content lies in an archive: `[offset, length]`, by its digest. */
type List = Record<string, [number, number]>;

const PRIVATE = 0o600;
const CHUNK = 1 << 20;

/** Opens the copies in a folder, which must exist before something is kept. What is set aside goes to another one. */
export function openSafetyCopies(folder: string, aside: string): SafetyCopies {
  const archives = (): string[] => (statOf(Buffer.from(folder)) === undefined ? [] : readdirSync(folder))
    .filter((name) => name.endsWith('.list')).map((name) => name.slice(0, -'.list'.length));
  const lists = new Map<string, List>();
  /** A list is written once, and never changed. */
  function listOf(archive: string): List {
    const list = lists.get(archive) ?? readList(join(folder, `${archive}.list`));
    lists.set(archive, list);
    return list;
  }

  const fileOf = (digest: string): string => join(aside, digest.replace(/^sha256:/, ''));
  const isThere = (file: string): boolean => statOf(Buffer.from(file)) !== undefined;

  return {
    aside: (digest) => [fileOf(digest)].find(isThere),
    keep(root, paths, most) {
      const known = archives();
      const kept = new Set(known.flatMap((archive) => Object.keys(listOf(archive))));
      const archive = openArchive(join(folder, `archive-${known.length + 1}`));
      try {
        const counted = copyAll(root, paths, most, kept, archive);
        archive.finish();
        return counted;
      } catch (error) {
        archive.discard();
        throw error;
      } finally {
        archive.close();
      }
    },
    setAside(digest) {
      const file = fileOf(digest);
      if (isThere(file)) return file;
      for (const archive of archives()) {
        const [offset, length] = listOf(archive)[digest] ?? [];
        if (offset === undefined || length === undefined) continue;
        makeDirectory(aside, 0o700);
        takeOut(join(folder, archive), offset, length, file);
        return file;
      }
      return undefined;
    },
  };
}

/** Nothing of it is flushed, so a power cut may tear a list: then it lists nothing. */
function readList(path: string): List {
  const text = stateText(path);
  try {
    return typeof text === 'string' ? JSON.parse(text) as List | null ?? {} : {};
  } catch {
    return {};
  }
}

function copyAll(root: string, paths: readonly RawContent[], most: number, kept: Set<string>, archive: Archive): { copied: number; notCopied: number } {
  const obstacle = obstaclesBelow(root);
  let left = most;
  let copied = 0;
  let notCopied = 0;
  for (const identity of paths) {
    const { digest, kind } = identity;
    if (kind === 'absent') continue;
    const fits = digest !== undefined && (kept.has(digest) || identity.bytes <= left) && obstacle(identity.path)?.kind !== 'link';
    if (fits && kept.has(digest)) {
      copied += 1;
    } else if (fits && archive.add(textPlaceOf(root, identity.path), identity, digest)) {
      kept.add(digest);
      left -= identity.bytes;
      copied += 1;
    } else {
      notCopied += 1;
    }
  }
  return { copied, notCopied };
}

interface Archive {
  /** Adds the content that stands at a place; not when it is another one than the identity names. */
  add(place: Place, identity: RawContent, digest: string): boolean;
  /** From here on what was added is found. */
  finish(): void;
  /** Takes away what was begun. */
  discard(): void;
  close(): void;
}

/** A copy guards against programs, not against a power cut, which takes nothing from the original: so nothing is flushed. */
function openArchive(path: string): Archive {
  const list: List = {};
  // Nobody is waited for at the other end of a pipe.
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NONBLOCK, PRIVATE);
  const waiting = Buffer.allocUnsafe(CHUNK);
  let filled = 0;
  let end = 0;

  function write(): void {
    for (let at = 0; at < filled; ) at += writeSync(descriptor, waiting, at, filled - at, end + at);
    end += filled;
    filled = 0;
  }
  function append(chunk: Buffer): void {
    if (filled + chunk.length > CHUNK) write();
    waiting.set(chunk, filled);
    filled += chunk.length;
  }
  function appendTarget(place: Place): string | undefined {
    const target = targetAt(place);
    if (target === undefined) return undefined;
    append(target);
    return sha256(target);
  }

  return {
    add(place, { kind, bytes }, digest) {
      const offset = end + filled;
      const added = kind === 'file' ? digestAt(place, bytes, append) : appendTarget(place);
      if (added !== digest) {
        // What is added next is written over it.
        write();
        end = offset;
        return false;
      }
      list[digest] = [offset, end + filled - offset];
      return true;
    },
    finish() {
      write();
      if (Object.keys(list).length === 0) return rmSync(path);
      writeFileSync(`${path}.tmp`, JSON.stringify(list), { mode: PRIVATE });
      renameSync(`${path}.tmp`, `${path}.list`);
    },
    discard() {
      for (const litter of [path, `${path}.tmp`]) rmSync(litter, { recursive: true, force: true });
    },
    close: () => closeSync(descriptor),
  };
}

/** Whole or not at all, so that a copy that somebody uses is the content that was kept. */
function takeOut(archive: string, offset: number, length: number, file: string): void {
  const temporary = `${file}.${crypto().randomBytes(6).toString('hex')}.tmp`;
  const from = openSync(archive, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const to = openSync(temporary, 'w', PRIVATE);
    try {
      const chunk = Buffer.allocUnsafe(Math.min(length, CHUNK));
      for (let at = 0; at < length; ) {
        const read = readSync(from, chunk, 0, Math.min(chunk.length, length - at), offset + at);
        if (read === 0) throw Object.assign(new Error('a safety copy is cut off'), { code: 'EIO', errno: -5 });
        at += writeSync(to, chunk, 0, read);
      }
    } finally {
      closeSync(to);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(from);
  }
}
