import type * as Yaml from 'yaml';
import { complain, type Place, type Problem } from '../domain/problem.js';
import { placesIn, type PlaceFinder } from '../domain/documents/places.js';
import { plainText, unfitCharacter } from '../domain/documents/plainText.js';
import { TOLD_MAX } from '../domain/documents/told.js';
import type { Whereabouts } from '../domain/documents/whereabouts.js';
import { DEPTH_MAX, lexemesOf, outlineOf, type Outline } from './yamlOutline.js';
import { whereaboutsIn } from './yamlWhereabouts.js';

/** A document as its text says it, before any schema has seen it. */
export interface YamlDocument {
  /** A map from text to anything that JSON can say. */
  value: unknown;
  text: string;
  where: Whereabouts;
}

export type YamlReading = { ok: true; document: YamlDocument } | { ok: false; problems: Problem[] };

const OPTIONS = {
  version: '1.2', schema: 'core', strict: true, uniqueKeys: false, stringKeys: true,
  merge: false, resolveKnownTags: false, logLevel: 'silent', prettyErrors: false,
} as const;

/** Loaded once: even a module that is there already is not free to ask for, a thousand times. */
let parser: Promise<typeof Yaml> | undefined;

/**
 * Reads YAML (or JSON, which is a part of it) as strictly as it can be read: what one reader could take otherwise than
 * another is refused, with its place. The parser is loaded at the first call.
 */
export async function readYaml(bytes: Uint8Array, file: string): Promise<YamlReading> {
  const plain = plainText(bytes, file);
  if (!plain.ok) return plain;
  const { text } = plain;
  const yaml = await (parser ??= import('yaml'));
  const place = placesIn(file, text);
  try {
    return parsed(yaml, text, place);
  } catch {
    // Measured: about one in a thousand mutated documents makes the parser itself fail.
    return { ok: false, problems: [complain('yaml-syntax', { fault: 'it cannot be read as YAML' }, place(0))] };
  }
}

function parsed(yaml: typeof Yaml, text: string, place: PlaceFinder): YamlReading {
  const lexemes = lexemesOf(yaml, text);
  const outline = outlineOf(yaml, text, lexemes, place);
  if (outline.problems.length > 0) return { ok: false, problems: outline.problems };
  const document = withoutStacks(() => composed(yaml, text, lexemes));
  const faults = [...document.errors, ...document.warnings, ...repeatedKeys(yaml, document)];
  if (faults.length > 0) return { ok: false, problems: syntaxProblems(faults, { text, place, outline }) };
  const shape = shapeProblem(yaml, document, place);
  if (shape !== undefined) return { ok: false, problems: [shape] };
  const hidden = text.includes('\\') ? hiddenCharacters(yaml, document, place) : [];
  if (hidden.length > 0) return { ok: false, problems: hidden };
  return { ok: true, document: { value: document.toJS({ maxAliasCount: 0 }), text, where: whereaboutsIn(yaml, document, place) } };
}

/** The same as `parseDocument`, but of a text that was taken apart already: a fifth of the work. */
function composed(yaml: typeof Yaml, text: string, lexemes: readonly string[]): Yaml.Document.Parsed {
  const parser = new yaml.Parser();
  const tokens = function* (): Generator<Yaml.CST.Token> {
    for (const lexeme of lexemes) yield* parser.next(lexeme);
    yield* parser.end();
  };
  const [document] = new yaml.Composer(OPTIONS).compose(tokens(), true, text.length);
  return document as Yaml.Document.Parsed;
}

type Fault = Pick<Yaml.YAMLError, 'code' | 'pos'>;

/** Keys that stand in one map already. The parser can find them too, but compares each key with all before it: thousands take it seconds. */
function repeatedKeys(yaml: typeof Yaml, document: Yaml.Document.Parsed): Fault[] {
  const faults: Fault[] = [];
  yaml.visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!yaml.isScalar(key)) continue;
        if (seen.has(key.value)) faults.push({ code: 'DUPLICATE_KEY', pos: [key.range![0], key.range![1]] });
        seen.add(key.value);
      }
    },
  });
  return faults;
}

/** The parser makes an error of every fault, and nobody reads where in the parser it was made: that took most of the time. */
function withoutStacks<T>(work: () => T): T {
  const usual = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = usual;
  }
}

