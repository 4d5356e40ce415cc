import { describe, expect, test } from 'vitest';
import { complain, refuse, remark } from '../../src/domain/problem.js';
import { githubOf } from '../../src/output/github.js';

const at = (line: number, file = 'tickets/a.yaml') => complain('yaml-several-documents', {}, { file, line, column: 3, endLine: line, endColumn: 9, source: 'text', label: 'label' });

describe('annotations', () => {
  test('name file, lines, columns and code, and say what to run', () => {
    expect(githubOf([at(4)])).toBe(
      '::error file=tickets/a.yaml,line=4,col=3,endLine=4,endColumn=9,title=yaml-several-documents::Another document begins here, and a file holds one.%0Acxw validate\n');
  });

  test('do without a place', () => {
    expect(githubOf([refuse('no-policy', {})])).toBe('::error title=no-policy::There is no .cxw/policy.yaml: cxw is not set up in this repository.%0Acxw init\n');
  });

  test('escape what would end a property or a message', () => {
    const [line, ...more] = githubOf([at(1, 'a,b:c%d\ne::error::x.yaml')]).trimEnd().split('\n');
    expect(more).toEqual([]);
    expect(line).toContain('file=a%2Cb%3Ac%25d\\u{a}e%3A%3Aerror%3A%3Ax.yaml,line=1');
    const said = githubOf([complain('yaml-tag', { tag: '!100%\n::error::forged' }, { file: 'a' })]);
    expect(said).toContain('!100%25\\u{a}::error::forged is a tag');
    expect(said.trimEnd().split('\n')).toHaveLength(1);
  });

  test('are ten of a kind at most, and say how many there are', () => {
    const warning = complain('proof-without-criterion', { proof: 'P9' }, { file: 'b' }, 'warning');
    const lines = githubOf([...Array.from({ length: 13 }, (_, line) => at(line + 1)), ...Array<typeof warning>(11).fill(warning)]).trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(10);
    expect(lines.at(-1)).toBe('::notice::Of 13 errors and 11 warnings, the first 10 of each are shown here; cxw validate lists them all.');
    expect(githubOf(Array<typeof warning>(10).fill(warning))).not.toContain('::notice');
  });

  test('are none for nothing, and none for notes', () => {
    expect(githubOf([])).toBe('');
    expect(githubOf([remark('line-endings-only', { ticket: 'T', path: 'a' as never })])).toBe('');
  });
});
