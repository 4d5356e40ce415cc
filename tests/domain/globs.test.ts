import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from '../support/property.js';
import { describe, expect, test } from 'vitest';
import { compileGlob, compileGlobs, coversGlob, globFault, GLOB_LENGTH_MAX } from '../../src/domain/globs.js';
import { literalGlob } from '../../src/domain/globText.js';
import { plainText } from '../../src/domain/documents/plainText.js';
import type { RepoPath } from '../../src/domain/paths.js';

const matches = (pattern: string, path: string): boolean => compileGlob(pattern)(path);

/** The same dialect said another way: alternatives written out, then one regular expression for each. */
function naively(pattern: string): (path: string) => boolean {
  const variants = writtenOut(pattern).map((variant) => new RegExp(`^${regexOf(variant.endsWith('/') ? `${variant}**` : variant)}$`, 'su'));
  return (path) => variants.some((variant) => variant.test(path));
}

function writtenOut(pattern: string): string[] {
  const group = /^((?:\\.|[^\\{])*)\{((?:\\.|[^\\}])*)\}(.*)$/su.exec(pattern);
  if (group === null) return [pattern];
  const [, before, inside, after] = group;
  const options = inside!.match(/(?:\\.|[^\\,])+|(?<=^|,)(?=,|$)/gsu) ?? [''];
  return options.flatMap((option) => writtenOut(after!).map((rest) => `${before}${option}${rest}`));
}

function regexOf(variant: string): string {
  const names = variant.split('/');
  return names.map((name, at) => {
    const isLast = at === names.length - 1;
    if (/^\*{2,}$/.test(name)) return isLast ? '[^/]+(?:/[^/]+)*' : '(?:[^/]+/)*';
    const regex = name.replace(/\\(.)|\[([!^]?)((?:\\.|[^\\\]])+)\]|(\*+)|(\?)|([^\\])/gsu, (_, escaped?: string, not?: string, members?: string, stars?: string, one?: string, plain?: string) => {
      if (members !== undefined) return `(?!/)[${not === '' ? '' : '^'}${members.replace(/\\(.)|([[^&|~])/gsu, (__, inner?: string, odd?: string) => literal(inner ?? odd!))}]`;
      if (stars !== undefined) return '[^/]*';
      return one === undefined ? literal(escaped ?? plain!) : '[^/]';
    });
    return isLast ? regex : `${regex}/`;
  }).join('');
}

const literal = (character: string): string => `\\u{${character.codePointAt(0)!.toString(16)}}`;