function shapeProblem(yaml: typeof Yaml, { contents }: Yaml.Document.Parsed, place: PlaceFinder): Problem | undefined {
  if (contents === null || (yaml.isScalar(contents) && contents.value === null)) return complain('document-empty', {}, place(0));
  if (yaml.isMap(contents)) return undefined;
  const [from, to] = contents.range;
  return complain('document-not-a-map', { found: yaml.isSeq(contents) ? 'a list' : 'a single value' }, place(from, to, 'not a map'));
}

/** In double quotes, characters can be written that no document may hold. */
function hiddenCharacters(yaml: typeof Yaml, document: Yaml.Document.Parsed, place: PlaceFinder): Problem[] {
  const problems: Problem[] = [];
  yaml.visit(document, {
    Scalar: (_, { value, range }) => {
      const character = typeof value === 'string' ? unfitCharacter(value) : undefined;
      if (character !== undefined) problems.push(complain('yaml-control-character', { character }, place(range![0], range![1], `holds ${character}`)));
    },
  });
  return problems;
}

interface Source {
  text: string;
  place: PlaceFinder;
  outline: Outline;
}

/** One fault often makes the parser stumble again on the same line: only the first there is told, and only its place is looked up. */
function syntaxProblems(faults: readonly Fault[], source: Source): Problem[] {
  const { text, outline } = source;
  const end = text.trimEnd().length;
  const problems: Problem[] = [];
  let lineEnd = -1;
  for (const fault of [...faults].sort((a, b) => a.pos[0] - b.pos[0])) {
    const [from] = fault.pos;
    const opening = from < end ? undefined : outline.unclosed();
    if (opening !== undefined) return withFirstOfLine(problems, unclosedProblem(opening, source));
    if (from <= lineEnd) continue;
    problems.push(syntaxProblem(fault, source));
    if (problems.length === TOLD_MAX) break;
    const newline = text.indexOf('\n', from);
    lineEnd = newline < 0 ? text.length : newline;
  }
  return problems;
}

/** What is left open is told last, unless its line has something to say already. */
const withFirstOfLine = (problems: Problem[], last: Problem): Problem[] =>
  (problems.some(({ place }) => place?.line === last.place?.line) ? problems : [...problems, last]);

const unclosedProblem = (at: number, { text, place }: Source): Problem =>
  complain('yaml-syntax', { fault: `the ${text[at]!} that opens here is never closed` }, place(at, at + 1, 'opens here'));

function syntaxProblem({ code, pos: [from, to] }: Fault, { text, place }: Source): Problem {
  if (code === 'DUPLICATE_KEY') return complain('yaml-duplicate-key', { key: wordAt(text, from) }, at(wordAt(text, from).length, 'once more'));
  if (code === 'NON_STRING_KEY') return complain('yaml-key-not-text', {}, place(from, to, 'not text'));
  if (code === 'RESOURCE_EXHAUSTION') return complain('document-too-deep', { most: DEPTH_MAX }, place(from, to, 'too deep'));
  return complain('yaml-syntax', { fault: FAULTS[code] ?? 'it cannot be read as YAML' }, place(from, to, 'here'));

  function at(length: number, label: string): Place {
    return place(from, from + length, label);
  }
}

const wordAt = (text: string, from: number): string => /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s:,}]+)/.exec(text.slice(from, from + 200))?.[0] ?? text.slice(from, from + 1);

/** What the parser complains of, in our words. */
const FAULTS: Partial<Record<Yaml.ErrorCode, string>> = {
  BAD_INDENT: 'the indentation does not fit what stands above it',
  TAB_AS_INDENT: 'a tab indents this line, and YAML wants spaces',
  BAD_SCALAR_START: 'text that begins with this character must be quoted',
  BAD_DQ_ESCAPE: 'between double quotes there is no such escape; use single quotes, or write the backslash twice',
  BLOCK_AS_IMPLICIT_KEY: 'a second ": " on one line; quote text that holds a colon',
  BLOCK_IN_FLOW: 'this cannot stand between brackets',
  MISSING_CHAR: 'something is missing here: a quote, a bracket, a comma, or the colon after a key',
  MULTILINE_IMPLICIT_KEY: 'this is no key, because the colon after it is missing; or text goes on at the wrong indentation',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters',
  UNEXPECTED_TOKEN: 'this does not belong here; text with quotes, brackets or a leading - must be quoted as a whole',
  BAD_COLLECTION_TYPE: 'this is not the kind of value that was announced',
  IMPOSSIBLE: 'it cannot be read as YAML',
};
