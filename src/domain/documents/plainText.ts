import { complain, type Problem } from '../problem.js';
import { placesIn } from './places.js';
import { TOLD_MAX } from './told.js';

/** A document may be so large, in bytes. */
export const DOCUMENT_BYTES_MAX = 262_144;

/** Controls but tab and line ends, a carriage return that ends no line, byte order marks, and code points that are no characters. */
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff\ufffe\uffff]|\r(?!\n)|[\ud800-\udfff]/gu;
const CONFLICT = /^(?:<{7}(?: .*)?|\|{7}(?: .*)?|={7}|>{7}(?: .*)?)\r?$/gm;

export type PlainText = { ok: true; text: string } | { ok: false; problems: Problem[] };

/** Reads bytes as the text of a document: UTF-8 without anything that a reader could not see, and without a half-done merge. */
export function plainText(bytes: Uint8Array, file: string): PlainText {
  if (bytes.length > DOCUMENT_BYTES_MAX) {
    return { ok: false, problems: [complain('document-too-large', { bytes: bytes.length, most: DOCUMENT_BYTES_MAX }, { file })] };
  }
  const valid = validPrefix(bytes);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const place = placesIn(file, text);
  if (valid < bytes.length) {
    const at = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, valid)).length;
    const byte = bytes[valid]!.toString(16).padStart(2, '0').toUpperCase();
    return { ok: false, problems: [complain('document-not-utf8', { byte }, place(at, at + 1, 'not UTF-8 from here'))] };
  }
  const problems = [
    ...first(text.matchAll(UNFIT)).map(({ 0: found, index }) =>
      complain('yaml-control-character', { character: codePoint(found) }, place(index, index + found.length, codePoint(found)))),
    ...first(text.matchAll(CONFLICT)).map(({ 0: found, index }) =>
      complain('yaml-conflict-marker', { marker: found.slice(0, 7) }, place(index, index + found.length, 'left over from a merge'))),
  ];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, text };
}

/** The first character of a text that no document may hold, escaped or not, as `U+001B`. */
export function unfitCharacter(text: string): string | undefined {
  const [found] = text.match(UNFIT) ?? [];
  return found === undefined || found === '\r' ? undefined : codePoint(found);
}

const codePoint = (character: string): string => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/** How many bytes from the beginning are whole UTF-8. */
function validPrefix(bytes: Uint8Array): number {
  if (decodes(bytes, false)) return bytes.length;
  let [low, high] = [0, bytes.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (decodes(bytes.subarray(0, middle), true)) low = middle;
    else high = middle;
  }
  return startOfCharacter(bytes, low);
}

/** `partial`: the last character may be cut short. */
function decodes(bytes: Uint8Array, partial: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: partial });
    return true;
  } catch {
    return false;
  }
}

/** A prefix that is valid as far as it goes may end inside a character: the fault is where that begins. */
function startOfCharacter(bytes: Uint8Array, end: number): number {
  for (let at = end; at >= Math.max(0, end - 3); at--) {
    if (decodes(bytes.subarray(0, at), false)) return at;
  }
  return end;
}

function first<T>(items: Iterable<T>): T[] {
  const taken: T[] = [];
  for (const item of items) {
    if (taken.push(item) >= TOLD_MAX) break;
  }
  return taken;
}
