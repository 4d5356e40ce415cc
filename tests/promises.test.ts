import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Proof {
  file: string;
  /** Absent where the tests of a file come from data. */
  title?: string;
}

const proofsIn = (text: string): Proof[] =>
  [...text.matchAll(/`(tests\/[^`]+\.test\.ts)`(?:: ([^|\n]+?))? *(?:\||$)/gm)].map(([, file, title]) => ({ file: file!, title }));

/** Titles of a test file, as they are written there. */
const titlesIn = (file: string): string[] =>
  [...read(file).matchAll(/(?:\b(?:test|it)(?:\.\w+)*(?:\([^\n]*\))?|^\s*\]\))\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gm)].map(([, , title]) => title!.replace(/\\(.)/g, '$1'));

const promises = read('docs/explanation/promises.md').split(/^## /m).slice(1).map((section) => ({ name: section.split('\n')[0]!, section }));

describe('every promise', () => {
  test('has a number of its own, without gaps', () => {
    expect(promises.map(({ name }) => name.split(' ')[0])).toEqual(promises.map((_, at) => `P${at + 1}`));
  });

  test.each(promises)('$name: says how it is kept, what proves it, and what is not promised', ({ section }) => {
    expect(section).toMatch(/^- How: \S/m);
    expect(section).toMatch(/^- Not promised: \S/m);
    expect(proofsIn(section).length).toBeGreaterThan(0);
  });
});

test.each(['promises.md', 'defects.md'])('every test that %s names exists', (page) => {
  const missing = proofsIn(read(`docs/explanation/${page}`)).filter(({ file, title }) => !existsSync(join(root, file)) || (title !== undefined && !titlesIn(file).includes(title)));
  expect(missing).toEqual([]);
});

test('whatever is tested whole, under fire or in a race proves a promise', () => {
  const named = new Set(promises.flatMap(({ section }) => proofsIn(section)).map(({ file }) => file));
  expect([...wholeTests('tests/e2e'), ...wholeTests('tests/fire'), ...wholeTests('tests/graph')].filter((file) => !named.has(file))).toEqual([]);
});

function wholeTests(folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts')).map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}

test('each promise says once how it is kept, and at most once what is not promised', () => {
  for (const promise of read('docs/explanation/promises.md').split(/^## /m).slice(1)) {
    const said = (word: string): number => promise.split(`\n- ${word}:`).length - 1;
    expect([said('How'), said('Proof'), Math.max(1, said('Not promised'))], promise.split('\n')[0]).toEqual([1, 1, 1]);
  }
});
