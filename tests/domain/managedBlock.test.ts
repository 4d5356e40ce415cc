import fc from '../support/property.js';
import { describe, expect, test } from 'vitest';
import { BLOCK_BEGIN, BLOCK_END, insertBlock, readBlock, removeBlock } from '../../src/domain/managedBlock.js';

const BLOCK = `${BLOCK_BEGIN}\n## Ours\n\nRun \`cxw status\`.\n${BLOCK_END}\n`;
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));
const text = (content: Uint8Array): string => Buffer.from(content).toString('utf8');

describe('the managed block', () => {
  test('stands at the end, after a blank line', () => {
    expect(text(insertBlock(bytes('# Mine\n'), BLOCK))).toBe(`# Mine\n\n${BLOCK}`);
  });

  test('is read back with its markers and LF, whatever line endings the file has', () => {
    const reading = readBlock(insertBlock(bytes('# Mine\r\n'), BLOCK));
    expect(reading).toMatchObject({ found: 'one', text: BLOCK.trimEnd() });
  });

  test.each([
    ['CRLF', '# Mine\r\nmore\r\n'],
    ['no final newline', '# Mine'],
    ['a byte order mark', '\ufeff# Mine\n'],
    ['nothing at all', ''],
    ['only a newline', '\n'],
    ['trailing blank lines', '# Mine\n\n\n'],
    ['mixed line endings', '# Mine\r\nmore\n'],
  ])('comes and goes without a trace in a file with %s', (_, original) => {
    const merged = insertBlock(bytes(original), BLOCK);
    expect(text(merged).startsWith(original)).toBe(true);
    expect(text(removeBlock(merged))).toBe(original);
  });

  test('keeps a missing final newline missing, and CRLF throughout', () => {
    expect(text(insertBlock(bytes('# Mine'), BLOCK)).endsWith(BLOCK_END)).toBe(true);
    expect(text(insertBlock(bytes('# Mine\r\n'), BLOCK))).not.toMatch(/[^\r]\n/);
  });

  test('comes and goes without a trace in any bytes', () => {
    fc.assert(fc.property(
      fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.string({ unit: fc.constantFrom('\r', '\n', 'a', ' ', 'ü', '<'), maxLength: 12 }).map(bytes)),
      (original) => {
        const merged = insertBlock(original, BLOCK);
        expect(Buffer.from(merged.subarray(0, original.length)).equals(Buffer.from(original))).toBe(true);
        expect(Buffer.from(removeBlock(merged)).equals(Buffer.from(original))).toBe(true);
      },
    ));
  });

  test('leaves what was added after it', () => {
    const grown = bytes(`${text(insertBlock(bytes('# Mine\n'), BLOCK))}\nAdded later.\n`);
    expect(text(removeBlock(grown))).toBe('# Mine\n\nAdded later.\n');
  });

  test.each([
    ['begin-without-end', `a\n${BLOCK_BEGIN}\n`, 2],
    ['end-without-begin', `${BLOCK_END}\n`, 1],
    ['end-without-begin', `${BLOCK}${BLOCK_END}\n`, 6],
    ['nested', `${BLOCK_BEGIN}\n${BLOCK_BEGIN}\n${BLOCK_END}\n${BLOCK_END}\n`, 2],
    ['doubled', `${BLOCK}\n${BLOCK}`, 7],
  ] as const)('is broken: %s', (fault, content, line) => {
    expect(readBlock(bytes(content))).toEqual({ found: 'broken', fault, line });
  });

  test('a marker inside a sentence is no marker', () => {
    expect(readBlock(bytes(`The marker is ${BLOCK_BEGIN} here.\n`))).toEqual({ found: 'none' });
  });
});
