import { wordsShown } from '../documents/markdown.js';
import { placesIn, type PlaceFinder } from '../documents/places.js';
import { nearest } from '../nearest.js';
import { showPath, type RepoPath } from '../paths.js';
import { complain, type Problem } from '../problem.js';
import type { Cell } from './cells.js';
import { FORMATS, SPEC_STATUSES, type Column, type DocumentFormat, type DocumentKind, type SpecStatus, type TableFormat, type TableName } from './format.js';
import { readMarkdown, type Markdown, type Row, type Table } from './markdown.js';

/** A state and, of what is superseded, what stands in its place. */
export interface Status {
  word: SpecStatus;
  by?: string;
}

/** A row of a table that the format knows, its cells by the names of their columns. */
export interface Item {
  /** Empty where rows have none. */
  id: string;
  status?: Status;
  cells: Readonly<Record<string, Cell>>;
  row: Row;
  table: Table;
  /** Its cells are fewer or more than the columns, so that nobody knows which is which. */
  broken: boolean;
}

/** One document of a spec, as it was read; what is wrong with its form is among the problems. */
export interface Sheet<K extends DocumentKind = DocumentKind> {
  kind: K;
  path: RepoPath;
  text: string;
  title: string;
  status?: Status;
  tables: Record<TableName<K>, Item[]>;
  /** The tables themselves, where there are any. */
  grids: Record<TableName<K>, Table[]>;
  /** What stands at the head, by name in lower case. */
  fields: ReadonlyMap<string, Cell>;
  place: PlaceFinder;
  problems: Problem[];
}

/** Reads a document as far as it can be read. */
export function readSheet<K extends DocumentKind>(kind: K, path: RepoPath, text: string): Sheet<K> {
  const markdown = readMarkdown(text);
  const place = placesIn(showPath(path), text);
  const problems: Problem[] = [];
  const format: DocumentFormat = FORMATS[kind];
  const fields = new Map(markdown.fields.map(({ key, value }) => [key.text.toLowerCase(), value]));
  const grids = Object.entries(format.tables).map(([name, table]) => [name, tablesUnder(table, markdown)] as const);
  const tables = grids.map(([name, some]) => [name, readTables(format.tables[name]!, some, place, problems)] as const);
  const written = fields.get('status');
  if (written === undefined) problems.push(complain('spec-field-missing', { field: 'Status', path }, place(0, 1, 'no line "- Status: …" under the title')));
  const status = written && readStatus(written, place, problems);
  return { kind, path, text, title: titleOf(markdown), status, tables: Object.fromEntries(tables) as Sheet<K>['tables'], grids: Object.fromEntries(grids) as Sheet<K>['grids'], fields, place, problems };
}

/** `# Requirements: Greeting` is about the greeting. */
const titleOf = ({ title }: Markdown): string => wordsShown(title?.text ?? '').replace(/^(requirements|design|tasks|delta)\s*:\s*/i, '');

function tablesUnder({ section, also = [] }: TableFormat, { sections }: Markdown): Table[] {
  const meant = [section.toLowerCase(), ...also];
  return sections.filter(({ heading }) => meant.includes(heading.text.toLowerCase())).flatMap(({ tables }) => tables);
}

function readTables(format: TableFormat, tables: readonly Table[], place: PlaceFinder, problems: Problem[]): Item[] {
  if (tables.length === 0 && format.optional !== true) problems.push(complain('spec-table-missing', { section: format.section }, place(0, 1, `no table under "## ${format.section}"`)));
  return tables.flatMap((table) => readTable(format, table, place, problems));
}

/** The columns of a table by what the format calls them; nothing stands for a column of somebody's own. */
export const columnNames = ({ columns }: TableFormat, { header }: Table): (string | undefined)[] =>
  header.cells.map(({ text }) => columns.find((column) => isCalled(column, text.toLowerCase()))?.name);

function readTable(format: TableFormat, table: Table, place: PlaceFinder, problems: Problem[]): Item[] {
  const names = table.header.cells.map(({ text }) => text.toLowerCase());
  const columns = format.columns.map((column) => ({ column, at: names.findIndex((name) => isCalled(column, name)) }));
  const missing = columns.filter(({ column, at }) => at < 0 && column.optional !== true).map(({ column }) => column.name);
  if (missing.length > 0) {
    problems.push(complain('spec-column-missing', { section: format.section, missing, found: names }, place(table.header.from, table.header.to, `no ${missing.join(', no ')}`)));
    return [];
  }
  for (const row of [table.delimiter, ...table.rows]) {
    if (row.cells.length !== names.length) problems.push(unevenRow(format, row, names.length, place));
  }
  return table.rows.filter(({ cells }) => cells.some(({ text }) => text !== '')).map((row) => readRow(columns, row, table, place, problems));
}

const isCalled = ({ name, also = [] }: Column, called: string): boolean => name === called || also.includes(called);

const unevenRow = ({ section }: TableFormat, row: Row, columns: number, place: PlaceFinder): Problem =>
  complain('spec-row-uneven', { section, cells: row.cells.length, columns }, place(row.from, row.to, `${row.cells.length} of ${columns} cells`));

function readRow(columns: readonly { column: Column; at: number }[], row: Row, table: Table, place: PlaceFinder, problems: Problem[]): Item {
  const broken = row.cells.length !== table.header.cells.length;
  const cells = Object.fromEntries(columns.flatMap(({ column, at }) => (at < 0 ? [] : [[column.name, row.cells[at] ?? { text: '', from: row.to, to: row.to }] as const])));
  const status = broken || cells['status'] === undefined ? undefined : readStatus(cells['status'], place, problems);
  return { id: cells['id']?.text ?? '', status, cells, row, table, broken };
}

function readStatus(cell: Cell, place: PlaceFinder, problems: Problem[]): Status | undefined {
  const [written = '', by, replacement, ...more] = cell.text.split(/\s+/);
  const word = SPEC_STATUSES.find((known) => known === written.toLowerCase());
  const isWhole = by === undefined || (word === 'superseded' && by === 'by' && replacement !== undefined && more.length === 0);
  if (word !== undefined && isWhole) return { word, by: replacement };
  const near = nearest(written, SPEC_STATUSES);
  problems.push(complain('spec-status-unknown', { found: cell.text, allowed: [...SPEC_STATUSES], near }, place(cell.from, cell.to, near[0] === undefined ? 'not a status' : `perhaps ${near[0]}`)));
  return undefined;
}
