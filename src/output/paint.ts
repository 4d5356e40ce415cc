import picocolors from 'picocolors';

type Environment = Record<string, string | undefined>;

/** How text looks on one stream: its colours, its marks and its words' surroundings. */
export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
  marks: Marks;
}

/** Meaning is never colour alone: each mark stands beside a word. */
export interface Marks {
  good: string;
  bad: string;
  open: string;
  held: string;
  note: string;
  arrow: string;
}

const SYMBOLS: Marks = { good: '✓', bad: '✗', open: '○', held: '⊘', note: '·', arrow: '→' };
const PLAIN: Marks = { good: 'ok', bad: 'x', open: 'o', held: '!', note: '-', arrow: '->' };

export function openPaint(look: { colour: boolean; unicode: boolean }): Paint {
  const colours = picocolors.createColors(look.colour);
  return {
    good: colours.green,
    bad: colours.red,
    warn: colours.yellow,
    strong: colours.bold,
    faint: colours.dim,
    marks: look.unicode ? SYMBOLS : PLAIN,
  };
}

/**
 * Whether one stream gets colour: the flag, then NO_COLOR, then FORCE_COLOR, then a dumb terminal, then whether it is a
 * terminal at all. An agent as reader gets none.
 */
export function wantsColour(asked: { flag?: boolean; env: Environment; terminal: boolean; agent?: string }): boolean {
  const { env } = asked;
  if (asked.flag !== undefined) return asked.flag;
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return !['0', 'false'].includes(force);
  return env['TERM'] !== 'dumb' && asked.terminal && asked.agent === undefined;
}

/** Whether the reader's locale and terminal can show more than ASCII. */
export function showsUnicode(env: Environment): boolean {
  if (env['TERM'] === 'dumb' || env['TERM'] === 'linux') return false;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return /utf-?8/i.test(locale ?? '');
}
