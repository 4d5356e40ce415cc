import type { Place } from '../problem.js';
import { covered } from './covered.js';

/** Finds lines and columns in one text. Offsets count UTF-16 units, as strings do; columns count characters. */
export type PlaceFinder = (from: number, to?: number, label?: string) => Place;

/** A place never reaches beyond its first line, so that it can be marked there; it is at least one character wide. What looks like a secret is covered in what is shown around it. */
export function placesIn(file: string, source: string): PlaceFinder {
  let starts: number[] | undefined;
  let before: Uint32Array | undefined;
  let shown: string | undefined;
  return (from, to = from + 1, label) => {
    // Most texts have no fault, and nobody asks where.
    starts ??= [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
    before ??= charactersBefore(source);
    const line = lineAt(starts, from);
    const start = starts[line - 1]!;
    const end = (starts[line] ?? source.length + 1) - 1;
    const column = before[from]! - before[start]! + 1;
    const endColumn = Math.max(column + 1, before[Math.max(start, Math.min(to, end))]! - before[start]! + 1);
    return { file, line, column, endLine: line, endColumn, source: shown ??= covered(source), label };
  };
}

/** For every offset of a text, its end among them, how many characters stand before it: a long line may be asked about again and again. */
function charactersBefore(source: string): Uint32Array {
  const before = new Uint32Array(source.length + 1);
  for (let at = 0; at < source.length; at++) before[at + 1] = before[at]! + (isSecondHalf(source, at) ? 0 : 1);
  return before;
}

const isSecondHalf = (source: string, at: number): boolean =>
  at > 0 && (source.charCodeAt(at) & 0xfc00) === 0xdc00 && (source.charCodeAt(at - 1) & 0xfc00) === 0xd800;

/** Number of the last line that begins at or before the offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
