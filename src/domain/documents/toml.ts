import { complain, type Problem } from '../problem.js';
import type { PlaceFinder } from './places.js';
import { memberOf } from './schemaShape.js';
import { cursorIn, TomlFault, type Cursor } from './tomlText.js';
import { isTable, newTable, takeKeys, takeValue, type Table } from './tomlValue.js';
import type { FieldPath, Whereabouts } from './whereabouts.js';

interface Span {
  from: number;
  to: number;
}

interface Spot {
  key: Span;
  value: Span;
  /** `implied`: a longer name made it, and it may still have a heading. `headed`: it had that. `written`: nothing may be added to it. */
  by: 'implied' | 'headed' | 'written';
}

/** By the path as JSON. */
type Spots = Map<string, Spot>;

export type TomlReading = { ok: true; value: Table; where: Whereabouts } | { ok: false; problems: Problem[] };

const nameOf = (path: FieldPath): string => JSON.stringify(path);

/** Reads a text of TOML 1.0, up to its first fault. */
export function readToml(text: string, place: PlaceFinder): TomlReading {
  const spots: Spots = new Map();
  const value = newTable();
  try {
    readLines(cursorIn(text), value, spots);
    return { ok: true, value, where: whereaboutsOf(text, spots, place) };
  } catch (error) {
    if (!(error instanceof TomlFault)) throw error;
    return { ok: false, problems: [complain('toml-syntax', { fault: error.fault }, place(error.at))] };
  }
}

function readLines(cursor: Cursor, top: Table, spots: Spots): void {
  let around: FieldPath = [];
  for (;;) {
    cursor.take(/(?:[ \t\r\n]|#[^\n]*)*/y);
    if (cursor.isAtEnd()) return;
    if (cursor.sees('[')) around = takeHeading(cursor, top, spots);
    else takePair(cursor, top, around, spots);
    cursor.take(/[ \t]*(?:#[^\r\n]*)?/y);
    if (cursor.take(/\r?\n/y) === undefined && !cursor.isAtEnd()) cursor.fail('nothing may follow here on this line');
  }
}

/** `[a.b]` begins a table, `[[a.b]]` one more in a list of tables. Answers its path. */
function takeHeading(cursor: Cursor, top: Table, spots: Spots): FieldPath {
  const from = cursor.at;
  const [opening, closing] = cursor.sees('[[') ? [/\[\[/y, ']]'] as const : [/\[/y, ']'] as const;
  cursor.take(opening);
  const keys = takeKeys(cursor);
  if (cursor.take(closing === ']]' ? /[ \t]*\]\]/y : /[ \t]*\]/y) === undefined) cursor.fail(`the ${closing} that closes the name of the table is missing`);
  const span = { from, to: cursor.at };
  const { table, path } = stepInto(cursor, { table: top, path: [] }, keys.slice(0, -1), { spots, span });
  const own = [...path, keys.at(-1)!];
  const found = memberOf(table, keys.at(-1)!);
  const isClosed = (spots.get(nameOf(own))?.by ?? 'implied') !== 'implied';
  const isOfItsKind = found === undefined || (closing === ']]' ? Array.isArray(found) : isTable(found));
  if (isClosed || !isOfItsKind) cursor.fail(`${keys.at(-1)} stands there already`, from);
  if (closing === ']') {
    table[keys.at(-1)!] = found ?? newTable();
    spots.set(nameOf(own), { key: span, value: span, by: 'headed' });
    return own;
  }
  const list = (found ?? []) as Table[];
  table[keys.at(-1)!] = list;
  const item = [...own, list.push(newTable()) - 1];
  spots.set(nameOf(own), { key: span, value: span, by: 'implied' });
  spots.set(nameOf(item), { key: span, value: span, by: 'headed' });
  return item;
}

function takePair(cursor: Cursor, top: Table, around: FieldPath, spots: Spots): void {
  const from = cursor.at;
  const keys = takeKeys(cursor);
  const key = { from, to: cursor.at };
  if (cursor.take(/[ \t]*=[ \t]*/y) === undefined) cursor.fail('the = after the key is missing');
  const here = around.reduce<unknown>((value, part) => memberOf(value, part), top) as Table;
  const { table, path } = stepInto(cursor, { table: here, path: around }, keys.slice(0, -1), { spots, span: key });
  const name = keys.at(-1)!;
  if (memberOf(table, name) !== undefined) cursor.fail(`${name} stands in this table already`, from);
  const begins = cursor.at;
  table[name] = takeValue(cursor);
  spots.set(nameOf([...path, name]), { key, value: { from: begins, to: cursor.at }, by: 'written' });
}

/** Down these names, making the tables that are not there; of a list of tables, into its last one. */
function stepInto(cursor: Cursor, from: { table: Table; path: FieldPath }, keys: readonly string[], { spots, span }: { spots: Spots; span: Span }): { table: Table; path: FieldPath } {
  let { table } = from;
  const path = [...from.path];
  for (const name of keys) {
    path.push(name);
    const found = memberOf(table, name) ?? (table[name] = newTable());
    if (!spots.has(nameOf(path))) spots.set(nameOf(path), { key: span, value: span, by: 'implied' });
    const isWritten = spots.get(nameOf(path))!.by === 'written';
    const next: unknown = Array.isArray(found) ? found.at(-1) : found;
    if (isWritten || !isTable(next)) return cursor.fail(`${name} stands there already, and nothing can be added to it`, span.from);
    if (Array.isArray(found)) path.push(found.length - 1);
    table = next;
  }
  return { table, path };
}

function whereaboutsOf(text: string, spots: Spots, place: PlaceFinder): Whereabouts {
  const spotOf = (path: FieldPath): Spot | undefined => spots.get(nameOf(path));
  const around = (path: FieldPath): Spot | undefined => (path.length === 0 ? undefined : spotOf(path) ?? around(path.slice(0, -1)));
  const mark = (span: Span | undefined, label?: string): ReturnType<PlaceFinder> => place(span?.from ?? 0, span?.to, label);
  return {
    key: (path, label) => mark(around(path)?.key, label),
    value: (path, label) => mark(spotOf(path)?.value ?? around(path)?.key, label),
    written: (path) => {
      const span = spotOf(path)?.value;
      return span && text.slice(span.from, span.to).replace(/^(["'])(.*)\1$/, '$2');
    },
  };
}
