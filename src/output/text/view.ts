import { widthOfLine } from '../columns.js';
import type { Paint } from '../paint.js';

/** How text is to look, and for whom. */
export interface View {
  paint: Paint;
  unicode: boolean;
  /** Columns that a line may take. */
  width: number;
  /** An agent reads: only what changed and what comes next. */
  agent: boolean;
}

/** The same for one answer. */
export interface AnswerView extends View {
  /** The command did what it was asked to. Of one that did not, no line may say so. */
  done: boolean;
}

/** Makes the lines that say what a command's data says. Foreign text is escaped here. */
export type TextMaker<D extends object> = (data: D, view: AnswerView) => string[];

/** `key   value`, the keys in one column. */
export function columns(rows: readonly (readonly [string, string])[], indent = ''): string[] {
  const widths = rows.map(([key]) => widthOfLine(key));
  const width = widths.reduce((widest, one) => Math.max(widest, one), 0);
  return rows.map(([key, value], at) => `${indent}${key}${' '.repeat(width - widths[at]!)}  ${value}`.trimEnd());
}
