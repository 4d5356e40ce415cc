import { describe, expect, test } from 'vitest';
import { parseSealed, sealedLines, SEALED_LIMIT } from '../../src/domain/seal.js';
import { readSealed } from '../../src/domain/sealReading.js';
import { aLife, chained, lifeOf, sha256, TICKET } from '../support/sealed.js';

const { facts, lines } = chained(lifeOf(aLife()));
const read = (parts: readonly Uint8Array[]) => readSealed(sealedLines(parts), TICKET, sha256);
const whys = (parts: readonly Uint8Array[]): string[] => {
  const reading = read(parts);
  return reading.ok ? [] : reading.faults.map((fault) => `${fault.line}: ${fault.why}`);
};
const edited = (at: number, edit: (text: string) => string): Buffer[] =>
  lines.map((line, number) => (number === at ? Buffer.from(edit(line.toString())) : line));

describe('a sealed ledger', () => {
  test('is the exact bytes of its facts, and gives them back', () => {
    expect(parseSealed(sealedLines(lines)).map((line) => Buffer.from(line))).toEqual(lines);
    expect(read(lines)).toEqual({ ok: true, facts });
  });

  test('shows an edited fact at the line after it', () => {
    expect(whys(edited(3, (line) => line.replace('writer', 'planner')))).toEqual(['5: it does not name the line before: a line was edited, removed or moved']);
  });

  test('shows a removed and a moved fact', () => {
    expect(whys(lines.toSpliced(4, 1))[0]).toBe('5: it is numbered 6');
    expect(whys([lines[1]!, lines[0]!, ...lines.slice(2)])).toContain('1: it does not name the line before: a line was edited, removed or moved');
  });

  test('belongs to one ticket', () => {
    const reading = readSealed(sealedLines(lines), 'TKT-2026-11-21-other', sha256);
    expect(reading.ok ? [] : reading.faults.map((fault) => fault.why)).toContain('it belongs to another ticket');
  });

  test.each([
    ['nothing', [], '0: it is empty'],
    ['a torn last line', [...lines.slice(0, -1), lines.at(-1)!.subarray(0, -1)], `${lines.length}: it has no end`],
    ['no JSON', [Buffer.from('{"v":1,\n')], '1: it is no JSON'],
    ['no text', [Buffer.from([0xff, 0x0a])], '1: it is no JSON'],
    ['another value', [Buffer.from('null\n')], '1: it is no fact'],
    ['an empty line', [Buffer.from('\n')], '1: it is no JSON'],
    ['a newer format', [Buffer.from('{"v":2}\n')], '1: it is of version 2, which a newer cxw wrote'],
    ['doubled keys', edited(0, (line) => line.replace('"seq":1', '"seq":9,"seq":1')), '1: it is not written as facts are'],
    ['other spacing', edited(0, (line) => line.replace('"seq":1', '"seq": 1')), '1: it is not written as facts are'],
    ['a key of the language', edited(0, (line) => line.replace('{', '{"__proto__":{"seq":1},')), '1: it is no fact'],
    ['an unknown key', edited(0, (line) => line.replace('{', '{"extra":1,')), '1: it is no fact'],
  ])('with %s is refused', (_, parts, why) => {
    expect(whys(parts)).toContain(why);
  });

  test('deeper than any reader can bear is refused without a crash', () => {
    expect(whys([Buffer.from(`${'['.repeat(200_000)}${']'.repeat(200_000)}\n`)])).toHaveLength(1);
  });

  test('that is too long is not read', () => {
    expect(readSealed(new Uint8Array(SEALED_LIMIT + 1), TICKET, sha256)).toEqual({ ok: false, faults: [{ line: 0, why: `it is longer than ${SEALED_LIMIT} bytes` }] });
  });
});
