import { visible } from './escape.js';

/** One character as it is shown: what is printed, and how many columns of a terminal that takes. */
export interface Cell {
  text: string;
  width: number;
}

/** Tabs end at columns that are multiples of this. */
const TAB = 4;

/** Characters that take two columns: East Asian wide and fullwidth forms, and pictures. */
const WIDE = /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u;
/** Marks that stand on the character before. */
const COMBINING = /^[\p{Mn}\p{Me}]$/u;

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
  return { text, width: COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1 };
}

export const widthOf = (cells: readonly Cell[]): number => cells.reduce((sum, { width }) => sum + width, 0);
