import type { Scrubber } from './scrub.js';

/** What is kept of output that may be endless. */
export interface KeptOutput {
  take(chunk: Buffer): void;
  /** The output, scrubbed: all of it, or its head and its tail around a line that says how much is missing. */
  scrubbed(scrubber: Scrubber): { log: Buffer; redacted: number };
  /** Bytes in all. */
  printed(): number;
  cut(): boolean;
}

/** Longer than any secret: so much beside each cut is read, and scrubbed, and not kept, for a secret may lie across it. */
const MARGIN = 16 * 1024;

/** Keeps at most so many bytes, half of them from the beginning and half from the end. */
export function openKeptOutput(most: number): KeptOutput {
  const half = Math.floor(most / 2);
  const head: Buffer[] = [];
  const tail: Buffer[] = [];
  let headBytes = 0;
  let tailBytes = 0;
  let printed = 0;

  function take(chunk: Buffer): void {
    printed += chunk.length;
    const room = Math.max(0, half + MARGIN - headBytes);
    if (room > 0) {
      head.push(chunk.subarray(0, room));
      headBytes += Math.min(room, chunk.length);
    }
    if (chunk.length <= room) return;
    tail.push(chunk.subarray(room));
    tailBytes += chunk.length - room;
    while (tailBytes - tail[0]!.length >= half + MARGIN) tailBytes -= tail.shift()!.length;
  }

  function scrubbed(scrubber: Scrubber): { log: Buffer; redacted: number } {
    if (printed === headBytes + tailBytes) {
      const { text, redacted } = scrubber.scrub(Buffer.concat([...head, ...tail]));
      const whole = Buffer.from(text);
      return { log: printed <= most ? whole : joined(whole.subarray(0, half), whole.subarray(-half)), redacted };
    }
    const first = scrubber.scrub(Buffer.concat(head));
    const last = scrubber.scrub(Buffer.concat(tail).subarray(-(half + MARGIN)));
    return {
      log: joined(withoutEnd(Buffer.from(first.text)).subarray(0, half), withoutStart(Buffer.from(last.text)).subarray(-half)),
      redacted: first.redacted + last.redacted,
    };
  }

  const joined = (first: Buffer, last: Buffer): Buffer =>
    Buffer.concat([wholeCharacters(first), Buffer.from(`\n[… ${printed - 2 * half} bytes left out …]\n`), wholeCharacters(last)]);

  return { take, scrubbed, printed: () => printed, cut: () => printed > most };
}

const withoutEnd = (bytes: Buffer): Buffer => bytes.subarray(0, Math.max(0, bytes.length - MARGIN));
const withoutStart = (bytes: Buffer): Buffer => bytes.subarray(Math.min(MARGIN, bytes.length));

/** Without the part of a character that a cut left at either end. */
function wholeCharacters(bytes: Buffer): Buffer {
  let start = 0;
  while (start < 3 && start < bytes.length && isContinuation(bytes[start]!)) start += 1;
  let end = bytes.length;
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (isContinuation(byte)) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    if (length > back) end = bytes.length - back;
    break;
  }
  return bytes.subarray(start, end);
}

const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;
