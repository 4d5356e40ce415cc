import { describe, expect, test } from 'vitest';
import { placesIn } from '../../src/domain/documents/places.js';
import type { Place } from '../../src/domain/problem.js';
import { frame } from '../../src/output/frame.js';

const wide = { unicode: true, width: 100 };
const place = (line: string, column: number, endColumn: number, label?: string): Place => ({ file: 'a.yaml', line: 1, column, endLine: 1, endColumn, source: `${line}\nmore\n`, label });

describe('a frame', () => {
  test('shows the line, and marks the place with its label', () => {
    expect(frame({ ...place('', 1, 6, 'perhaps title'), line: 12, endLine: 12, source: `${'x\n'.repeat(11)}titel: Fix\n` }, wide)).toEqual([
      '12 │ titel: Fix',
      '   │ ^^^^^ perhaps title',
    ]);
  });

  test('is drawn in ASCII where the terminal shows no more', () => {
    expect(frame(place('titel: Fix', 1, 6), { unicode: false, width: 100 })).toEqual(['1 | titel: Fix', '  | ^^^^^']);
  });

  test('widens tabs alike above and below', () => {
    expect(frame(place('\ta\tb: c', 4, 5), wide)).toEqual(['1 │     a   b: c', '  │         ^']);
  });

  test('gives wide characters two columns, and combining ones none', () => {
    expect(frame(place('[日本語, e\u0301, 😀, x]', 2, 5), wide)[1]).toBe('  │  ^^^^^^');
    expect(frame(place('[日本語, e\u0301, 😀, x]', 14, 15), wide)[1]).toBe(`  │ ${' '.repeat(16)}^`);
  });

  test('makes characters visible that a terminal would obey', () => {
    const [line, mark] = frame(place('a\u001b[2Jb', 2, 3, 'U+001B\u202e'), wide);
    expect(line).toBe('1 │ a\\u{1b}[2Jb');
    expect(mark).toBe('  │  ^^^^^^ U+001B\\u{202e}');
  });

  test('of a document shows its secrets covered, sign by sign, so that the mark stays where it is', () => {
    const text = `remote: https://ada:p😀w@a.example/?token=abc # ghp_${'a1'.repeat(10)}!\nkey: |\n  -----BEGIN RSA PRIVATE KEY-----\n  MIIEpA\n`;
    const at = placesIn('a.yaml', text);
    expect(frame(at(text.indexOf('https')), wide)).toEqual([`1 │ remote: https://********a.example/?token=*** # ${'*'.repeat(24)}!`, '  │         ^']);
    expect(frame(at(text.indexOf('MIIE')), wide)).toEqual(['4 │ ********', '  │   ^']);
  });

  test('cuts a long line around its mark', () => {
    const long = `${'a'.repeat(500)}HERE${'b'.repeat(500)}`;
    for (const unicode of [true, false]) {
      const [line, mark] = frame(place(long, 501, 505, 'here'), { unicode, width: 60 });
      expect(line!.length).toBeLessThanOrEqual(60);
      expect(line!.slice(mark!.indexOf('^'), mark!.lastIndexOf('^') + 1)).toBe('HERE');
      expect(line).toMatch(unicode ? /^1 │ …a+HEREb+…$/ : /^1 \| \.{3}a+HEREb+\.{3}$/);
    }
  });

  test('cuts a long line at one end only when the mark is near the other', () => {
    expect(frame(place(`HERE${'b'.repeat(500)}`, 1, 5), { unicode: true, width: 40 })[0]).toMatch(/^1 │ HEREb+…$/);
    const [line, mark] = frame(place(`${'a'.repeat(500)}HERE`, 501, 505), { unicode: true, width: 40 });
    expect(line).toMatch(/^1 │ …a+HERE$/);
    expect(line!.slice(mark!.indexOf('^'), mark!.lastIndexOf('^') + 1)).toBe('HERE');
  });

  test('marks no more than is shown', () => {
    const [line, mark] = frame(place('x'.repeat(1_000), 1, 1_001), { unicode: true, width: 50 });
    expect(mark!.length).toBeLessThanOrEqual(line!.length);
  });

  test('marks one place behind the last character, and a missing end', () => {
    expect(frame(place('ab', 3, 4), wide)).toEqual(['1 │ ab', '  │   ^']);
    expect(frame({ file: 'a', line: 1, column: 2, source: 'ab' }, wide)).toEqual(['1 │ ab', '  │  ^']);
  });

  test('marks to the end of the line what goes on below it', () => {
    expect(frame({ ...place('plan: here', 7, 2), endLine: 2 }, wide)[1]).toBe('  │       ^^^^');
  });

  test('drops the carriage return', () => {
    expect(frame({ file: 'a', line: 1, column: 1, endColumn: 2, source: 'ab\r\nc' }, wide)).toEqual(['1 │ ab', '  │ ^']);
  });

  test('is nothing without a line or its text', () => {
    expect(frame({ file: 'a' }, wide)).toEqual([]);
    expect(frame({ file: 'a', line: 3 }, wide)).toEqual([]);
    expect(frame({ file: 'a', line: 3, source: 'one' }, wide)).toEqual([]);
  });
});
