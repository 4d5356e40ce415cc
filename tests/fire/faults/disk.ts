import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Call } from './injector.js';

/** What a power cut leaves of what was never flushed. */
export interface Survival {
  /** Which of the unflushed names, renamings and removals are there, in their order. */
  names: (nth: number) => boolean;
  /** How much of a file that was written and not flushed. */
  bytes: 'all' | 'half' | 'none';
}

interface File {
  written: Buffer;
  flushed: Buffer;
}

const DIRECTORY = 'directory';
type Entry = File | typeof DIRECTORY;

/** A change of names in one directory. */
interface Naming {
  directory: string;
  taken?: string;
  given?: { name: string; entry: Entry };
}

/**
 * A disk that promises no more than it must: bytes are safe once their file was flushed, names once their directory
 * was. Plays the calls of a run, and can be cut off after any of them.
 */
export class Disk {
  /** As every process sees it. */
  private readonly seen = new Map<string, Entry>();
  /** What a power cut cannot take. */
  private readonly safe = new Map<string, Entry>();
  private pending: Naming[] = [];
  private readonly root: string;

  /** Everything that lies below a folder, safely. */
  constructor(root: string) {
    this.root = root;
    const take = (place: string): void => {
      const entry: Entry = lstatSync(place).isDirectory() ? DIRECTORY : fileOf(readFileSync(place));
      this.seen.set(place, entry);
      this.safe.set(place, entry);
      if (entry === DIRECTORY) readdirSync(place).forEach((name) => take(join(place, name)));
    };
    take(root);
  }

  /** Whether a call concerns this disk. */
  holds = ({ path }: Call): boolean => path.startsWith(`${this.root}/`) || path === this.root;

  play({ call, path, to, offset, bytes }: Call): void {
    const entry = this.seen.get(path);
    if (call === 'mkdir' && entry === undefined) this.name({ given: { name: path, entry: DIRECTORY } });
    if (/^(open|create)/.test(call) && entry === undefined) this.name({ given: { name: path, entry: fileOf(Buffer.alloc(0)) } });
    if (call === 'open-empty' && isFile(entry)) entry.written = Buffer.alloc(0);
    if (call === 'write' && isFile(entry)) entry.written = written(entry.written, bytes, offset);
    if (call === 'flush') this.flush(path, entry);
    if (call === 'link' && entry !== undefined && !this.seen.has(to)) this.name({ given: { name: to, entry } });
    if (call === 'rename' && entry !== undefined) this.name({ taken: path, given: { name: to, entry } });
    if (/^(unlink|rmdir)$/.test(call) && entry !== undefined && !this.hasBelow(path)) this.name({ taken: path });
  }

  /** Lays down in a new folder what a power cut would leave now. */
  cut(folder: string, { names, bytes }: Survival): void {
    const left = new Map(this.safe);
    this.pending.filter((_, nth) => names(nth)).forEach((naming) => apply(naming, left));
    for (const place of [...left.keys()].sort()) {
      const entry = left.get(place)!;
      const target = join(folder, place.slice(this.root.length));
      // What lies in a directory whose own name was lost is lost with it.
      if (place !== this.root && left.get(dirname(place)) !== DIRECTORY) left.delete(place);
      else if (entry === DIRECTORY) mkdirSync(target, { recursive: true });
      else writeFileSync(target, surviving(entry, bytes));
    }
  }

  private name(naming: Omit<Naming, 'directory'>): void {
    const whole = { directory: dirname(naming.given?.name ?? naming.taken!), ...naming };
    apply(whole, this.seen);
    this.pending.push(whole);
  }

  private flush(path: string, entry: Entry | undefined): void {
    if (isFile(entry)) entry.flushed = entry.written;
    if (entry !== DIRECTORY) return;
    this.pending.filter(({ directory }) => directory === path).forEach((naming) => apply(naming, this.safe));
    this.pending = this.pending.filter(({ directory }) => directory !== path);
  }

  private hasBelow(path: string): boolean {
    return [...this.seen.keys()].some((place) => place.startsWith(`${path}/`));
  }
}

const fileOf = (bytes: Buffer): File => ({ written: bytes, flushed: bytes });
const isFile = (entry: Entry | undefined): entry is File => entry !== undefined && entry !== DIRECTORY;

function apply({ taken, given }: Naming, names: Map<string, Entry>): void {
  if (taken !== undefined) names.delete(taken);
  if (given !== undefined) names.set(given.name, given.entry);
}

function written(before: Buffer, bytes: Buffer, offset: number): Buffer {
  const at = offset < 0 ? before.length : offset;
  const after = Buffer.alloc(Math.max(before.length, at + bytes.length));
  before.copy(after);
  bytes.copy(after, at);
  return after;
}

function surviving({ written, flushed }: File, bytes: Survival['bytes']): Buffer {
  if (bytes === 'all') return written;
  return bytes === 'half' && written !== flushed ? written.subarray(0, Math.floor(written.length / 2)) : flushed;
}