describe('a pattern', () => {
  test.each<[string, string[], string[]]>([
    ['*', ['a', '.a', 'a.b'], ['a/b']],
    ['*.ts', ['a.ts', '.ts'], ['a.tsx', 'a/b.ts', 'A.TS']],
    ['src/*/x', ['src/a/x'], ['src/x', 'src/a/b/x']],
    ['**', ['a', 'a/b', '.a/b'], []],
    ['**/x', ['x', 'a/x', 'a/b/x'], ['ax', 'x/a']],
    ['src/**', ['src/a', 'src/a/b', 'src/.env'], ['src', 'asrc/a', 'a/src/b']],
    ['src/', ['src/a', 'src/a/b'], ['src', 'a/src/b']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb', 'a/b/c']],
    ['**/a/**', ['a/x', 'b/a/x'], ['a', 'b/a']],
    ['a**b', ['ab', 'axxb'], ['a/b']],
    ['a/***/b', ['a/b', 'a/x/y/b'], ['ab', 'a/xb']],
    ['src/****', ['src/a', 'src/a/b'], ['src']],
    ['?', ['a', 'é', '😀'], ['', 'ab', 'e\u0301']],
    ['[a-c]', ['a', 'b', 'c'], ['d', 'A', 'ab']],
    ['[!a-c]', ['d', '!'], ['a']],
    ['[^a]', ['b', '^'], ['a']],
    ['[]a]', [']', 'a'], ['b']],
    ['[a-]', ['a', '-'], ['b']],
    ['[\\]]', [']'], ['\\']],
    ['{a,b}.ts', ['a.ts', 'b.ts'], ['c.ts', '{a,b}.ts']],
    ['{src,lib}/**/*.{ts,js}', ['src/a.ts', 'lib/x/y.js'], ['src/a.tsx', 'test/a.ts']],
    ['\\*', ['*'], ['a', '\\*']],
    ['\\{a,b\\}', ['{a,b}'], ['a']],
    ['{a\\,b,c}', ['a,b', 'c'], ['a', 'b']],
    ['{a\\,b}', ['a,b'], ['a', 'b', 'a\\,b']],
    ['{a\\},b}', ['a}', 'b'], ['a', 'a\\', 'a\\b', 'a,b}']],
    ['{a\\\\,b}', ['a\\', 'b'], ['a,b']],
    ['{src/,docs/*}', ['src/a/b', 'docs/a'], ['src', 'docs/a/b']],
    ['a{,.b}', ['a', 'a.b'], ['a,']],
    ['[!]a]', ['b'], [']', 'a']],
    ['[a\\-z]', ['a', '-', 'z'], ['b', '\\']],
    ['[\\-z]', ['-', 'z'], ['a', '\\']],
    ['[\\\\a]', ['\\', 'a'], ['b']],
    ['[\uff00-\u{1f600}]', ['\uff5e', '\u{1f600}'], ['\u{1f601}', 'a']],
    ['a?', ['a\udcff'], ['a\udcff\udcfe']],
    ['**/openapi*.{yaml,json}', ['openapi.yaml', 'api/openapi.v1.json'], ['openapi.yml']],
  ])('%s', (pattern, inside, outside) => {
    expect(inside.filter((path) => !matches(pattern, path))).toEqual([]);
    expect(outside.filter((path) => matches(pattern, path))).toEqual([]);
  });

  test('matches what a plainer reading of the same words matches', () => {
    const piece = fc.constantFrom('a', 'b', 'ab', '*', '?', '**', '/', '/**/', '/***/', '[ab]', '[!a]', '[a-c]', '{a,b}', '{a,b/c}', '\\*', '.', 'é', '😀', '\\\\', '[\\]-a]', '[\\\\b]', '[a\\-c]', '[!\\\\]', '{a\\,b,c}', '{a\\},b}', '{\\{,a}');
    const pattern = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join('')).filter((text) => globFault(text) === undefined);
    const name = fc.array(fc.constantFrom('a', 'b', 'c', '.', '*', 'é', '😀', '\\', '-', ']', ',', '{', '}'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    fc.assert(fc.property(pattern, fc.array(path, { minLength: 1, maxLength: 20 }), (text, paths) => {
      const plainly = naively(text);
      for (const one of paths) expect(`${text} ${one} ${matches(text, one)}`).toBe(`${text} ${one} ${plainly(one)}`);
    }), { numRuns: 5_000 });
  });

  test('matches what git matches, where both know the words', () => {
    const piece = fc.constantFrom('a', 'b', 'ab', '.', '-', '*', '?', '[ab]', '[!a]', '[^b.]', '[a-c]', '[]a]', '[!]a]', '[a-]', '[a\\-c]', '[\\]b]', '\\*', '\\a', '\\[');
    const part = fc.oneof(fc.constantFrom('**', '***', '****'), fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('')));
    const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')).filter((text) => globFault(text) === undefined);
    const name = fc.array(fc.constantFrom(...'abc.-]*[\\'), { minLength: 1, maxLength: 3 }).map((characters) => characters.join('')).filter((text) => !/^\.\.?$/.test(text));
    const sampled = [...new Set(fc.sample(fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/')), 300))];
    // An index holds no file and folder of one name.
    const paths = sampled.filter((path) => !sampled.some((other) => other.startsWith(`${path}/`)));
    const patterns = fc.sample(pattern, 200);
    const inGit = matchedByGit(paths, patterns);
    // Git takes a pathspec for a folder's name too, letter by letter, and then all that is below it.
    const isBelow = (path: string, text: string): boolean => path.startsWith(`${/[*?[]/.test(text) ? text : text.replaceAll('\\', '')}/`);
    const differing = patterns.flatMap((text, at) => paths.filter((path) => !isBelow(path, text) && matches(text, path) !== inGit[at]!.has(path)).map((path) => `${text} and ${path}`));
    expect(inGit.filter((found) => found.size > 0).length).toBeGreaterThan(patterns.length / 4);
    expect(differing).toEqual([]);
  });

  test.each([
    '', '/a', '../a', 'a/../b', '{/a,b}', '{a,..}/b', '[a', '{a', 'a}', '{a,{b,c}}', '[z-a]', 'a//b', './a', 'a\\', '[[:alpha:]]', '{,a}', '[]', '[!]', '[a\\]', '[a/b]', '[a-cz-x]', '{a\\}', 'a\\/b', 'a/{b,}/c', 'a//', 'a/.', '/', '.', 'a'.repeat(GLOB_LENGTH_MAX + 1), '{a,b}'.repeat(7),
  ])('%j is refused, and matches nothing', (pattern) => {
    expect(globFault(pattern)).toMatch(/^(it|its|a|one) /);
    expect(['a', 'b', '', 'a/b', pattern].some((path) => matches(pattern, path))).toBe(false);
  });

  test('is never an error, whatever is written', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 10 }), (pattern, path) => {
      if (globFault(pattern) !== undefined) expect(matches(pattern, path)).toBe(false);
    }), { numRuns: 3_000 });
  });

  test('costs little, however hostile', () => {
    const begun = performance.now();
    expect(matches(`${'*a'.repeat(250)}b`, 'a'.repeat(4_000))).toBe(false);
    expect(matches(`${'**/a/'.repeat(100)}b`, `${'a/'.repeat(2_000)}c`)).toBe(false);
    expect(matches(`*${'a'.repeat(500)}b`, 'a'.repeat(4_000))).toBe(false);
    expect(matches(`**/${'*a/'.repeat(160)}b`, `${'a/'.repeat(2_000)}c`)).toBe(false);
    expect(matches(`${'{*a,*aa}'.repeat(6)}${'*a'.repeat(16)}b`, 'a'.repeat(4_000))).toBe(false);
    expect(['[', '{', '\\'].some((one) => matches(one.repeat(GLOB_LENGTH_MAX - 1), 'a'))).toBe(false);
    expect(matches(`${'{a,aa}'.repeat(6)}*****b`, 'a'.repeat(4_000))).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

/** What git's own `:(glob)` finds among these paths, pattern by pattern. */
function matchedByGit(paths: readonly string[], patterns: readonly string[]): Set<string>[] {
  const folder = mkdtempSync(join(tmpdir(), 'cxw-globs-'));
  const git = (args: readonly string[], input = ''): string => execFileSync('git', args, { cwd: folder, input, encoding: 'utf8' });
  git(['init', '-q']);
  const empty = git(['hash-object', '-w', '--stdin']).trim();
  git(['update-index', '-z', '--index-info'], paths.map((path) => `100644 ${empty}\t${path}\0`).join(''));
  return patterns.map((pattern) => new Set(git(['ls-files', '-z', '--', `:(glob)${pattern}`]).split('\0').slice(0, -1)));
}

test('several patterns are one question', () => {
  const any = compileGlobs(['a/**', '*.md']);
  expect([any('a/x'), any('x.md'), any('b/x')]).toEqual([true, true, false]);
  expect(compileGlobs([])('a')).toBe(false);
});

test('the pattern of a path whose characters can all be written matches nothing else', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', ...'*?[]{}\\,!^- .', 'é', '😀'), minLength: 1, maxLength: 4 }).filter((text) => !/^\.\.?$/.test(text));
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/') as RepoPath);
  fc.assert(fc.property(path, path, (one, other) => {
    const pattern = literalGlob(one);
    expect([one, other, `${one}x`, `x${one}`, one.slice(1), `${one}/a`].map((text) => matches(pattern, text))).toEqual([true, one === other, false, false, false, false]);
  }), { numRuns: 2_000 });
});

test('the pattern of a path matches that path', () => {
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).map((text) => text.replace(/[/\0]/g, '*')).filter((text) => text !== '.' && text !== '..');
  fc.assert(fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), (names) => {
    const path = names.join('/') as RepoPath;
    expect(globFault(literalGlob(path))).toBe(undefined);
    expect(matches(literalGlob(path), path)).toBe(true);
    expect(plainText(Buffer.from(literalGlob(path)), 'ticket.yaml').ok).toBe(true);
  }), { numRuns: 2_000 });
});

