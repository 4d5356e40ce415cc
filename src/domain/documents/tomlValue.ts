import { memberOf } from './schemaShape.js';
import { takeString, type Cursor } from './tomlText.js';

/** A table, in which no key inherits anything. */
export type Table = Record<string, unknown>;

export const newTable = (): Table => Object.create(null) as Table;
export const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null && !Array.isArray(value);

const DEPTH_MAX = 50;
const GAP = /(?:[ \t\r\n]|#[^\n]*)*/y;
const DATE = /(?:\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})?)?|\d{2}:\d{2}:\d{2}(?:\.\d+)?)(?![\w.+:-])/y;
const NUMBER = /(?:0x[0-9a-fA-F](?:_?[0-9a-fA-F])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*|[+-]?(?:inf|nan|(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?))(?![\w.+:-])/y;

/** `a."b c".d`: at least one name. */
export function takeKeys(cursor: Cursor): [string, ...string[]] {
  const keys: string[] = [];
  do {
    cursor.take(/[ \t]*/y);
    const key = cursor.sees('"""') || cursor.sees("'''") ? undefined : takeString(cursor) ?? cursor.take(/[A-Za-z0-9_-]+/y);
    keys.push(key ?? cursor.fail('a key is missing here: letters, digits, _ and -, or text in quotes'));
  } while (cursor.take(/[ \t]*\./y) !== undefined);
  return keys as [string, ...string[]];
}

/** Dates stay the words that they are written as. */
export function takeValue(cursor: Cursor, depth = 0): unknown {
  if (depth > DEPTH_MAX) cursor.fail(`here it is nested deeper than ${DEPTH_MAX} levels`);
  const text = takeString(cursor) ?? cursor.take(DATE);
  if (text !== undefined) return text;
  const truth = cursor.take(/(?:true|false)(?![\w-])/y);
  if (truth !== undefined) return truth === 'true';
  const number = cursor.take(NUMBER);
  if (number !== undefined) return Number(number.replaceAll('_', '').replace('inf', 'Infinity'));
  if (cursor.sees('[')) return takeList(cursor, depth);
  return cursor.sees('{') ? takeInlineTable(cursor, depth) : cursor.fail('a value is missing here; text stands in quotes');
}

function takeList(cursor: Cursor, depth: number): unknown[] {
  const from = cursor.at;
  const items: unknown[] = [];
  cursor.take(/\[/y);
  for (;;) {
    cursor.take(GAP);
    if (cursor.take(/\]/y) !== undefined) return items;
    if (cursor.isAtEnd()) cursor.fail('the [ that opens here is never closed', from);
    items.push(takeValue(cursor, depth + 1));
    cursor.take(GAP);
    if (cursor.take(/,/y) === undefined && !cursor.sees(']')) cursor.fail('a comma, or the ] that closes the list, is missing here');
  }
}

function takeInlineTable(cursor: Cursor, depth: number): Table {
  const table = newTable();
  cursor.take(/\{[ \t]*/y);
  if (cursor.take(/\}/y) !== undefined) return table;
  do {
    const from = cursor.at;
    const keys = takeKeys(cursor);
    if (cursor.take(/[ \t]*=[ \t]*/y) === undefined) cursor.fail('the = after the key is missing');
    put(cursor, table, { keys, value: takeValue(cursor, depth + 1), from });
  } while (cursor.take(/[ \t]*,/y) !== undefined);
  if (cursor.take(/[ \t]*\}/y) === undefined) cursor.fail('a comma, or the } that closes the table, is missing here');
  return table;
}

function put(cursor: Cursor, table: Table, { keys, value, from }: { keys: readonly string[]; value: unknown; from: number }): void {
  let around = table;
  for (const name of keys.slice(0, -1)) {
    const next = memberOf(around, name) ?? (around[name] = newTable());
    if (!isTable(next)) cursor.fail(`${name} stands in this table already`, from);
    around = next as Table;
  }
  const name = keys.at(-1)!;
  if (memberOf(around, name) !== undefined) cursor.fail(`${name} stands in this table already`, from);
  around[name] = value;
}
