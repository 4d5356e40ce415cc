import { describe, expect, test } from 'vitest';
import { asCell, cellsOf } from '../../../src/domain/specs/cells.js';
import { readMarkdown } from '../../../src/domain/specs/markdown.js';
import fc from '../../support/property.js';

const words = (line: string): string[] => cellsOf(line, 0).map(({ text }) => text);

describe('a line of a table', () => {
  test.each([
    ['| a | b |', ['a', 'b']],
    ['a | b', ['a', 'b']],
    ['| a || b |', ['a', '', 'b']],
    ['  | a | b |  ', ['a', 'b']],
    [String.raw`| a \| b | c |`, ['a | b', 'c']],
    [String.raw`| a \\| b |`, [String.raw`a \\`, 'b']],
    ['| a | b', ['a', 'b']],
    ['|', []],
    ['a', ['a']],
  ])('%s', (line, cells) => expect(words(line)).toEqual(cells));

  test('a cell says where it stands', () => {
    const line = '| ab |  c d  ||';
    expect(cellsOf(line, 100).map(({ from, to }) => line.slice(from - 100, to - 100))).toEqual(['ab', 'c d', '']);
  });

  test('whatever is written into cells is read out of as many', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 6 }), (texts) => {
      const line = `| ${texts.map(asCell).join(' | ')} |`;
      expect(line).not.toMatch(/[\r\n]/);
      const read = words(line);
      expect(read.length).toBe(texts.length);
      texts.forEach((text, at) => { if (!/\\|\s/.test(text)) expect(read[at]).toBe(text); });
    }));
  });
});

const tables = (text: string): string[][][] => readMarkdown(text).sections.flatMap(({ tables: some }) => some.map(({ header, rows }) => [header, ...rows].map(({ cells }) => cells.map((cell) => cell.text))));

describe('a document', () => {
  const TEXT = [
    '# Requirements: Log in', '', '- **Status**: proposed <!-- or accepted -->', '- Ticket: TKT: 1', 'Some words: not a field', '', '## One ##', '',
    '| a | b |', '|---|:-:|', '| 1 | 2 |', '', '### Deeper', '', 'x | y', '--|--', '3 | 4', '## Two', '- Later: no field', '',
  ];

  test.each(['\n', '\r\n'])('is read by line, whatever its line ends (%j)', (end) => {
    const { title, fields, sections } = readMarkdown(TEXT.join(end));
    expect(title?.text).toBe('Requirements: Log in');
    expect(fields.map(({ key, value }) => [key.text, value.text])).toEqual([['Status', 'proposed'], ['Ticket', 'TKT: 1']]);
    expect(sections.map(({ heading, tables: some }) => [heading.text, some.length])).toEqual([['One', 2], ['Two', 0]]);
    expect(tables(TEXT.join(end))).toEqual([[['a', 'b'], ['1', '2']], [['x', 'y'], ['3', '4']]]);
  });

  test('what stands in code or in a comment says nothing, and moves nothing', () => {
    const table = '| a |\n|---|\n| 1 |\n';
    const text = `## One\n\n\`\`\`md\n${table}\`\`\`\n\n<!--\n${table}-->\n\n~~~\n\`\`\`\n${table}~~~\n\n| b |\n|---|\n| 2 |\n`;
    expect(tables(text)).toEqual([[['b'], ['2']]]);
    const [cell] = readMarkdown(text).sections[0]!.tables[0]!.rows[0]!.cells;
    expect(text.slice(cell!.from, cell!.to)).toBe('2');
  });

  test('a comment that does not end hides nothing', () => expect(tables('## One\n<!-- oh\n\n| b |\n|---|\n| 2 |\n')).toEqual([[['b'], ['2']]]));

  test('every cell of any text is found again at its place', () => {
    const piece = fc.constantFrom('|', '\\', '-', '#', ' ', '\n', '\r\n', '`', '```', '<!--', '-->', ':', 'a', 'é', '😀', '|---|\n', '## s\n');
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')), (text) => {
      for (const { tables: some } of readMarkdown(text).sections) {
        for (const row of some.flatMap(({ header, delimiter, rows }) => [header, delimiter, ...rows])) {
          expect(text.slice(row.from, row.to)).not.toContain('\n');
          for (const { text: said, from, to } of row.cells) {
            expect(row.from <= from && from <= to && to <= row.to).toBe(true);
            if (said !== '' && !said.includes('|')) expect(text.slice(from, to).replace(/<!--.*?-->/g, ' ')).toContain(said.split(' ')[0]);
          }
        }
      }
    }), { numRuns: 500 });
  });

  test('a hostile text of the greatest size is read at once', () => {
    const size = 262_144;
    for (const unit of ['<!--', '|', '|-|\n', '- a:', 'a', '`', '#', ' # ', '- **', '```\n', '| a | b |\n|---|---|\n\n']) {
      const before = performance.now();
      readMarkdown(unit.repeat(Math.floor(size / unit.length)));
      expect(performance.now() - before, unit).toBeLessThan(2_000);
    }
  });
});
