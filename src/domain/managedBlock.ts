import { bytesOf, charactersOf, encoded } from './fileText.js';

/**
 * The one part of somebody else's file that is ours: the lines between two markers. Files are taken and given back
 * as bytes, one character per byte, so that every other byte stays, whatever its encoding and line endings.
 */
export const BLOCK_BEGIN = '<!-- cxw:begin -->';
export const BLOCK_END = '<!-- cxw:end -->';

export type BlockFault = 'begin-without-end' | 'end-without-begin' | 'doubled' | 'nested';

/** What a file holds of us. `text` is the block with its markers and LF line endings; `line` counts from 1. */
export type BlockReading =
  | { found: 'none' }
  | { found: 'one'; text: string; from: number; to: number }
  | { found: 'broken'; fault: BlockFault; line: number };

/** Finds the block. Only a line that is nothing but a marker counts as one. */
export function readBlock(file: Uint8Array): BlockReading {
  const content = charactersOf(file);
  const markers = [...content.matchAll(/^[ \t]*<!-- cxw:(begin|end) -->[ \t]*(?=\r?$)/gm)];
  const broken = faultOf(markers.map((marker) => marker[1]!));
  if (broken !== undefined) return { found: 'broken', fault: broken.fault, line: lineOf(content, markers[broken.at]!.index) };
  const [begin, end] = markers;
  if (begin === undefined || end === undefined) return { found: 'none' };
  const to = end.index + end[0].length;
  return { found: 'one', text: asText(content.slice(begin.index, to)).replaceAll('\r\n', '\n'), from: begin.index, to };
}

function faultOf(kinds: string[]): { fault: BlockFault; at: number } | undefined {
  if (kinds[0] === 'end') return { fault: 'end-without-begin', at: 0 };
  if (kinds.length === 1) return { fault: 'begin-without-end', at: 0 };
  if (kinds[1] === 'begin') return { fault: 'nested', at: 1 };
  if (kinds[2] === 'begin') return { fault: 'doubled', at: 2 };
  return kinds.length > 2 ? { fault: 'end-without-begin', at: 2 } : undefined;
}

/**
 * The file with the block at its end, in the file's own line endings. A file without a final newline has none
 * afterwards either, so that `removeBlock` can tell what stood there.
 */
export function insertBlock(file: Uint8Array, block: string): Uint8Array {
  const content = charactersOf(file);
  const eol = lineEndOf(content);
  const ours = blockIn(eol, block);
  if (content === '') return bytesOf(ours + eol);
  return bytesOf(content.endsWith('\n') ? content + eol + ours + eol : content + eol + eol + ours);
}

/** The file with another block where its own stands, in that one's line endings. A file without a block comes back as it is. */
export function replaceBlock(file: Uint8Array, block: string): Uint8Array {
  const reading = readBlock(file);
  if (reading.found !== 'one') return file;
  const content = charactersOf(file);
  const eol = lineEndOf(content.slice(reading.from, reading.to));
  return bytesOf(content.slice(0, reading.from) + blockIn(eol, block) + content.slice(reading.to));
}

/** The file without the block and without the blank line that came with it. A file without a block comes back as it is. */
export function removeBlock(file: Uint8Array): Uint8Array {
  const reading = readBlock(file);
  if (reading.found !== 'one') return file;
  const content = charactersOf(file);
  const eol = lineEndOf(content.slice(reading.from, reading.to));
  const after = withoutFirst(content.slice(reading.to), eol);
  const before = withoutLast(content.slice(0, reading.from), eol);
  // Without a newline after the block there was none at the end of the file before it came.
  return bytesOf((after.cut ? before.text : withoutLast(before.text, eol).text) + after.text);
}

const lineEndOf = (content: string): string => /\r?\n/.exec(content)?.[0] ?? '\n';

const blockIn = (eol: string, block: string): string => charactersOf(encoded(block.trimEnd().replaceAll('\n', eol)));

const withoutFirst = (text: string, eol: string): { text: string; cut: boolean } =>
  text.startsWith(eol) ? { text: text.slice(eol.length), cut: true } : { text, cut: false };

const withoutLast = (text: string, eol: string): { text: string; cut: boolean } =>
  text.endsWith(eol) ? { text: text.slice(0, -eol.length), cut: true } : { text, cut: false };

const lineOf = (content: string, at: number): number => content.slice(0, at).split('\n').length;

const asText = (characters: string): string => new TextDecoder().decode(bytesOf(characters));

/** The managed block in a text of ours, if it has one. */
export function blockOf(text: string): string | undefined {
  const reading = readBlock(encoded(text));
  return reading.found === 'one' ? reading.text : undefined;
}
