import type { RepoPath } from './paths.js';

/** A mark on tests that keeps some of them from running. */
export interface Mark {
  /** `narrows`: every test but the marked one is left out. `skips`: the marked one is. */
  kind: 'narrows' | 'skips';
  /** As it is written, as `test.only` or `@pytest.mark.skip`. */
  found: string;
  /** Counts from 1. */
  line: number;
}

interface Dialect {
  files: RegExp;
  /** A line without what of it is comment. */
  code: (line: string) => string;
  marks: [kind: Mark['kind'], pattern: RegExp][];
  tests: RegExp;
  assertions: RegExp;
  /** How a file takes single assertions out of a library. */
  assertionImports?: RegExp;
}

const withoutSlashes = (line: string): string => line.replace(/(^|\s)\/\/.*$/, ' ');
const withoutHash = (line: string): string => line.replace(/(^|\s)#.*$/, ' ');

/** Also what stands between the marks of a comment, before its end, or in a line of many that only begins as one. */
function withoutBlocks(line: string): string {
  const begun = line.replace(/^\s*(?:\*.*?)?\*\//, ' ');
  if (!begun.includes('*/')) return /^\s*\/?\*/.test(begun) ? '' : withoutSlashes(begun);
  const kept: string[] = [];
  let at = 0;
  for (let from = begun.indexOf('/*'); from >= 0; from = begun.indexOf('/*', at)) {
    const end = begun.indexOf('*/', from + 2);
    if (end < 0) break;
    kept.push(begun.slice(at, from));
    at = end + 2;
  }
  return withoutSlashes([...kept, begun.slice(at)].join(' '));
}

/** A name where an expression can begin; not behind a quote, where text of somebody else's may. */
const begins = (name: string): RegExp =>
  new RegExp(String.raw`(?<![\w.$])(?=${name})(?<=(?:^|[;{}(,!&|?:=>]|\b(?:void|await|return|yield|else|do))\s*)${name}`, 'g');

/**
 * How the common languages write tests. Names must stand where a call or an attribute can begin, so that `unfit(` or
 * `query.skip(` are not taken for marks.
 */
const DIALECTS: Dialect[] = [
  {
    files: /\.[cm]?[jt]sx?$/,
    code: withoutBlocks,
    marks: [
      ['narrows', begins(String.raw`(?:describe|suite|context|test|it)(?:\.\w+)*\.only\b`)],
      ['narrows', begins(String.raw`(?:fit|fdescribe)(?=\s*\()`)],
      ['skips', /(?<![\w.$])(?:describe|suite|context|test|it)(?:\.\w+)*\.(?:skip|todo|skipIf|fails|failing)\b/g],
      ['skips', /(?<![\w.$])(?:xit|xtest|xdescribe|xcontext)(?=\s*\()/g],
    ],
    tests: /(?<![\w.$])(?:test|it|fit)(?:\.\w+)*\s*(?:\(|`)/g,
    assertions: /(?<![\w.$])(?:expect|assert|should)(?:\.\w+)*\s*\(|\.should\b/g,
    assertionImports: /(?:^|;)\s*(?:import\s+([^;'"]{1,2000}?)\s+from\s*|(?:const|let|var)\s+([^;='"]{1,2000}?)\s*=\s*require\(\s*)['"](?:(?:node:)?assert(?:\/strict)?|chai)['"]/gm,
  },
  {
    files: /\.py$/,
    code: withoutHash,
    marks: [
      ['skips', /@(?:pytest\.mark\.(?:skip|skipif|xfail)|(?:unittest\.)?(?:skip|skipIf|skipUnless|expectedFailure))\b/g],
      ['skips', /(?<![\w.])pytest\.(?:skip|importorskip)(?=\s*\()|(?<![\w.])self\.skipTest(?=\s*\()/g],
    ],
    tests: /(?<![\w.])def\s+test\w*\s*\(/g,
    assertions: /(?<![\w.])assert\b|\bself\.assert\w+\s*\(|\bpytest\.raises\b/g,
  },
  {
    files: /_test\.go$/,
    code: withoutSlashes,
    marks: [['skips', /\b[tb]\.Skip(?:f|Now)?(?=\s*\()/g]],
    tests: /^func\s+(?:Test|Fuzz|Example)\w*\s*\(|\bt\.Run\s*\(/gm,
    assertions: /\bt\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)\s*\(|\b(?:assert|require)\.\w+\s*\(/g,
  },
  {
    files: /\.rs$/,
    code: withoutSlashes,
    marks: [['skips', /#\[ignore\b/g]],
    tests: /#\[(?:\w+::)*test\b/g,
    assertions: /\b(?:debug_)?assert(?:_eq|_ne|_matches)?!/g,
  },
  {
    files: /\.(?:java|kt|cs)$/,
    code: withoutBlocks,
    marks: [['skips', /@(?:Disabled|Ignore)\b|\[(?:Ignore|Fact\(Skip)/g]],
    tests: /@(?:Test|ParameterizedTest|RepeatedTest)\b|\[(?:Test|Fact|Theory|TestMethod)\b/g,
    assertions: /\b(?:assert\w*|Assert\.\w+|verify)\s*\(/g,
  },
  {
    files: /_spec\.rb$|_test\.rb$/,
    code: withoutHash,
    marks: [['narrows', /^\s*(?:fit|fdescribe|fcontext)(?=\s)/g], ['skips', /(?<![\w.])(?:xit|xdescribe|xcontext|skip|pending)(?=\s|$)/gm]],
    tests: /(?<![\w.])(?:it|specify|test)\s+['"]|(?<![\w.])def\s+test_\w+/g,
    assertions: /(?<![\w.])(?:expect|assert\w*|refute\w*)\b/g,
  },
];

/** Marks that keep tests from running, in the order of the text. None in a language that is not known. */
export function marksIn(path: RepoPath, text: string): Mark[] {
  const dialect = dialectOf(path);
  if (dialect === undefined) return [];
  return withoutComments(text, dialect).flatMap((line, at) =>
    dialect.marks.flatMap(([kind, pattern]) => [...line.matchAll(pattern)].map(([found]) => ({ kind, found: found.trim(), line: at + 1 }))));
}

/** How many tests are written there; 0 in a language that is not known. */
export const testsIn = (path: RepoPath, text: string): number => occurrences(path, text, 'tests');

/** How many assertions are written there; 0 in a language that is not known. */
export const assertionsIn = (path: RepoPath, text: string): number => occurrences(path, text, 'assertions');

function occurrences(path: RepoPath, text: string, what: 'tests' | 'assertions'): number {
  const dialect = dialectOf(path);
  if (dialect === undefined) return 0;
  const code = withoutComments(text, dialect).join('\n');
  const bare = what === 'assertions' ? [...code.matchAll(callsOf(assertionNames(code, dialect)))] : [];
  return [...code.matchAll(dialect[what])].length + bare.length;
}

/** Names by which a file calls what it took out of an assertion library, as `equal` of `import { equal } from 'node:assert'`. */
function assertionNames(code: string, { assertionImports }: Dialect): string[] {
  if (assertionImports === undefined) return [];
  return [...code.matchAll(assertionImports)]
    .flatMap(([, imported = '', required = '']) => (imported || required).split(/[{},]/))
    .map((part) => part.trim().split(/\s+as\s+|\s*:\s*/).at(-1)!.trim())
    .filter((name) => /^[A-Za-z_]\w*$/.test(name) && !COUNTED_ALREADY.has(name));
}

const COUNTED_ALREADY = new Set(['expect', 'assert', 'should']);

const callsOf = (names: readonly string[]): RegExp => (names.length === 0 ? /(?!)/g : new RegExp(`(?<![\\w.$])(?:${names.join('|')})(?:\\.\\w+)*\\s*\\(`, 'g'));

const dialectOf = (path: RepoPath): Dialect | undefined => DIALECTS.find(({ files }) => files.test(path));

const withoutComments = (text: string, { code }: Dialect): string[] => text.split('\n').map(code);
