import type { Place } from '../problem.js';
import { covered } from './covered.js';

/** Finds lines and columns in one text. Offsets count UTF-16 units, as strings do; columns count characters. */
export type PlaceFinder = (from: number, to?: number, label?: string) => Place;

/** A place never reaches beyond its first line, so that it can be marked there; it is at least one character wide. What looks like a secret is covered in what is shown around it. */
export function placesIn(file: string, source: string): PlaceFinder {
  let starts: number[] | undefined;
  let shown: string | undefined;
  return (from, to = from + 1, label) => {
    // Most texts have no fault, and nobody asks where.
    starts ??= [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const line = lineAt(starts, from);
    const start = starts[line - 1]!;
    const end = (starts[line] ?? source.length + 1) - 1;
    const column = width(source, start, from) + 1;
    const endColumn = Math.max(column + 1, width(source, start, Math.min(to, end)) + 1);
    return { file, line, column, endLine: line, endColumn, source: shown ??= covered(source), label };
  };
}

const width = (source: string, from: number, to: number): number => [...source.slice(from, to)].length;

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
