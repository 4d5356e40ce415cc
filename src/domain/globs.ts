/**
 * The one glob dialect of tickets and policy. It only ever matches paths that changed; git never sees it.
 *
 * - `*` matches within one path part, `?` one character, `[a-z]` and `[!a-z]` a class, `{a,b}` alternatives;
 * - `**` as a whole part matches any number of parts, none included; as the last part at least one, as in git's own
 *   dialect: `src/**` is everything below `src`, never a file of that name. More stars are the same, as they are there;
 * - a trailing slash stands for everything below: `src/` is `src/**`;
 * - a backslash takes the next character literally, in classes and alternatives too;
 * - matching is by whole path, case matters, and a leading dot is nothing special.
 */
export type Glob = (path: string) => boolean;

/** Bounds what a hostile pattern can cost. */
export const GLOB_LENGTH_MAX = 512;
const ALTERNATIVES_MAX = 64;
const EXPANDED_LENGTH_MAX = 8 * GLOB_LENGTH_MAX;

/** Why a pattern cannot be used, or nothing. */
export function globFault(pattern: string): string | undefined {
  const read = readGlob(pattern);
  return isFault(read) ? read.fault : undefined;
}

/** Compiles a pattern. A faulty one matches nothing; `globFault` says why. */
export function compileGlob(pattern: string): Glob {
  const variants = readGlob(pattern);
  if (isFault(variants)) return () => false;
  return (path) => variants.some((variant) => matchParts(variant, namesOf(path)));
}

let latest = { path: '', names: [['']] };

/** A path by its parts and their characters. One path is asked for by many patterns, one after the other. */
function namesOf(path: string): string[][] {
  if (latest.path !== path) latest = { path, names: path.split('/').map((name) => [...name]) };
  return latest.names;
}

/** Compiles several patterns into one question. */
export function compileGlobs(patterns: readonly string[]): Glob {
  const globs = patterns.map(compileGlob);
  return (path) => globs.some((glob) => glob(path));
}

/** One character: which ones fit, and how that was written. Of one that stands for itself, `only` is it. */
interface Single {
  fits: (character: string) => boolean;
  written: string;
  only?: string;
}
type Token = '*' | Single;
type Part = '**' | Token[];
interface Fault { fault: string }

const isFault = (read: unknown): read is Fault => typeof read === 'object' && read !== null && 'fault' in read;

/** All of them, or the first fault among them. */
const unlessFaulty = <T>(read: readonly (T | Fault)[]): T[] | Fault => read.find(isFault) ?? (read as T[]);

/** The patterns of a policy are asked again for every ticket and every look, and reading one takes far longer than asking it. */
const known = new Map<string, Part[][] | Fault>();
const KNOWN_MAX = 500;

function readGlob(pattern: string): Part[][] | Fault {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  if (known.size === KNOWN_MAX) known.clear();
  const read = parseGlob(pattern);
  known.set(pattern, read);
  return read;
}

function parseGlob(pattern: string): Part[][] | Fault {
  if (pattern === '') return { fault: 'it is empty' };
  if (pattern.length > GLOB_LENGTH_MAX) return { fault: `it is longer than ${GLOB_LENGTH_MAX} characters` };
  const variants = expandBraces(pattern);
  return isFault(variants) ? variants : unlessFaulty(variants.map(readVariant));
}

/** An escaped character, a group of alternatives, plain text, or a brace or backslash that stands alone. */
const PIECE = /\\[^]|\{(?<options>(?:\\[^]|[^\\{}])*)\}|[^\\{}]+|[^]/g;
const OPTION = /,(?<option>(?:\\[^]|[^\\,])*)/g;

/** The pattern once for each choice of alternatives. Backslashes stay for whoever reads the variants. */
function expandBraces(pattern: string): string[] | Fault {
  let expanded = [''];
  for (const { 0: piece, groups } of pattern.matchAll(PIECE)) {
    if (piece === '{' || piece === '}') return { fault: 'its braces do not close, or stand in one another' };
    const options = groups?.['options'];
    const choices = options === undefined ? [piece] : [...`,${options}`.matchAll(OPTION)].map((found) => found.groups!['option']!);
    expanded = expanded.flatMap((text) => choices.map((choice) => text + choice));
    if (expanded.length > ALTERNATIVES_MAX) return { fault: `its braces make more than ${ALTERNATIVES_MAX} alternatives` };
  }
  return expanded.join('').length > EXPANDED_LENGTH_MAX
    ? { fault: `its alternatives are longer than ${EXPANDED_LENGTH_MAX} characters together` }
    : expanded;
}

