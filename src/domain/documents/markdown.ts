/** What of Markdown our documents stand on, each with its offsets in the text. Code and comments say nothing here. */

export interface Span {
  from: number;
  to: number;
}

export interface Cell extends Span {
  /** Without blanks around it; an escaped bar is a bar. */
  text: string;
}

export interface Row extends Span {
  cells: Cell[];
}

export interface Table {
  head: Row;
  rows: Row[];
}

export interface Link extends Span {
  target: string;
}

export interface Section extends Span {
  title: string;
  /** Number of hashes. */
  level: number;
  /** Where its own words begin; they go on until the next heading of any level. */
  body: number;
}

const blank = (found: string): string => found.replace(/[^\r\n]/g, ' ');

/** The text with code and comments blanked out, every other character where it was. */
export function prose(text: string): string {
  let fence: string | undefined;
  const lines = text.split('\n').map((line) => {
    const [, mark, info] = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})([^\n]*)$/.exec(line) ?? [];
    const opened = fence;
    if (opened === undefined && mark !== undefined) fence = mark;
    if (opened !== undefined && mark?.startsWith(opened) === true && info!.trim() === '') fence = undefined;
    return opened !== undefined || mark !== undefined ? blank(line) : withoutCode(line);
  });
  return withoutComments(lines.join('\n'));
}

/** A run of ticks is closed by the next one of its length. */
function withoutCode(line: string): string {
  const runs = [...line.matchAll(/`+/g)].map(({ 0: ticks, index }) => ({ from: index, to: index + ticks.length }));
  const closing = runs.map((): (typeof runs)[number] | undefined => undefined);
  const later = new Map<number, (typeof runs)[number]>();
  for (let index = runs.length - 1; index >= 0; index--) {
    const run = runs[index]!;
    closing[index] = later.get(run.to - run.from);
    later.set(run.to - run.from, run);
  }
  const shown: string[] = [];
  let at = 0;
  for (const [index, run] of runs.entries()) {
    const end = run.from < at ? undefined : closing[index];
    if (end === undefined) continue;
    shown.push(line.slice(at, run.from), blank(line.slice(run.from, end.to)));
    at = end.to;
  }
  return shown.join('') + line.slice(at);
}

/** Where a comment begins: what is escaped begins none. */
const COMMENT = /(?<=(?<!\\)(?:\\\\)*)<!--/g;

function withoutComments(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { index: from } of text.matchAll(COMMENT)) {
    if (from < at) continue;
    const end = text.indexOf('-->', from + 4);
    const to = end < 0 ? text.length : end + 3;
    parts.push(text.slice(at, from), blank(text.slice(from, to)));
    at = to;
  }
  return parts.join('') + text.slice(at);
}

interface Line extends Span {
  text: string;
}

/** Lines without their ends. */
function linesOf(text: string): Line[] {
  let from = 0;
  return text.split('\n').map((line) => {
    const bare = line.endsWith('\r') ? line.slice(0, -1) : line;
    const found = { text: bare, from, to: from + bare.length };
    from += line.length + 1;
    return found;
  });
}

const DELIMITER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** Every table: a line with bars, a line of dashes with bars, and the lines with bars that follow. */
export function tablesIn(text: string): Table[] {
  const shown = linesOf(prose(text));
  const lines = linesOf(text);
  const tables: Table[] = [];
  for (let at = 0; at + 1 < lines.length; at++) {
    if (!hasBar(shown[at]!) || !hasBar(shown[at + 1]!) || !DELIMITER.test(shown[at + 1]!.text)) continue;
    const end = shown.findIndex((line, index) => index > at + 1 && !hasBar(line));
    const last = end < 0 ? lines.length : end;
    tables.push({ head: rowOf(lines[at]!), rows: lines.slice(at + 2, last).map(rowOf) });
    at = last - 1;
  }
  return tables;
}

const hasBar = ({ text }: Line): boolean => /(?<!\\)\|/.test(text);

function rowOf({ text, from, to }: Line): Row {
  const bars = [...text.matchAll(/(?<!\\)\|/g)].map(({ index }) => index);
  const sides = [-1, ...bars, text.length];
  const cells = sides.slice(1).map((end, at) => cellOf(text, from, sides[at]! + 1, end));
  // What is outside the outer bars is no cell where nothing stands there.
  const first = cells[0]!.text === '' ? 1 : 0;
  return { from, to, cells: cells.slice(first, cells.at(-1)!.text === '' ? -1 : undefined) };
}

function cellOf(line: string, offset: number, start: number, end: number): Cell {
  const raw = line.slice(start, end);
  const from = offset + start + (raw.length - raw.trimStart().length);
  return { text: raw.trim().replaceAll('\\|', '|'), from, to: Math.max(from, offset + start + raw.trimEnd().length) };
}

/** The text with other lines in a table of it. */
export function withRows(text: string, { head, rows }: Table, lines: readonly string[]): string {
  const eol = lineEndOf(text);
  const [first, last] = [rows[0], rows.at(-1)];
  if (first !== undefined && last !== undefined) {
    const end = lines.length > 0 ? last.to : Math.min(text.length, text.indexOf('\n', last.to) + 1 || text.length);
    return text.slice(0, first.from) + lines.join(eol) + text.slice(end);
  }
  if (lines.length === 0) return text;
  const end = text.indexOf('\n', text.indexOf('\n', head.to) + 1);
  return end < 0 ? `${text}${eol}${lines.join(eol)}${eol}` : `${text.slice(0, end + 1)}${lines.join(eol)}${eol}${text.slice(end + 1)}`;
}

/** How the lines of a text end. */
export const lineEndOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

/** Words of somebody else's on one line, as Markdown that shows just them: no link, no HTML, no end of a cell. */
export const asText = (words: string): string => words.replace(/[\\`*_[\]<>|~&$]/g, '\\$&');

/** Words of somebody who may write code in ticks, and no link or HTML. */
export function asProse(words: string): string {
  const shown = withoutCode(words);
  return words.replace(/[[\]<]/g, (mark, at: number) => (shown[at] === mark ? `\\${mark}` : mark));
}

/** The words that Markdown shows: what was escaped, as it was. */
export const wordsShown = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');

/** Where links and images lead, `[x]: target` too. */
export function linksIn(text: string): Link[] {
  const shown = prose(text);
  const inline = shown.matchAll(/(?<=(?<!\\)(?:\\\\)*)\]\(\s*(<[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))+)(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)/g);
  const defined = shown.matchAll(/^ {0,3}\[[^\]\n]+\]:[ \t]*(<[^<>\n]*>|\S+)/gm);
  return [...inline, ...defined].map((found) => {
    const from = found.index + found[0].indexOf(found[1]!, 1);
    return { target: found[1]!.replace(/^<|>$/g, ''), from, to: from + found[1]!.length };
  }).sort((a, b) => a.from - b.from);
}

