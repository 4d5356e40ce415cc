import { asText, lineEndOf, linksIn, tablesIn, withRows, wordsShown, type Row, type Table } from '../documents/markdown.js';
import { ADR_FOLDER, numberOf, padded, type Decision } from './record.js';

/** One line of the index. */
export interface IndexRow {
  number?: number;
  title: string;
  status: string;
  tags: string[];
  row: Row;
}

const HEAD = ['record', 'title', 'status', 'tags'];

/** The table of the index; nothing where there is none. */
const tableOf = (text: string): Table | undefined =>
  tablesIn(text).find(({ head }) => HEAD.every((name, at) => head.cells[at]?.text.toLowerCase() === name));

/** Whether the index has its table. */
export const hasTable = (text: string): boolean => tableOf(text) !== undefined;

/** What the index says of the records. */
export function indexRows(text: string): IndexRow[] {
  return (tableOf(text)?.rows ?? []).map((row) => {
    const [record, title, status, tags] = row.cells.map((cell) => cell.text);
    const target = linksIn(record ?? '')[0]?.target ?? record ?? '';
    return { number: numberOf(target), title: wordsShown(title ?? ''), status: status ?? '', tags: (tags ?? '').split(',').map((tag) => tag.trim().replace(/^`(.*)`$/, '$1')).filter((tag) => tag !== ''), row };
  });
}

/** In what a line of the index differs from its record. */
export function differencesOf(row: IndexRow, { title, status, tags }: Decision): string[] {
  return [
    ...(row.title === title ? [] : [`the title is ${title}`]),
    ...(row.status === status ? [] : [`the status is ${status}`]),
    ...(sameTags(row.tags, tags) ? [] : [`the tags are ${tags.join(', ')}`]),
  ];
}

const sameTags = (some: readonly string[], others: readonly string[]): boolean => [...some].sort().join() === [...others].sort().join();

/**
 * The index with a line for every record. Lines that are right stay as they are written, and lines of records that are
 * not there stay too: they are the only trace of what was lost.
 */
export function withDecisions(text: string, decisions: readonly Decision[]): string {
  const rows = indexRows(text);
  const isRight = rows.length > 0 && decisions.every((one) => rows.some((row) => row.number === one.number && differencesOf(row, one).length === 0));
  if (isRight || decisions.length === 0) return text;
  const eol = lineEndOf(text);
  const lines = [...decisions].sort((a, b) => a.number - b.number).map((decision) => {
    const own = rows.find(({ number }) => number === decision.number);
    return own !== undefined && differencesOf(own, decision).length === 0 ? text.slice(own.row.from, own.row.to) : lineOf(decision);
  });
  const lost = rows.filter(({ number }) => !decisions.some((one) => one.number === number)).map(({ row }) => text.slice(row.from, row.to));
  const table = tableOf(text);
  if (table === undefined) return `${text.trimEnd()}${text.trim() === '' ? '' : eol + eol}| ${HEAD.join(' | ')} |${eol}|---|---|---|---|${eol}${[...lines, ...lost].join(eol)}${eol}`;
  return withRows(text, table, [...lines, ...lost]);
}

const lineOf = ({ path, number, title, status, tags }: Decision): string =>
  `| [${padded(number)}](${path.slice(ADR_FOLDER.length + 1)}) | ${asText(title)} | ${status} | ${tags.join(', ')} |`;
