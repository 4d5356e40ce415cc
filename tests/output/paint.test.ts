import { describe, expect, test } from 'vitest';
import { openPaint, showsUnicode, wantsColour } from '../../src/output/paint.js';

describe('colour', () => {
  test.each([
    ['a terminal', { env: {}, terminal: true }, true],
    ['a pipe', { env: {}, terminal: false }, false],
    ['CI alone changes nothing', { env: { CI: 'true' }, terminal: false }, false],
    ['NO_COLOR', { env: { NO_COLOR: '1' }, terminal: true }, false],
    ['an empty NO_COLOR says nothing', { env: { NO_COLOR: '' }, terminal: true }, true],
    ['NO_COLOR before FORCE_COLOR', { env: { NO_COLOR: '1', FORCE_COLOR: '1' }, terminal: true }, false],
    ['FORCE_COLOR on a pipe', { env: { FORCE_COLOR: '1' }, terminal: false }, true],
    ['FORCE_COLOR=0', { env: { FORCE_COLOR: '0' }, terminal: true }, false],
    ['FORCE_COLOR=false', { env: { FORCE_COLOR: 'false' }, terminal: true }, false],
    ['a dumb terminal', { env: { TERM: 'dumb' }, terminal: true }, false],
    ['an agent', { env: {}, terminal: true, agent: 'claude' }, false],
    ['the flag before everything', { flag: true, env: { NO_COLOR: '1' }, terminal: false }, true],
    ['--no-color before FORCE_COLOR', { flag: false, env: { FORCE_COLOR: '1' }, terminal: true }, false],
  ])('%s', (_, asked, wanted) => expect(wantsColour(asked)).toBe(wanted));

  test('off means no escape byte at all', async () => {
    const plain = await openPaint({ colour: false, unicode: true });
    expect(plain.bad(plain.strong('no'))).toBe('no');
    expect((await openPaint({ colour: true, unicode: true })).bad('no')).toBe('\u001b[31mno\u001b[39m');
  });
});

describe('marks', () => {
  test.each([
    [{ LANG: 'en_US.UTF-8' }, true],
    [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
    [{ LC_CTYPE: 'de_DE.utf8' }, true],
    [{}, false],
    [{ LANG: 'en_US.UTF-8', TERM: 'linux' }, false],
    [{ LANG: 'en_US.UTF-8', TERM: 'dumb' }, false],
  ])('%j', (env, unicode) => expect(showsUnicode(env)).toBe(unicode));

  test('are words where the terminal shows only ASCII', async () => {
    const { marks } = await openPaint({ colour: false, unicode: false });
    expect(Object.values(marks).join('')).toMatch(/^[\x20-\x7e]+$/);
  });
});
