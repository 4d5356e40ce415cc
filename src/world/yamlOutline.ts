import type * as Yaml from 'yaml';
import { complain, type Problem } from '../domain/problem.js';
import type { PlaceFinder } from '../domain/documents/places.js';

/** Maps and lists may stand so deep in each other. */
export const DEPTH_MAX = 50;

/** What the words of a text show before it is parsed. */
export interface Outline {
  /** What no document may hold, whatever it says. */
  problems: Problem[];
  /** Offset at which a quote or bracket opens that is still open where the text ends. */
  unclosed(): number | undefined;
}

/** The words of a text as the parser takes them, some of which only announce the next one. */
export const lexemesOf = (yaml: typeof Yaml, text: string): string[] => [...new yaml.Lexer().lex(text)];

/**
 * Looks at a text word by word. It goes before the parser for two reasons: the parser does not tell everything that is
 * refused here, and it descends by recursion, so that a text of nothing but brackets would end the whole process.
 */
export function outlineOf(yaml: typeof Yaml, text: string, lexemes: readonly string[], place: PlaceFinder): Outline {
  const words = wordsOf(yaml, lexemes);
  const extra = secondDocument(words);
  const deep = tooDeep(words);
  return {
    problems: [
      ...words.filter(({ kind }) => REFUSED.has(kind)).map((word) => refusedWord(word, place)),
      ...(extra === undefined ? [] : [complain('yaml-several-documents', {}, place(extra.from, extra.to, 'another document begins'))]),
      ...(deep === undefined ? [] : [complain('document-too-deep', { most: DEPTH_MAX }, place(deep.from, deep.to, 'too deep'))]),
    ],
    unclosed: () => unclosedAt(words, text),
  };
}

interface Word {
  kind: Yaml.CST.Token['type'] | 'doc-mode' | 'flow-error-end' | null;
  text: string;
  from: number;
  to: number;
}

/** The words with their offsets. A plain scalar is announced by a sign that is not in the text. */
function wordsOf(yaml: typeof Yaml, lexemes: readonly string[]): Word[] {
  const words: Word[] = [];
  let from = 0;
  let announced = false;
  for (const word of lexemes) {
    if (!announced && SIGNS.has(word)) {
      announced = word === SCALAR_FOLLOWS;
      continue;
    }
    const kind = announced ? 'scalar' : yaml.CST.tokenType(word);
    words.push({ kind, text: word, from, to: from + word.length });
    from += word.length;
    announced = false;
  }
  return words;
}

const SCALAR_FOLLOWS = '\u001f';
const SIGNS = new Set(['\u0002', '\u0018', SCALAR_FOLLOWS]);

const REFUSED = new Set<Word['kind']>(['directive-line', 'tag', 'anchor', 'alias']);

function refusedWord({ kind, text, from, to }: Word, place: PlaceFinder): Problem {
  switch (kind) {
    case 'directive-line': return complain('yaml-directive', { directive: text.trim() }, place(from, to, 'a directive'));
    case 'tag': return complain('yaml-tag', { tag: text }, place(from, to, 'a tag'));
    case 'alias': return complain('yaml-anchor', { name: text }, place(from, to, 'an alias'));
    default: return complain('yaml-anchor', { name: text }, place(from, to, 'an anchor'));
  }
}

const BETWEEN = new Set<Word['kind']>(['space', 'newline', 'comment', 'doc-end', 'directive-line', 'byte-order-mark']);

/** The word with which a second document begins. Three dashes at the very beginning are the first one's. */
function secondDocument(words: readonly Word[]): Word | undefined {
  let begun = false;
  let ended = false;
  for (const word of words) {
    const isContent = !BETWEEN.has(word.kind);
    if (begun && (word.kind === 'doc-start' || (ended && isContent))) return word;
    if (word.kind === 'doc-end') ended = begun;
    begun ||= isContent;
  }
  return undefined;
}

const OPENS = new Set<Word['kind']>(['flow-map-start', 'flow-seq-start']);
const CLOSES = new Set<Word['kind']>(['flow-map-end', 'flow-seq-end']);
const INDICATORS = new Set<Word['kind']>(['seq-item-ind', 'explicit-key-ind', 'map-value-ind']);

/**
 * The first word that stands deeper than is allowed. Brackets are counted; outside of them depth is how many columns
 * further left something stands that it can belong to, where a list may stand right below its key.
 */
function tooDeep(words: readonly Word[]): Word | undefined {
  const blocks: { column: number; isKey: boolean }[] = [];
  let brackets = 0;
  let lineStart = 0;
  let atFront = true;
  for (const word of words) {
    const { kind, text, from } = word;
    if (OPENS.has(kind)) brackets += 1;
    if (CLOSES.has(kind)) brackets -= 1;
    const isIndicator = INDICATORS.has(kind);
    if (brackets === 0 && atFront && kind !== 'space' && kind !== 'newline') {
      const column = from - lineStart;
      while (blocks.length > 0 && standsBeside(blocks.at(-1)!, column, isIndicator)) blocks.pop();
      blocks.push({ column, isKey: !isIndicator });
    }
    if (blocks.length + brackets > DEPTH_MAX) return word;
    atFront = kind === 'newline' || (atFront && (kind === 'space' || isIndicator));
    const newline = text.lastIndexOf('\n');
    if (newline >= 0) [lineStart, atFront] = [from + newline + 1, true];
  }
  return undefined;
}

const standsBeside = (block: { column: number; isKey: boolean }, column: number, isIndicator: boolean): boolean =>
  block.column > column || (block.column === column && !(isIndicator && block.isKey));

function unclosedAt(words: readonly Word[], text: string): number | undefined {
  const last = words.findLast(({ kind }) => kind !== 'newline' && kind !== 'space');
  if (last !== undefined && isOpenQuote(last) && last.to >= text.trimEnd().length) return last.from;
  const open: number[] = [];
  for (const { kind, from } of words) {
    if (OPENS.has(kind)) open.push(from);
    if (CLOSES.has(kind)) open.pop();
  }
  return open.at(-1);
}

function isOpenQuote({ kind, text }: Word): boolean {
  if (kind === 'single-quoted-scalar') return !/^'(?:[^']|'')*'$/.test(text);
  return kind === 'double-quoted-scalar' && !/^"(?:[^"\\]|\\[\s\S])*"$/.test(text);
}