function readVariant(variant: string): Part[] | Fault {
  if (variant === '') return { fault: 'one of its alternatives is empty' };
  if (variant.startsWith('/')) return { fault: 'it begins with a slash; patterns are relative to the repository' };
  const names = (variant.endsWith('/') ? `${variant}**` : variant).split('/').map((name) => (/^\*{3,}$/.test(name) ? '**' : name));
  if (names.includes('..')) return { fault: 'it leaves the repository' };
  if (names.includes('.') || names.includes('')) return { fault: 'it has an empty part, or one that is only a dot, which no path has' };
  if (names.at(-1) === '**') names.push('*');
  return unlessFaulty(names.map((name) => (name === '**' ? name : readPart(name))));
}

const TOKEN = /\\(?<escaped>.)|\[(?<not>[!^]|(?![!^]))(?<members>(?:\\.|[^\\])(?:\\.|[^\\\]])*)\]|(?<single>.)/gsu;

function readPart(part: string): Token[] | Fault {
  return unlessFaulty([...part.matchAll(TOKEN)].map(({ groups }): Token | Fault => {
    const { escaped, not, members, single } = groups!;
    if (members !== undefined) return readClass(members, not !== '');
    if (single === '[') return { fault: 'a [class] in it does not close' };
    if (single === '\\') return { fault: 'a backslash in it has no character to take' };
    if (single === '*') return '*';
    if (single === '?') return { fits: () => true, written: '?' };
    const only = (escaped ?? single)!;
    return { fits: (character) => character === only, written: only, only };
  }));
}

const MEMBER = /(?<low>\\.|[^\\])-(?<high>\\.|[^\\])|(?<one>\\.|[^\\])/gsu;

function readClass(members: string, negated: boolean): Single | Fault {
  if (/\[[:.=]/.test(members)) return { fault: 'a [class] in it has a name, as [:alpha:], which this dialect does not know' };
  const ranges = [...members.matchAll(MEMBER)].map(({ groups }) => {
    const { low, high, one } = groups!;
    return { low: codePoint(unescaped(low ?? one!)), high: codePoint(unescaped(high ?? one!)) };
  });
  if (ranges.some(({ low, high }) => low > high)) return { fault: 'a range of a [class] in it runs backwards' };
  const fits = (character: string): boolean => {
    const code = codePoint(character);
    return ranges.some(({ low, high }) => low <= code && code <= high) !== negated;
  };
  return { fits, written: `[${negated ? '!' : ''}${members}]` };
}

const unescaped = (member: string): string => member.replace(/^\\/, '');
const codePoint = (character: string): number => character.codePointAt(0)!;

/** Both matchers remember only the last star, so a match costs at most length × length. */
function matchParts(pattern: readonly Part[], names: readonly string[][]): boolean {
  return matchWithStar<Token[], string[]>(pattern, names, '**', matchPart);
}

function matchPart(part: readonly Token[], name: readonly string[]): boolean {
  return matchWithStar<Single, string>(part, name, '*', ({ fits }, character) => fits(character));
}

/**
 * Whether every path that a pattern matches is matched by one of the others as well. To say so, one of them must match
 * the pattern itself, whose stars only a star can match; what several match together is not seen.
 */
export function coversGlob(others: readonly string[], pattern: string): boolean {
  const inner = readGlob(pattern);
  if (isFault(inner)) return true;
  const outer = others.flatMap((other) => {
    const read = readGlob(other);
    return isFault(read) ? [] : read;
  });
  return inner.every((one) => outer.some((other) => matchWithStar<Token[], Part>(other, one, '**', (wanted, part) => part !== '**' && coversPart(wanted, part))));
}

function coversPart(outer: readonly Token[], inner: readonly Token[]): boolean {
  return matchWithStar<Single, Token>(outer, inner, '*', (wanted, token) => token !== '*' && coversSingle(wanted, token));
}

const coversSingle = (outer: Single, { only, written }: Single): boolean =>
  (only === undefined ? outer.only === undefined && ['?', written].includes(outer.written) : outer.fits(only));

function matchWithStar<P, S>(pattern: readonly (P | string)[], subject: readonly S[], star: string, fits: (one: P, of: S) => boolean): boolean {
  let at = 0;
  let afterStar = -1;
  let resume = 0;
  for (let seen = 0; seen < subject.length; ) {
    const wanted = pattern[at];
    if (wanted === star) {
      afterStar = ++at;
      resume = seen;
    } else if (wanted !== undefined && fits(wanted as P, subject[seen]!)) {
      at++;
      seen++;
    } else if (afterStar >= 0) {
      at = afterStar;
      seen = ++resume;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((rest) => rest === star);
}
