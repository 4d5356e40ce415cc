import { isPlainLine, unseenShown } from '../domain/unseen.js';

/**
 * Foreign text made safe to show. Names, messages, logs and remote answers may hold anything: here every character
 * that moves the cursor, turns the reading direction or cannot be seen becomes visible, and nothing is longer than a
 * reader can bear.
 */

const LINE_LIMIT = 4_000;
const BLOCK_LIMIT = 64_000;

/** Text on one line: newlines and tabs are shown as escapes too. */
export function visible(text: string, most = LINE_LIMIT): string {
  if (text.length <= most && isPlainLine(text)) return text;
  return unseenShown(cut(text, most), escape).replace(/[\t\n]/g, escape);
}

/** A command that is cut short would not work. */
export const visibleCommand = (command: string): string => visible(command, BLOCK_LIMIT);

/** Text of several lines: newlines and tabs stay. */
export function visibleBlock(text: string, most = BLOCK_LIMIT): string {
  return unseenShown(cut(text, most).replaceAll('\r\n', '\n'), escape);
}

/** JSON text whose strings hold no character that a terminal obeys or a reader cannot see. */
export function visibleJson(value: unknown): string {
  return unseenShown(JSON.stringify(value), (character) => [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''));
}

const escape = (character: string): string => `\\u{${character.codePointAt(0)!.toString(16)}}`;

/** At most so many UTF-16 units, never half a character, and how many were left out. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\ud800-\udbff]/.test(text[most - 1]!) ? most - 1 : most;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}
