import { describe, expect, test } from 'vitest';
import { asText, fieldsIn, linksIn, prose, sectionsIn, tablesIn, wordsShown } from '../../src/domain/documents/markdown.js';
import { localLinks } from '../../src/domain/documents/links.js';
import { ownPath } from '../../src/domain/paths.js';
import fc from '../support/property.js';

describe('prose', () => {
  test('blanks code and comments, and nothing else', () => {
    const text = ['a `b | c` d', '```md', '| x |', '```', 'e <!-- f', 'g --> h', '~~~', '```', '~~~', 'i'].join('\n');
    expect(prose(text).split('\n').map((line) => line.trim())).toEqual(['a         d', '', '', '', 'e', 'h', '', '', '', 'i']);
  });

  test('keeps length and line ends, whatever the text', () => {
    const piece = fc.constantFrom('`', '``', '```', '~~~', '\n', '\r\n', '<!--', '-->', '|', 'é', '𝄞', ' ', 'x', '[a](b)');
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')), (text) => {
      const shown = prose(text);
      expect(shown.length).toBe(text.length);
      expect([...shown.matchAll(/\r?\n/g)].map(({ index }) => index)).toEqual([...text.matchAll(/\r?\n/g)].map(({ index }) => index));
    }));
  });

  test('takes no longer for a page made to be slow', () => {
    const begun = performance.now();
    prose('`'.repeat(3).concat('x').repeat(60_000));
    linksIn(`${'[a]('.repeat(40_000)}\n${'](('.repeat(40_000)}`);
    tablesIn(`|a|\n|-|\n${'|'.repeat(100_000)}`);
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

describe('tables', () => {
  test('with and without bars at the ends, CRLF, and escaped bars', () => {
    const [framed, bare] = tablesIn('| a | b |\r\n|---|:-:|\r\n| 1 \\| 2 | x |\r\n\r\nc | d\n-|-\n3 | 4\n\nend | of\n');
    expect(framed!.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([['1 | 2', 'x']]);
    expect(bare!.head.cells.map(({ text }) => text)).toEqual(['c', 'd']);
    expect(bare!.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([['3', '4']]);
  });

  test('none in code', () => expect(tablesIn('```\n| a |\n|---|\n| 1 |\n```\n')).toEqual([]));

  test('what is written into cells is read back, and stands where its offsets say', () => {
    const word = fc.stringMatching(/^[a-zé|\\ ]{0,12}$/).map((text) => text.trim());
    fc.assert(fc.property(fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 5 }), (rows) => {
      const text = `| a | b |\n|---|---|\n${rows.map((cells) => `| ${cells.map(asText).join(' | ')} |`).join('\n')}\n`;
      const read = tablesIn(text)[0]!.rows;
      expect(read.map(({ cells }) => cells.map((cell) => wordsShown(cell.text)))).toEqual(rows);
      for (const cell of read.flatMap(({ cells }) => cells)) expect(text.slice(cell.from, cell.to).replaceAll('\\|', '|')).toBe(cell.text);
    }));
  });
});

test('fields end where sections begin; comments in them are not read', () => {
  expect(fieldsIn('# T\n\n- Status: Draft <!-- or Accepted -->\n* Tags: a, b\r\n\n## S\n- Date: no\n').map(({ name, text }) => [name, text])).toEqual([['Status', 'Draft'], ['Tags', 'a, b']]);
});

test('sections know where their words are', () => {
  const text = '# One\nwords\n## Two ##\nmore\n```\n# none\n```\n';
  expect(sectionsIn(text).map(({ title, level, body, to }) => [title, level, text.slice(body, to).trim().split('\n')[0]])).toEqual([['One', 1, 'words'], ['Two', 2, 'more']]);
});

describe('links', () => {
  const paths = (text: string) => localLinks(ownPath('docs/a/b.md'), text).map(({ path, place }) => [path, place.line, place.column]);
  test.each([
    ['[x](c.md)', [['docs/a/c.md', 1, 5]]],
    ['![x](../img/é%20e.png "title")', [['docs/img/é e.png', 1, 6]]],
    ['a\n[x](<../c d.md#part>)', [['docs/c d.md', 2, 5]]],
    ['[x]: /README.md', [['README.md', 1, 6]]],
    ['[x](../../../out.md)', [[undefined, 1, 5]]],
    ['[x](a%ff.md)', [[undefined, 1, 5]]],
    ['[x](https://example.org) [y](mailto:a@b.c) [z](#here) [w](//host/x)', []],
    ['`[x](gone.md)` <!-- [y](gone.md) -->', []],
    ['[x](a(1).md)', [['docs/a/a(1).md', 1, 5]]],
    ['[x](../..)', [['', 1, 5]]],
  ])('%s', (text, expected) => expect(paths(text)).toEqual(expected));
});
