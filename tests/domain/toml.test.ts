import { describe, expect, test } from 'vitest';
import { jsonFault } from '../../src/domain/documents/json.js';
import { placesIn } from '../../src/domain/documents/places.js';
import { readToml } from '../../src/domain/documents/toml.js';
import fc from '../support/property.js';

const read = (text: string) => readToml(text, placesIn('a.toml', text));
const valueOf = (text: string): unknown => {
  const reading = read(text);
  return reading.ok ? JSON.parse(JSON.stringify(reading.value)) : reading.problems;
};

describe('TOML', () => {
  test.each([
    ['keys of every kind', 'a = 1\n"b c".d = 2\n\'e\' = 3\n1.2 = "x"\n', { a: 1, 'b c': { d: 2 }, e: 3, 1: { 2: 'x' } }],
    ['tables, and lists of them', '[a.b] # c\nx = 1\n[a]\ny = 2\n[[l]]\nz = 1\n[[l]]\n[l.m]\nn = true', { a: { b: { x: 1 }, y: 2 }, l: [{ z: 1 }, { m: { n: true } }] }],
    ['strings of every kind', String.raw`a = "t\tn\u0041"` + "\nb = 'c:\\d'\nc = \"\"\"\nx \\\n   y\"\"\"\"\nd = '''\nit''s'''\n", { a: 't\tnA', b: 'c:\\d', c: 'x y"', d: "it''s" }],
    ['numbers', 'a = 1_000\nb = 0xff\nc = -1.5e3\nd = false\ne = 1979-05-27T07:32:00Z\nf = 07:32:00\n', { a: 1000, b: 255, c: -1500, d: false, e: '1979-05-27T07:32:00Z', f: '07:32:00' }],
    ['lists over lines, tables on one', 'a = [\n  1, # one\n  2,\n]\nb = { c = 1, d.e = [] }\nf = {}\n', { a: [1, 2], b: { c: 1, d: { e: [] } }, f: {} }],
    ['CRLF, and nothing at all', '# c\r\na = 1\r\n\r\n', { a: 1 }],
    ['a key that objects inherit', 'constructor = 1\n[__proto__]\nx = 1\n', JSON.parse('{"constructor":1,"__proto__":{"x":1}}')],
  ])('%s', (_, text, value) => expect(valueOf(text)).toEqual(value));

  test.each([
    ['a = \n', 1, 5], ['a 1\n', 1, 2], ['= 1\n', 1, 1], ['a = 1 b = 2\n', 1, 7], ['a = "x\nb = 1\n', 1, 5], ["a = '''\nx\n", 1, 5], ['a = "\\q"\n', 1, 5],
    ['a = 1\na = 2\n', 2, 1], ['[a]\n[a]\n', 2, 1], ['a = 1\n[a.b]\n', 2, 1], ['a = {}\na.b = 1\n', 2, 1], ['[a\nb = 1\n', 1, 3], ['[[a]\n', 1, 4], ['a = [1 2]\n', 1, 8], ['a = [1,\n', 1, 5],
    ['a = 01\n', 1, 5], ['a = yes\n', 1, 5], ['a = { b = 1\n', 1, 12], [`a = ${'['.repeat(99)}`, 1, 56], ['l = []\n[[l]]\n', 2, 1],
  ])('tells of %j where it is wrong', (text, line, column) => {
    expect(read(text)).toMatchObject({ ok: false, problems: [{ code: 'toml-syntax', place: { line, column } }] });
  });

  test('knows where a value stands, and its key', () => {
    const reading = read('[a]\nb = "c"\n');
    expect(reading.ok && [reading.where.value(['a', 'b']), reading.where.key(['a', 'b']), reading.where.key(['a', 'x'])]).toMatchObject([{ line: 2, column: 5 }, { line: 2, column: 1 }, { line: 1, column: 1 }]);
    expect(reading.ok && reading.where.written(['a', 'b'])).toBe('c');
  });

  test('reads back what it is given, and ends with every text', () => {
    const leaf = fc.oneof(fc.string({ unit: 'grapheme-ascii' }), fc.integer(), fc.boolean());
    fc.assert(fc.property(fc.dictionary(fc.string({ unit: 'grapheme-ascii' }), fc.oneof(leaf, fc.array(leaf))), (table) => {
      const text = Object.entries(table).map(([key, value]) => `${JSON.stringify(key)} = ${JSON.stringify(value)}\n`).join('');
      expect(valueOf(text)).toEqual(table);
      for (let cut = 0; cut < text.length; cut += 7) read(text.slice(0, cut));
    }));
  });
});

describe('JSON', () => {
  test.each([
    ['{"a": 1,}', 8], ['{"a" 1}', 5], ['[1 2]', 3], ['{a: 1}', 1], ["{'a': 1}", 1], ['[1, 2', 5], ['{"a": 01}', 6], ['{} {}', 3], ['', 0], ['{"a": "x\ny"}', 6], ['[,1]', 1], ['{"a": 1 // c\n}', 8],
  ])('tells of %j where it is wrong', (text, at) => expect(jsonFault(text)?.at).toBe(at));

  test('of every JSON that is cut short, at its end or in its last word', () => {
    fc.assert(fc.property(fc.json(), fc.nat(), (text, at) => {
      const cut = text.slice(0, at % (text.length + 1));
      const found = jsonFault(cut);
      expect(jsonFault(text)).toBeUndefined();
      if (found !== undefined) expect(found.at).toBeLessThanOrEqual(cut.length);
    }));
  });
});
