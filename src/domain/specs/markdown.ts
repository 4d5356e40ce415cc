import { cellsOf, isDelimiter, type Cell } from './cells.js';

/** What a program reads of a Markdown document: the head of it, and its tables by the section that they stand in. */
export interface Markdown {
  text: string;
  title?: Cell;
  /** List items `- Key: value` before the first section. */
  fields: Field[];
  /** By headings of the second level; deeper ones open none of their own. */
  sections: Section[];
}

export interface Field {
  key: Cell;
  value: Cell;
}

export interface Section {
  heading: Cell;
  tables: Table[];
}

export interface Table {
  header: Row;
  delimiter: Row;
  rows: Row[];
}

/** One line of a table. */
export interface Row {
  cells: Cell[];
  from: number;
  /** Where the line ends, its line end not included. */
  to: number;
}

interface Line {
  text: string;
  from: number;
}

const KEY_LENGTH_MAX = 60;

/** Reads a text line by line. Nothing in it is refused here; code blocks and comments say nothing. */
export function readMarkdown(text: string): Markdown {
  const lines = linesOf(spoken(text));
  const document: Markdown = { text, fields: [], sections: [] };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const heading = headingOf(line);
    const section = document.sections.at(-1);
    if (heading?.level === 1) document.title ??= heading.words;
    if (heading?.level === 2) document.sections.push({ heading: heading.words, tables: [] });
    if (heading !== undefined) continue;
    const table = tableAt(lines, at);
    if (table !== undefined) {
      section?.tables.push(table);
      at += 1 + table.rows.length;
    } else if (section === undefined) {
      document.fields.push(...fieldOf(line));
    }
  }
  return document;
}

/** The same text with blanks where code blocks and comments stand, so that every offset stays what it is. */
function spoken(text: string): string {
  let fence: string | undefined;
  const outside = text.split('\n').map((line) => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined && mark === undefined) return line;
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence) === true) fence = undefined;
    return blank(line);
  }).join('\n');
  return withoutComments(outside);
}

/** One that does not end is text, as everything after it would else say nothing. */
function withoutComments(text: string): string {
  let [told, at] = ['', 0];
  for (;;) {
    const open = text.indexOf('<!--', at);
    const close = open < 0 ? -1 : text.indexOf('-->', open + '<!--'.length);
    if (close < 0) return told + text.slice(at);
    const end = close + '-->'.length;
    told += text.slice(at, open) + blank(text.slice(open, end));
    at = end;
  }
}

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ');

function linesOf(text: string): Line[] {
  let from = 0;
  return text.split('\n').map((line) => {
    const found = { text: line.replace(/\r$/, ''), from };
    from += line.length + 1;
    return found;
  });
}

function headingOf({ text, from }: Line): { level: number; words: Cell } | undefined {
  const marks = /^ {0,3}(#{1,6})(?=[ \t]|$)/.exec(text);
  if (marks === null) return undefined;
  const words = text.slice(marks[0].length).trim().replace(/(^|[ \t])#+$/, '').trim();
  const start = from + Math.max(marks[0].length, text.indexOf(words, marks[0].length));
  return { level: marks[1]!.length, words: { text: words, from: start, to: start + words.length } };
}

function fieldOf({ text, from }: Line): Field[] {
  const bullet = /^ {0,3}[-*+][ \t]+/.exec(text)?.[0];
  const colon = bullet === undefined ? -1 : text.indexOf(':', bullet.length);
  if (bullet === undefined || colon < 0 || colon - bullet.length > KEY_LENGTH_MAX) return [];
  const part = (start: number, end: number): Cell => {
    const words = text.slice(start, end).replaceAll('**', '').trim();
    const first = words === '' ? start : text.indexOf(words, start);
    return { text: words, from: from + first, to: from + first + words.length };
  };
  return [{ key: part(bullet.length, colon), value: part(colon + 1, text.length) }];
}

/** A table begins with its header, under which a line of dashes stands; it goes on until a blank line or a heading. */
function tableAt(lines: readonly Line[], at: number): Table | undefined {
  const [header, delimiter] = [lines[at], lines[at + 1]];
  if (header === undefined || delimiter === undefined || !header.text.includes('|') || !isDelimiter(delimiter.text)) return undefined;
  const rows: Row[] = [];
  for (let below = at + 2; below < lines.length; below++) {
    const line = lines[below]!;
    if (line.text.trim() === '' || headingOf(line) !== undefined) break;
    rows.push(rowOf(line));
  }
  return { header: rowOf(header), delimiter: rowOf(delimiter), rows };
}

const rowOf = (line: Line): Row => ({ cells: cellsOf(line.text, line.from), from: line.from, to: line.from + line.text.length });
