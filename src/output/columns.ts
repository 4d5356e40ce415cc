import { isPlainLine } from '../domain/unseen.js';
import { visible } from './escape.js';

/** One character as it is shown: what is printed, and how many columns of a terminal that takes. */
export interface Cell {
  text: string;
  width: number;
}

/** Tabs end at columns that are multiples of this. */
const TAB = 4;

/** Before this there are neither wide characters nor marks, and Unicode's classes take longer to build than a short command. */
const FIRST_MARK = '\u0300';
/** Characters that take two columns: East Asian wide and fullwidth forms, and pictures. */
const isWide = (character: string): boolean => /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u.test(character);
/** Marks that stand on the character before. */
const isCombining = (character: string): boolean => /^[\p{Mn}\p{Me}]$/u.test(character);

/** One line of foreign text, character by character, with nothing in it that a terminal obeys. */
export function cellsOf(line: string): Cell[] {
  let column = 0;
  return [...line].map((character) => {
    const cell = cellOf(character, column);
    column += cell.width;
    return cell;
  });
}

function cellOf(character: string, column: number): Cell {
  if (character === '\t') {
    const width = TAB - (column % TAB);
    return { text: ' '.repeat(width), width };
  }
  const text = visible(character);
  if (text !== character) return { text, width: text.length };
  if (character < FIRST_MARK) return { text, width: 1 };
  return { text, width: isCombining(character) ? 0 : isWide(character) ? 2 : 1 };
}

export const widthOf = (cells: readonly Cell[]): number => cells.reduce((sum, { width }) => sum + width, 0);

/** Columns that one line of text takes. Of most, that is one a character. */
export const widthOfLine = (line: string): number => (isPlainLine(line) ? line.length : widthOf(cellsOf(line)));
