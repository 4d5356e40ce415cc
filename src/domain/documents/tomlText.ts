import { unfitCharacter } from './plainText.js';

/** Something that TOML does not allow, and where. */
export class TomlFault extends Error {
  readonly at: number;
  readonly fault: string;

  constructor(at: number, fault: string) {
    super(fault);
    this.at = at;
    this.fault = fault;
  }
}

/** Reads a text from its beginning, piece by piece. */
export interface Cursor {
  readonly at: number;
  /** What a sticky pattern finds here, which is then behind us. */
  take(pattern: RegExp): string | undefined;
  sees(words: string): boolean;
  isAtEnd(): boolean;
  fail(fault: string, at?: number): never;
}

export function cursorIn(text: string): Cursor {
  let at = 0;
  return {
    get at() { return at; },
    take: (pattern) => {
      pattern.lastIndex = at;
      const [found] = pattern.exec(text) ?? [];
      at += found?.length ?? 0;
      return found;
    },
    sees: (words) => text.startsWith(words, at),
    isAtEnd: () => at === text.length,
    fail: (fault, where = at) => { throw new TomlFault(where, fault); },
  };
}

const ESCAPES: Record<string, string> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', '"': '"', '\\': '\\' };

/** A string of any of the four kinds; nothing when none begins here. */
export function takeString(cursor: Cursor): string | undefined {
  const from = cursor.at;
  if (cursor.sees('"""')) return unescaped(cursor, cut(cursor, cursor.take(/"""(?:[^"\\]|\\[^]|"{1,2}(?!"))*"{3,5}/y), 3).replace(/\\[ \t]*\r?\n[ \t\r\n]*/g, ''), from);
  if (cursor.sees("'''")) return cut(cursor, cursor.take(/'''(?:[^']|'{1,2}(?!'))*'{3,5}/y), 3);
  if (cursor.sees('"')) return unescaped(cursor, cut(cursor, cursor.take(/"(?:[^"\\\r\n]|\\[^\r\n])*"/y), 1), from);
  if (cursor.sees("'")) return cut(cursor, cursor.take(/'[^'\r\n]*'/y), 1);
  return undefined;
}

/** A line end right after three quotes is not part of the text. */
const cut = (cursor: Cursor, found: string | undefined, quotes: 1 | 3): string =>
  (found === undefined ? cursor.fail('the quotes that open here are never closed') : found.slice(quotes, -quotes).replace(quotes === 3 ? /^\r?\n/ : /^(?!)/, ''));

function unescaped(cursor: Cursor, text: string, from: number): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g, (_, short?: string, long?: string, sign?: string) => {
    const character = sign === undefined ? codePoint(short ?? long!) : ESCAPES[sign];
    return character === undefined || (sign === undefined && unfitCharacter(character) !== undefined)
      ? cursor.fail('between double quotes there is no such escape; use single quotes, or write the backslash twice', from) : character;
  });
}

function codePoint(hexadecimal: string): string | undefined {
  const point = parseInt(hexadecimal, 16);
  return point > 0x10ffff ? undefined : String.fromCodePoint(point);
}
