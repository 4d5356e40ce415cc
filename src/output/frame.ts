import type { Place } from '../domain/problem.js';
import { cellsOf, widthOf, type Cell } from './columns.js';
import { visible } from './escape.js';

/** What a frame is drawn for. */
export interface FrameLook {
  /** The reader's terminal shows more than ASCII. */
  unicode: boolean;
  /** Columns that a line may take. */
  width: number;
}

/** However narrow the terminal is, so much of the line is shown. */
const LEAST = 20;

/**
 * The line that a place is in, with the place marked under it:
 *
 *     3 │ titel: Fix the typo
 *       │ ^^^^^ perhaps title
 *
 * Nothing for a place that names no line, or whose text is not at hand. The text is foreign: it is escaped here.
 */
export function frame({ line, column = 1, endLine, endColumn, source, label }: Place, { unicode, width }: FrameLook): string[] {
  const text = line === undefined ? undefined : source?.split('\n')[line - 1]?.replace(/\r$/, '');
  if (text === undefined) return [];
  const cells = cellsOf(text);
  const from = Math.min(column - 1, cells.length);
  const to = endLine === undefined || endLine === line ? Math.min((endColumn ?? column + 1) - 1, cells.length) : cells.length;
  const number = String(line);
  const bar = unicode ? '│' : '|';
  const shown = cutAround(cells, from, to, { room: Math.max(LEAST, width - number.length - 3), dots: unicode ? '…' : '...' });
  const marks = `${' '.repeat(shown.before)}${'^'.repeat(Math.max(1, shown.marked))}`;
  return [
    `${number} ${bar} ${shown.text}`.trimEnd(),
    `${' '.repeat(number.length)} ${bar} ${marks}${label === undefined ? '' : ` ${visible(label)}`}`,
  ];
}

interface Shown {
  text: string;
  /** Columns before the mark. */
  before: number;
  /** Columns of the mark. */
  marked: number;
}

/** As much of a line as there is room for: all of it, or the mark with a third of the room before it. */
function cutAround(cells: readonly Cell[], from: number, to: number, { room, dots }: { room: number; dots: string }): Shown {
  if (widthOf(cells) <= room) return part(cells, from, to, { start: 0, end: cells.length, dots: '' });
  const inside = room - 2 * dots.length;
  const start = back(cells, from, Math.max(Math.floor(inside / 3), inside - widthOf(cells.slice(from))));
  return part(cells, from, to, { start, end: ahead(cells, start, inside), dots });
}

function part(cells: readonly Cell[], from: number, to: number, { start, end, dots }: { start: number; end: number; dots: string }): Shown {
  const [left, right] = [start > 0 ? dots : '', end < cells.length ? dots : ''];
  return {
    text: `${left}${cells.slice(start, end).map(({ text }) => text).join('')}${right}`,
    before: left.length + widthOf(cells.slice(start, from)),
    marked: widthOf(cells.slice(from, Math.min(to, end))),
  };
}

/** The cell so many columns before another, or the first. */
function back(cells: readonly Cell[], at: number, columns: number): number {
  let start = at;
  for (let room = columns; start > 0 && cells[start - 1]!.width <= room; start--) room -= cells[start - 1]!.width;
  return start;
}

/** The cell after the last that fits; at least one is shown. */
function ahead(cells: readonly Cell[], start: number, columns: number): number {
  let end = start;
  for (let room = columns; end < cells.length && cells[end]!.width <= room; end++) room -= cells[end]!.width;
  return Math.max(end, Math.min(start + 1, cells.length));
}
