import { asText } from '../documents/markdown.js';
import { showPath, type RepoPath } from '../paths.js';
import { unseenShown } from '../unseen.js';

/**
 * Markdown for closing records. Foreign text in it stays text: it can forge no heading, table, link or HTML, and every
 * character that cannot be seen or that turns the reading direction is spelled out.
 */

/** Lines as they were meant, with everything unseen spelled out as `⟨U+202E⟩`. */
const seenLines = (text: string): string[] => unseenShown(text.replace(/\r\n?/g, '\n').replaceAll('\t', ' '), spelled).split('\n');

const spelled = (character: string): string => `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** Escapes what means something anywhere, and what could begin a list, a heading, a rule or a table. */
const escapeLine = (line: string): string =>
  asText(line.trim()).replace(/^(\d{1,9})([.)])/, '$1\\$2').replace(/^[-+=#:]/, '\\$&');

/** Foreign text within a line or a table cell; its line breaks are shown as ↵. */
export const inline = (text: string): string => seenLines(text.trim()).map(escapeLine).filter((line) => line !== '').join(' ↵ ');

/** Foreign text as a block of its own. */
export function quoted(text: string): string {
  return seenLines(text.trim()).map((line) => `> ${escapeLine(line)}`.trimEnd()).join('\n');
}

/** Foreign text as code within a line. */
export const code = (text: string): string => fenced(seenLines(text).join(' ↵ '));

/** Foreign text as code within a table cell, where a bar would end the cell. */
export const codeCell = (text: string): string =>
  fenced(seenLines(text).join(' ↵ ').replaceAll('\\|', '\\⟨U+007C⟩').replaceAll('|', '\\|'));

function fenced(shown: string): string {
  const fence = '`'.repeat(Math.max(0, ...[...shown.matchAll(/`+/g)].map((ticks) => ticks[0].length)) + 1);
  const space = /^[ `]|[ `]$/.test(shown) || shown === '' ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

export const pathCell = (path: RepoPath): string => codeCell(showPath(path));

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A list; items are Markdown already. Says so when there is nothing. */
export const list = (items: readonly string[], nothing = 'None.'): string =>
  (items.length === 0 ? nothing : items.map((item) => `- ${item}`).join('\n'));

export const section = (title: string, ...blocks: string[]): string => [`## ${title}`, ...blocks].join('\n\n');

/** Bytes that one record may have: a reader and a reviewer must be able to bear it. */
const RECORD_LIMIT = 262_144;
const CUT = '\n\n(Cut here: the rest is in ledger.jsonl.)\n';

/** A whole record: blocks with an empty line between them, cut at a line's end where it would be too long. */
export function record(...blocks: readonly string[]): Uint8Array {
  const bytes = new TextEncoder().encode(`${blocks.filter((block) => block !== '').join('\n\n')}\n`);
  if (bytes.length <= RECORD_LIMIT) return bytes;
  const end = bytes.lastIndexOf(0x0a, RECORD_LIMIT - CUT.length);
  const kept = new TextDecoder().decode(bytes.subarray(0, Math.max(0, end)));
  return new TextEncoder().encode(kept + CUT);
}
