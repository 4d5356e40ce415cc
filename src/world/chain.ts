import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import { sha256 } from './digests.js';
import { systemCode } from './errors.js';
import type { LedgerFault } from './ledger.js';
import { fromFile, type NoFile } from './stateFile.js';

/** What every link of a chain carries. */
export interface Link {
  v: number;
  seq: number;
  prev: string;
}

/** One fact as it lies on disk. */
export interface StoredLink<L extends Link> {
  text: string;
  link: L;
}

/** A chain as it was read: every link that can be read, and everything that is wrong. Only without a fault may the links be believed. */
export interface Chain<L extends Link> {
  links: StoredLink<L>[];
  /** Digest of the last file; of the chain's name when there is none. */
  head: string;
  faults: LedgerFault[];
}

/** The last fact that was published, remembered apart. It may lag behind, and is never ahead. */
export interface Head {
  seq: number;
  head: string;
}

export const FORMAT = 1;

/** The predecessor of the first link: the digest of what the chain is about. */
export const rootOf = (name: string): string => sha256(`cxw:${name}`);

export const fileName = (seq: number): string => `${String(seq).padStart(6, '0')}.json`;

/**
 * Reads a chain, synchronously: many small files are read several times quicker so. Every byte is accounted for: a
 * link names the digest of its predecessor's file, numbers have no gaps, and the remembered head must be reached.
 * Reading goes on after a fault, so that all of them are found at once.
 */
export function readChain<L extends Link>(directory: string, name: string, remembered: Head | undefined): Chain<L> {
  const links: StoredLink<L>[] = [];
  const faults: LedgerFault[] = [];
  let head = rootOf(name);
  let length = 0;
  for (const seq of numbersIn(directory)) {
    const isAfterGap = seq > length + 1;
    if (isAfterGap) faults.push(removed(length + 1, seq - 1, 'later facts are there'));
    const content = contentAt(`${directory}/${fileName(seq)}`);
    const link = parseLink<L>(content);
    // After a gap nobody can say what the predecessor was: the gap is the fault.
    const fault = faultOf(link, seq, isAfterGap ? undefined : head);
    if (fault !== undefined) faults.push(fault);
    if (typeof link !== 'string') links.push({ text: content as string, link });
    head = sha256(bytesOf(content));
    length = seq;
    if (fault === undefined && remembered?.seq === seq && remembered.head !== head) faults.push({ fault: 'edited', seq, detail: 'the remembered head names other bytes' });
  }
  if (remembered !== undefined && remembered.seq > length) faults.push(removed(length + 1, remembered.seq, `the remembered head is fact ${remembered.seq}`));
  return { links, head, faults };
}

/** The fault of facts that must have been there. */
export const removed = (first: number, last: number, why: string): LedgerFault =>
  ({ fault: 'removed', seq: first, detail: first === last ? why : `so are all up to fact ${last}; ${why}` });

/** What is wrong with a link in its place; `head` is absent where its predecessor is missing. */
function faultOf(link: Link | string, seq: number, head: string | undefined): LedgerFault | undefined {
  if (typeof link === 'string') return { fault: 'unreadable', seq, detail: link };
  if (typeof link.v === 'number' && link.v > FORMAT) return { fault: 'newer-format', seq, detail: `its format is ${link.v}` };
  if (link.seq !== seq) return { fault: 'reordered', seq, detail: `the file holds fact ${JSON.stringify(link.seq)}` };
  // The link that was edited is the predecessor: this one still names the bytes that it had.
  if (head === undefined || link.prev === head) return undefined;
  return seq === 1 ? { fault: 'reordered', seq, detail: 'it begins another ledger' } : { fault: 'edited', seq: seq - 1, detail: `fact ${seq} names another predecessor` };
}

/** Where a byte that is no text is read as. */
const NO_TEXT = '\uFFFD';

/** A file as text, in which it is read and hashed in half the time; as bytes where no text stands for exactly them. */
const contentAt = (place: string): Content => fromFile(place, (file) => {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(NO_TEXT)) return text;
  const bytes = readFileSync(place);
  return bytes.equals(Buffer.from(text)) ? text : bytes;
});

type Content = string | Buffer | NoFile;

const bytesOf = (content: Content): string | Buffer => (typeof content !== 'string' && 'odd' in content ? '' : content);

function parseLink<L extends Link>(text: Content): L | string {
  if (typeof text !== 'string') return 'odd' in text ? text.odd : 'it is not UTF-8';
  if (text.indexOf('\n') !== text.length - 1) return 'it is not one line';
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed as L : 'it is not an object';
  } catch {
    return 'it is not JSON';
  }
}

const numbersIn = (directory: string): number[] => numbered(entriesOf(directory).map(({ name }) => name), 'json').sort((a, b) => a - b);

/** The highest number of a file that we write: with one digit more, numbers next to each other could not be told apart. */
export const LAST_NUMBER = 999_999_999_999_999;

/** The numbers in these names, in the one form in which we write them; whatever is called otherwise is none of ours. */
export const numbered = (names: readonly string[], ending: 'json' | 'released'): number[] => names.flatMap((name) => {
  const [, number, end] = /^(\d{6}|[1-9]\d{6,14})\.(json|released)$/.exec(name) ?? [];
  return end === ending ? [Number(number)] : [];
});

export function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
