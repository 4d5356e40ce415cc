import { lstatSync, renameSync, rmSync, writeFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { BUILD } from '../domain/version.js';
import { makeDirectory } from './durably.js';
import { systemCode } from './errors.js';
import type { Places } from './places.js';
import { stateText } from './stateFile.js';

/** What a file or directory looks like from outside. Whatever is done to it, it looks different afterwards. */
export interface Looks {
  text: string;
  /** When it last changed, in ms since 1970. */
  changed: number;
}

export const looksOf = ({ size, mtimeMs, ctimeMs, ino }: Stats): Looks =>
  ({ text: `${size} ${mtimeMs} ${ctimeMs} ${ino}`, changed: Math.max(mtimeMs, ctimeMs) });

/** Answers that were worked out before, by name. They save work and are never evidence: whoever decides reads for themselves. */
export interface Shelf<T> {
  /** What was kept for exactly these looks, as far as looks can be trusted. */
  find(name: string, looks: Looks): T | undefined;
  /** What was kept last under this name; whether it still holds is for the caller to find out. */
  last(name: string): T | undefined;
  /** Puts an answer on the next shelf. */
  keep(name: string, looks: Looks, value: T): void;
  /** Replaces the shelf by what was kept since it was opened, if that is worth a write. Where it cannot be written, nothing happens. */
  save(): void;
}

export interface Cache {
  /** Opens a shelf. `fits` says whether something is a value of it, since anybody may have written the file. */
  shelf<T extends object>(name: 'tickets' | 'ledgers', fits: (value: object) => boolean): Shelf<T>;
}

/** With fewer things than this, nothing is looked up and nothing is kept: reading them is quick. */
export const MANY = 50;

/** So many answers must be new before they are written down. */
const WORTH_WRITING = 16;
/** A clock ticks as rarely as every two seconds on some file systems: what changed so lately may change again and look the same. */
const TICK_MS = 2000;
const SIZE_MAX = 64 * 1024 * 1024;
const STALE_MS = 60_000;

/** Opens what is kept below the git directory. Like git's own optional locks, writing it can be switched off. */
export function openCache(places: Pick<Places, 'state'>, env: Record<string, string | undefined>): Cache {
  const folder = join(places.state, 'cache');
  const began = Date.now();
  return {
    shelf: <T extends object>(name: string, fits: (value: object) => boolean): Shelf<T> => {
      const file = join(folder, `${name}.json`);
      const { written, before } = stored<T>(file, fits);
      const next = new Map<string, Entry<T>>();
      const asBefore = (entry: string, looks: string): boolean => before.get(entry)?.[0] === looks;
      let fresh = 0;
      return {
        find: (entry, looks) => (looks.changed < written && asBefore(entry, looks.text) ? before.get(entry)![1] : undefined),
        last: (entry) => before.get(entry)?.[1],
        keep: (entry, { text, changed }, value) => {
          const looks = changed < began - TICK_MS ? text : UNSETTLED;
          if (!asBefore(entry, looks) || before.get(entry)![1] !== value) fresh += 1;
          next.set(entry, [looks, value]);
        },
        save: () => {
          if (fresh < WORTH_WRITING || env['GIT_OPTIONAL_LOCKS'] === '0') return;
          replaceIfPossible(folder, file, JSON.stringify({ build: BUILD, kept: Object.fromEntries(next) }));
        },
      };
    },
  };
}

/** Looks and value. */
type Entry<T> = [looks: string, value: T];
const UNSETTLED = '';

/** A file that is torn, too large, of another build or not ours is as good as none. */
function stored<T extends object>(file: string, fits: (value: object) => boolean): { written: number; before: Map<string, Entry<T>> } {
  try {
    const { size, mtimeMs } = lstatSync(file);
    if (size > SIZE_MAX) return EMPTY;
    const text = stateText(file);
    if (typeof text !== 'string') return EMPTY;
    const { build, kept } = JSON.parse(text) as { build?: unknown; kept?: object };
    if (build !== BUILD || typeof kept !== 'object' || kept === null) return EMPTY;
    const isEntry = (entry: unknown): entry is Entry<T> =>
      Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'object' && entry[1] !== null && fits(entry[1] as object);
    return { written: mtimeMs, before: new Map(Object.entries(kept).filter((pair): pair is [string, Entry<T>] => isEntry(pair[1]))) };
  } catch {
    return EMPTY;
  }
}

const EMPTY = { written: 0, before: new Map<string, never>() };

/**
 * Nothing depends on it, so it is not flushed, and a disk that refuses it is no failure. The temporary file is made by
 * one writer at a time: two would mix their bytes.
 */
function replaceIfPossible(folder: string, file: string, text: string): void {
  const temporary = `${file}.tmp`;
  try {
    makeDirectory(folder, 0o700);
    removeStale(temporary);
    writeFileSync(temporary, text, { flag: 'wx', mode: 0o600 });
    renameSync(temporary, file);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

/** What a killed writer left. */
function removeStale(temporary: string): void {
  const stat = lstatSync(temporary, { throwIfNoEntry: false });
  if (stat !== undefined && Math.abs(Date.now() - stat.mtimeMs) > STALE_MS) rmSync(temporary, { force: true });
}
