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

/** What knows colours opens Node's streams as it is loaded, so it is loaded for colours alone. */
export async function openPaint(look: { colour: boolean; unicode: boolean }): Promise<Paint> {
  return { ...look.colour ? await coloured() : UNCOLOURED, marks: look.unicode ? SYMBOLS : PLAIN };
}

type Colours = Omit<Paint, 'marks'>;

const asItIs = (text: string): string => text;
const UNCOLOURED: Colours = { good: asItIs, bad: asItIs, warn: asItIs, strong: asItIs, faint: asItIs };

async function coloured(): Promise<Colours> {
  const { green, red, yellow, bold, dim } = (await import('picocolors')).default.createColors(true);
  return { good: green, bad: red, warn: yellow, strong: bold, faint: dim };
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
