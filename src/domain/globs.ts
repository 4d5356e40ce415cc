/**
 * The one glob dialect of tickets and policy. It only ever matches paths that changed; git never sees it.
 *
 * - `*` matches within one path part, `?` one character, `[a-z]` and `[!a-z]` a class, `{a,b}` alternatives;
 * - `**` as a whole part matches any number of parts, none included;
 * - a trailing slash stands for everything below; a backslash takes the next character literally;
 * - matching is by whole path, case matters, and a leading dot is nothing special.
 */
export type Glob = (path: string) => boolean;

/** Bounds what a hostile pattern can cost. */
export const GLOB_LENGTH_MAX = 512;
const ALTERNATIVES_MAX = 64;

/** Whether the text has any glob magic at all. */
export function isGlob(text: string): boolean {
  return /[*?[\]{}\\]/.test(text) || text.endsWith('/');
}

/** Why a pattern cannot be used, or nothing. */
export function globFault(pattern: string): string | undefined {
  if (pattern === '') return 'it is empty';
  if (pattern.length > GLOB_LENGTH_MAX) return `it is longer than ${GLOB_LENGTH_MAX} characters`;
  if (pattern.startsWith('/')) return 'it begins with a slash; patterns are relative to the repository';
  if (pattern.split('/').includes('..')) return 'it leaves the repository';
  const variants = expandBraces(pattern);
  if (variants === undefined) return `its braces do not close, or make more than ${ALTERNATIVES_MAX} alternatives`;
  return variants.some((variant) => parts(variant).some((part) => part !== '**' && tokens(part) === undefined))
    ? 'a [class] in it does not close'
    : undefined;
}

/** Compiles a pattern. A faulty one matches nothing; `globFault` says why. */
export function compileGlob(pattern: string): Glob {
  if (globFault(pattern) !== undefined) return () => false;
  const variants = expandBraces(pattern)!.map((variant) =>
    parts(variant).map((part) => (part === '**' ? '**' : tokens(part)!)));
  return (path) => {
    const names = path.split('/').map((name) => [...name]);
    return variants.some((variant) => matchParts(variant, names));
  };
}

/** Compiles several patterns into one question. */
export function compileGlobs(patterns: readonly string[]): Glob {
  const globs = patterns.map(compileGlob);
  return (path) => globs.some((glob) => glob(path));
}

type Token = { any: true } | { one: (character: string) => boolean };
type Part = '**' | Token[];

const parts = (pattern: string): string[] => (pattern.endsWith('/') ? `${pattern}**` : pattern).split('/');

function expandBraces(pattern: string): string[] | undefined {
  let expanded = [''];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === '\\' && at + 1 < pattern.length) {
      expanded = expanded.map((text) => text + character + pattern[at + 1]!);
      at += 1;
    } else if (character === '{') {
      const close = pattern.indexOf('}', at);
      if (close < 0) return undefined;
      const options = pattern.slice(at + 1, close).split(',');
      expanded = expanded.flatMap((text) => options.map((option) => text + option));
      if (expanded.length > ALTERNATIVES_MAX) return undefined;
      at = close;
    } else if (character === '}') {
      return undefined;
    } else {
      expanded = expanded.map((text) => text + character);
    }
  }
  return expanded;
}

function tokens(part: string): Token[] | undefined {
  const found: Token[] = [];
  const characters = [...part];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]!;
    if (character === '*') {
      found.push({ any: true });
    } else if (character === '?') {
      found.push({ one: () => true });
    } else if (character === '[') {
      const close = characters.indexOf(']', at + 2);
      if (close < 0) return undefined;
      found.push({ one: characterClass(characters.slice(at + 1, close)) });
      at = close;
    } else {
      const literal = character === '\\' && at + 1 < characters.length ? characters[++at]! : character;
      found.push({ one: (candidate) => candidate === literal });
    }
  }
  return found;
}

function characterClass(body: string[]): (character: string) => boolean {
  const negated = body[0] === '!' || body[0] === '^';
  const members = negated ? body.slice(1) : body;
  return (character) => {
    let inside = false;
    for (let at = 0; at < members.length; at++) {
      const isRange = members[at + 1] === '-' && at + 2 < members.length;
      const [low, high] = isRange ? [members[at]!, members[at + 2]!] : [members[at]!, members[at]!];
      if (character >= low && character <= high) inside = true;
      if (isRange) at += 2;
    }
    return inside !== negated;
  };
}

/** Both matchers remember only the last star, so a match costs at most length × length. */
function matchParts(pattern: Part[], names: string[][]): boolean {
  return matchWithStar(pattern, names, (part) => part === '**', (part, name) => matchPart(part as Token[], name));
}

function matchPart(part: Token[], name: string[]): boolean {
  return matchWithStar(part, name, (token) => 'any' in token, (token, character) => 'one' in token && token.one(character));
}

function matchWithStar<P, S>(pattern: P[], subject: S[], isStar: (p: P) => boolean, fits: (p: P, s: S) => boolean): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let seen = 0; seen < subject.length; ) {
    const wanted = pattern[at];
    if (wanted !== undefined && isStar(wanted)) {
      star = at++;
      resume = seen;
    } else if (wanted !== undefined && fits(wanted, subject[seen]!)) {
      at++;
      seen++;
    } else if (star >= 0) {
      at = star + 1;
      seen = ++resume;
    } else {
      return false;
    }
  }
  while (at < pattern.length && isStar(pattern[at]!)) at++;
  return at === pattern.length;
}
