import { execFileSync } from 'node:child_process';
import fc from '../support/property.js';
import { describe, expect, test } from 'vitest';
import { splitCommandLine } from '../../src/domain/commandLine.js';
import { shellWord } from '../../src/domain/paths.js';

describe('splitCommandLine', () => {
  test.each([
    ['npm test', ['npm', 'test']],
    ['  npm \t test  ', ['npm', 'test']],
    ["grep -q 'a b; c' \"d $\"", undefined],
    ["grep 'a b; c' d", ['grep', 'a b; c', 'd']],
    ['printf "a \\"b\\" \\n"', ['printf', 'a "b" \\n']],
    ['a\\ b c', ['a b', 'c']],
    ["'' x", ['', 'x']],
    ['pre"fix"\'ed\'', ['prefixed']],
    ['vitest run tests/*.test.ts', ['vitest', 'run', 'tests/*.test.ts']],
    ['echo "x\\', undefined],
    ['ünï "cödé 🙂"', ['ünï', 'cödé 🙂']],
    ['env A=1 npm test', ['env', 'A=1', 'npm', 'test']],
  ])('%s', (line, words) => {
    const split = splitCommandLine(line);
    expect(split.ok ? split.words : undefined).toEqual(words);
  });

  test.each([
    ['npm test && npm run lint', 'shell-syntax', 10, '&'],
    ['npm test; true', 'shell-syntax', 9, ';'],
    ['npm test | tee log', 'shell-syntax', 10, '|'],
    ['echo $HOME', 'shell-syntax', 6, '$'],
    ['echo "$HOME"', 'shell-syntax', 7, '$'],
    ['echo `id`', 'shell-syntax', 6, '`'],
    ['npm test > log', 'shell-syntax', 10, '>'],
    ['sort < in', 'shell-syntax', 6, '<'],
    ['(npm test)', 'shell-syntax', 1, '('],
    ['npm test\nrm x', 'shell-syntax', 9, '\n'],
    ['CI=1 npm test', 'assignment', 1, 'CI=1'],
    ["npm 'test", 'unclosed-quote', 5, "'"],
    ['npm "test', 'unclosed-quote', 5, '"'],
    ['npm test\\', 'dangling-backslash', 9, '\\'],
    ['   ', 'empty', 1, ''],
  ])('%j is refused: %s in column %i', (line, fault, column, found) => {
    expect(splitCommandLine(line)).toEqual({ ok: false, fault, column, found });
  });

  test('takes back every list of words that was quoted for a shell', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (words) => {
      fc.pre(!/^[A-Za-z_][A-Za-z0-9_]*=/.test(words[0]!));
      expect(splitCommandLine(words.map(shellWord).join(' '))).toEqual({ ok: true, words });
    }));
  });

  test('reads what it accepts as a real shell does', () => {
    const characters = fc.constantFrom('a', 'b', ' ', '"', "'", '\\', 'ü', '=', '-');
    fc.assert(fc.property(fc.string({ unit: characters, maxLength: 14 }), (tail) => {
      const line = `x ${tail}`;
      const split = splitCommandLine(line);
      fc.pre(split.ok);
      const shell = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });
      expect(shell.split('\0').slice(0, -1)).toEqual(split.ok && split.words);
    }), { numRuns: 60 });
  });
});
