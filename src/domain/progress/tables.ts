import { lineEndOf, sectionsIn, tablesIn, withRows, type Row, type Table } from '../documents/markdown.js';

/** A line of one of the tables: which ticket it is about, and how it is written. */
export interface ProgressRow {
  ticket: string;
  cells: string[];
  row: Row;
  line: string;
}

export const IN_PROGRESS = { title: 'In progress', head: ['ticket', 'title', 'state'] } as const;
export const COMPLETED = { title: 'Completed', head: ['ticket', 'title', 'completed', 'review'] } as const;
export type ProgressTable = typeof IN_PROGRESS | typeof COMPLETED;

/** The first table below the heading. */
function tableOf(text: string, { title }: ProgressTable): Table | undefined {
  const section = sectionsIn(text).find((one) => one.title.toLowerCase() === title.toLowerCase());
  return section && tablesIn(text).find(({ head }) => head.from >= section.body && head.from < section.to);
}

export function rowsOf(text: string, which: ProgressTable): ProgressRow[] {
  return (tableOf(text, which)?.rows ?? []).map((row) => {
    const cells = row.cells.map((cell) => cell.text);
    return { ticket: (cells[0] ?? '').replace(/^`(.*)`$/, '$1'), cells, row, line: text.slice(row.from, row.to) };
  });
}

/** The text with other lines in one of its tables; a text without it gets one at its end. */
export function withLines(text: string, which: ProgressTable, lines: readonly string[]): string {
  const table = tableOf(text, which);
  if (table !== undefined) return withRows(text, table, lines);
  const eol = lineEndOf(text);
  const head = [`## ${which.title}`, '', `| ${which.head.join(' | ')} |`, `|${which.head.map(() => '---|').join('')}`, ...lines];
  return `${text.trimEnd()}${text.trim() === '' ? '' : eol + eol}${head.join(eol)}${eol}`;
}

/** A line; its cells are Markdown already. */
export const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