describe('a pattern lies within others', () => {
  test.each<[string[], string]>([
    [['src/**'], 'src/**'], [['src/**'], 'src/a.ts'], [['src/**'], 'src/*.ts'], [['src/'], 'src/a/**/b'], [['**'], '{a,b}/**'], [['**/*.ts'], 'src/**/[a-z].ts'],
    [['a', 'b'], '{a,b}'], [['src/?*'], 'src/[!a]x'], [['a[0-9]'], 'a[0-9]'], [['a[0-9]'], 'a7'], [['\\?'], '\\?'], [['*'], '?'], [['x', 'faulty{'], 'x'],
  ])('%j holds %s', (others, pattern) => expect(coversGlob(others, pattern)).toBe(true));

  test.each<[string[], string]>([
    [['src/**'], '**'], [['src/**'], 'src'], [['src/*'], 'src/**'], [['src/*.ts'], 'src/*'], [['src/a'], 'src/?'], [['?'], '*'], [['a'], '{a,b}'],
    [['\\?'], '?'], [['a[0-9]'], 'a[a-z]'], [[], 'a'], [['**/x/*'], '**/*'],
  ])('%j does not hold %s', (others, pattern) => expect(coversGlob(others, pattern)).toBe(false));

  test('only where it matches nothing that they do not', () => {
    const part = fc.array(fc.constantFrom('a', 'b', '*', '?', '[ab]', '[!a]', '{a,b}', '\\*'), { minLength: 1, maxLength: 3 }).map((tokens) => tokens.join(''));
    const glob = fc.array(fc.oneof(part, fc.constant('**')), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const path = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', '*'), minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
    fc.assert(fc.property(glob, glob, path, (outer, inner, one) => {
      if (coversGlob([outer], inner) && matches(inner, one)) expect([outer, inner, one, matches(outer, one)]).toEqual([outer, inner, one, true]);
      expect(coversGlob([inner], inner)).toBe(true);
    }), { numRuns: 3_000 });
  });
});