/** Headings with hashes, and where the words below each end. */
export function sectionsIn(text: string): Section[] {
  const found = [...prose(text).matchAll(/^ {0,3}(#{1,6})[ \t]+[^\n]*/gm)];
  return found.map(({ 0: line, 1: hashes, index }, at) => ({
    title: text.slice(index, index + line.length).replace(/^ *#+[ \t]+/, '').replace(/[ \t]+#+[ \t]*\r?$/, '').trim(),
    level: hashes!.length,
    from: index,
    body: index + line.length,
    to: found[at + 1]?.index ?? text.length,
  }));
}

export interface Field extends Cell {
  name: string;
  /** The whole line. */
  line: Span;
}

/** Lines like `- Name: value` before the first heading of the second level; comments in them say nothing. */
export function fieldsIn(text: string): Field[] {
  const shown = prose(text);
  const end = /^ {0,3}#{2,6}[ \t]/m.exec(shown)?.index ?? text.length;
  return [...shown.slice(0, end).matchAll(/^[ \t]*[-*][ \t]+([A-Z][A-Za-z ]*):[ \t]*([^\n]*)/gm)].map(({ 0: line, 1: name, 2: value, index }) => {
    const from = index + line.length - value!.length;
    const said = text.slice(from, from + value!.trimEnd().length);
    return { name: name!, text: said.replace(/<!--[\s\S]*?-->/g, '').trim(), from, to: from + said.length, line: { from: index, to: index + line.trimEnd().length } };
  });
}
