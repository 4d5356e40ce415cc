import fc from '../support/property.js';
import { describe, expect, test } from 'vitest';
import { visible, visibleBlock, visibleJson } from '../../src/output/escape.js';

const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ud800-\udfff](?![\udc00-\udfff])(?<![\ud800-\udbff][\udc00-\udfff])/;

describe('foreign text', () => {
  test.each([
    ['escape sequence', '\u001b[31mred\u001b]8;;http://x\u0007', '\\u{1b}[31mred\\u{1b}]8;;http://x\\u{7}'],
    ['C1 introducer', '\u009b31m', '\\u{9b}31m'],
    ['delete', 'a\u007fb', 'a\\u{7f}b'],
    ['carriage return', 'safe\rrm -rf', 'safe\\u{d}rm -rf'],
    ['right-to-left override', 'a\u202etxt.exe', 'a\\u{202e}txt.exe'],
    ['zero width', 'ad\u200bmin', 'ad\\u{200b}min'],
    ['tag character', 'a\u{e0041}b', 'a\\u{e0041}b'],
    ['lone surrogate', 'a\udcffb', 'a\\u{dcff}b'],
    ['newline and tab on one line', 'a\nb\tc', 'a\\u{a}b\\u{9}c'],
    ['ordinary text', 'Grüße, 世界 🙂 e\u0301', 'Grüße, 世界 🙂 e\u0301'],
  ])('%s', (_, foreign, shown) => expect(visible(foreign)).toBe(shown));

  test('keeps its lines and tabs in a block', () => expect(visibleBlock('a\r\n\tb\u001b\n')).toBe('a\n\tb\\u{1b}\n'));

  test('is cut with a count, never within a character', () => {
    expect(visible('x'.repeat(1_000_000))).toBe(`${'x'.repeat(4_000)}… (996000 more characters)`);
    expect(visible('ab🙂cd', 3)).toBe('ab… (4 more characters)');
  });

  test('never shows a character that a terminal obeys or a reader cannot see', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visible(text)).not.toMatch(HARMFUL);
      expect(visible(text)).not.toMatch(/[\n\t]/);
      expect(visibleBlock(text)).not.toMatch(HARMFUL);
    }), { numRuns: 300 });
  });
});

describe('JSON', () => {
  test('escapes what a reader cannot see, and parses back to the same', () => {
    const value = { name: '\u001b\u007f\u009b\u200b\u202e\ufeff\u{e0041}\udcff', plain: 'Grüße 🙂' };
    const text = visibleJson(value);
    expect(text).toContain('\\u001b\\u007f\\u009b\\u200b\\u202e\\ufeff\\udb40\\udc41\\udcff');
    expect(text).toContain('Grüße 🙂');
    expect(JSON.parse(text)).toEqual(value);
  });

  test('round-trips any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const written = visibleJson({ text });
      expect(written).not.toMatch(HARMFUL);
      expect(JSON.parse(written)).toEqual({ text });
    }), { numRuns: 300 });
  });
});
