import { execFileSync } from 'node:child_process';
import fc from '../support/property.js';
import { describe, expect, test } from 'vitest';
import { argumentPath, bytesOfPath, comparePaths, fromRoot, isUnder, namesGitDirectory, ownPath, parseArgument, parsePath, pathFromBytes, pathspecWord, shellWord, showPath, type RepoPath } from '../../src/domain/paths.js';
import { visible } from '../../src/output/escape.js';

/** Names as file systems hold them: any bytes but NUL and slash, often valid UTF-8, often odd. */
const oddBytes = fc.uint8Array({ min: 1, max: 255, minLength: 1, maxLength: 12 }).map((bytes) => bytes.map((byte) => (byte === 0x2f ? 0x2e + 0x40 : byte)));
const oddText = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).map((text) => Buffer.from(text.replace(/[/\0]/g, 'x')));
const notorious = fc.constantFrom('a b', '"', '\\', '\n', '\t', '\u202e', '\u200b', 'é', 'e\u0301', '\ufeff', "'", '$(x)', '-A', ':(top)', '*', '\u{1f600}', '\u0085', '\u2028', '\\303').map((text) => Buffer.from(text));
const name = fc.oneof(oddBytes, oddText, notorious).map((bytes) => Buffer.from(bytes));
const isPlain = (part: Buffer): boolean => !['.', '..'].includes(part.toString('latin1')) && !namesGitDirectory(pathFromBytes(part));
const pathBytes = fc.array(name.filter(isPlain), { minLength: 1, maxLength: 4 })
  .map((parts) => Buffer.concat(parts.flatMap((part, at) => (at === 0 ? [part] : [Buffer.from('/'), part]))))
  .filter((bytes) => !/^[A-Za-z]:[\\/]/.test(bytes.toString('latin1')));

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

describe('bytes and paths', () => {
  test('any bytes come back as they were', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => same(bytesOfPath(pathFromBytes(bytes)), bytes)), { numRuns: 2_000 });
  });

  test('two names are never one path', () => {
    fc.assert(fc.property(pathBytes, pathBytes, (a, b) => (pathFromBytes(a) === pathFromBytes(b)) === same(a, b)));
  });

  test.each([
    [[0xed, 0xa0, 0x80], 'a half of a character that was encoded'],
    [[0xf4, 0x90, 0x80, 0x80], 'beyond the last code point'],
    [[0xc0, 0xaf], 'a slash in two bytes'],
    [[0xe2, 0x82], 'cut short'],
    [[0xff, 0xfe], 'no UTF-8'],
    [[0xef, 0xbb, 0xbf, 0x61], 'a byte order mark'],
  ])('%j (%s) comes back', (bytes) => {
    expect([...bytesOfPath(pathFromBytes(Uint8Array.from(bytes)))]).toEqual(bytes);
  });

  test('are in the order of git: by bytes', () => {
    fc.assert(fc.property(pathBytes, pathBytes, (a, b) => Math.sign(comparePaths(pathFromBytes(a), pathFromBytes(b))) === Math.sign(Buffer.compare(a, b))));
    // UTF-16 would put these the other way round.
    expect(comparePaths('\u{1f600}' as RepoPath, '\uff00' as RepoPath)).toBeGreaterThan(0);
  });
});

describe('what is shown', () => {
  test('reads back as the same path', () => {
    fc.assert(fc.property(pathBytes, (bytes) => {
      const path = pathFromBytes(bytes);
      expect(parsePath(showPath(path))).toEqual({ ok: true, path });
    }), { numRuns: 2_000 });
  });

  test('holds nothing that a terminal obeys or a reader cannot see', () => {
    fc.assert(fc.property(pathBytes, (bytes) => {
      const shown = showPath(pathFromBytes(bytes));
      expect(visible(shown)).toBe(shown);
      expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/u);
    }));
  });

  test.each([
    ['src/a.ts', 'src/a.ts'], ['a b', 'a b'], ['日本.md', '日本.md'], ['a"b', '"a\\"b"'], ['a\\b', '"a\\\\b"'], ['a\nb', '"a\\nb"'], ['a\u001bb', '"a\\033b"'], ['\u202e', '"\\342\\200\\256"'], ['a\u00adb', '"a\\302\\255b"'], ['\u{e0041}', '"\\363\\240\\201\\201"'],
  ])('%j is shown as %s', (path, shown) => expect(showPath(path as RepoPath)).toBe(shown));

  test('a byte that is no text is shown as git shows it', () => {
    expect(showPath(pathFromBytes(Uint8Array.of(0x61, 0xff)))).toBe('"a\\377"');
  });
});

describe('what is written', () => {
  test.each([
    ['', 'empty'], ['""', 'empty'], ['/etc/passwd', 'absolute'], ['C:/x', 'absolute'], ['c:\\x', 'absolute'], ['..', 'leaves-repository'], ['a/../../x', 'leaves-repository'], ['"\\056\\056/x"', 'leaves-repository'],
    ['.', 'not-normal'], ['./a', 'not-normal'], ['a//b', 'not-normal'], ['a/', 'not-normal'], ['a/.', 'not-normal'],
    ['.git', 'git-directory'], ['a/.GIT/config', 'git-directory'], ['git~1', 'git-directory'], ['.git ', 'git-directory'], ['.git.. /x', 'git-directory'], ['.git::$INDEX_ALLOCATION/x', 'git-directory'], ['.g\u200cit/x', 'git-directory'], ['GIT~1/x', 'git-directory'], ['.git.', 'git-directory'], ['\ufeff.git', 'git-directory'], ['.git\\x', 'git-directory'], ['a\\.git\\x', 'git-directory'], ['".g\\342\\200\\214it"', 'git-directory'],
    ['"a', 'bad-quoting'], ['"a"b"', 'bad-quoting'], ['"', 'bad-quoting'], ['"\\q"', 'bad-quoting'], ['"\\9"', 'bad-quoting'], ['"a\\"', 'bad-quoting'], ['"\\000"', 'nul'], ['a\0b', 'nul'],
    ['a\ud800', 'bad-quoting'], ['"a\ud800"', 'bad-quoting'], ['a\udc7f', 'bad-quoting'], ['\udcc3\udca9', 'bad-quoting'],
  ])('%j is refused: %s', (written, fault) => expect(parsePath(written)).toEqual({ ok: false, fault }));

  test.each([
    ['a', 'a'], ['.gitignore', '.gitignore'], ['.github/x', '.github/x'], ['a/git', 'a/git'], ['...', '...'], ['-A', '-A'], [':x', ':x'], ['"a b"', 'a b'], ['"caf\\303\\251"', 'café'], ['"\\t\\\\"', '\t\\'], ['a"b', 'a"b'], ['a\udcff', 'a\udcff'], ['git~2', 'git~2'], ['.git~1', '.git~1'], ['a\\b', 'a\\b'],
  ])('%j means %j', (written, path) => expect(parsePath(written)).toEqual({ ok: true, path }));

  test('is never an error of ours', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string().map((text) => `"${text}"`)), (written) => {
      const parsed = parsePath(written);
      if (parsed.ok) expect(parsed.path.split('/').some((part) => ['', '.', '..'].includes(part) || namesGitDirectory(part))).toBe(false);
    }), { numRuns: 2_000 });
  });

  test('in our own source is checked as well', () => {
    expect(ownPath('src/a')).toBe('src/a');
    expect(() => ownPath('../a')).toThrow('leaves-repository');
  });
});

describe('a word of a shell command', () => {
  test.each(['sh', 'bash'])('is read as the path by %s', (shell) => {
    const sample = [...fc.sample(pathBytes, 500), Buffer.from('\n'), Buffer.from('a\n\n'), Buffer.from('-%s\x1b\n')];
    const words = sample.map((bytes) => shellWord(pathFromBytes(bytes)));
    expect(words.filter((word) => visible(word) !== word)).toEqual([]);
    expect(printedBy(shell, words)).toEqual(joined(sample));
  });

  test.each([':(top)x', '*', 'a[b]', '\\x', ':/', ':!x\n'])('is a pathspec that matches nothing else: %s', (path) => {
    expect(printedBy('sh', [pathspecWord(path as RepoPath)]).toString()).toBe(`:(literal)${path}\0`);
    expect(pathspecWord('a b' as RepoPath)).toBe("'a b'");
  });

  const printedBy = (shell: string, words: readonly string[]): Buffer => execFileSync(shell, ['-c', `printf '%s\\0' ${words.join(' ')}`], { env: { ...process.env, LC_ALL: 'C' } });
  const joined = (all: readonly Uint8Array[]): Buffer => Buffer.concat(all.flatMap((bytes) => [bytes, Buffer.of(0)]));

  test('is plain where nothing needs a quote', () => {
    expect(shellWord('src/a-b_c.ts' as RepoPath)).toBe('src/a-b_c.ts');
    expect(shellWord("it's")).toBe("'it'\\''s'");
    expect(shellWord('')).toBe("''");
    expect(['=ls', '~x', '{a,b}', '#x', '!x'].map(shellWord)).toEqual(["'=ls'", "'~x'", "'{a,b}'", "'#x'", "'!x'"]);
    expect(shellWord('a\u202eb' as RepoPath)).toBe('"$(printf \'a\\342\\200\\256b\')"');
  });
});

test('below a folder is the folder itself and what it holds, not its namesakes', () => {
  const path = (text: string): RepoPath => text as RepoPath;
  expect([isUnder(path('a'), 'a'), isUnder(path('a/b'), 'a'), isUnder(path('ab'), 'a'), isUnder(path('b/a'), 'a')]).toEqual([true, true, false, false]);
});

describe('a word of a command of cxw', () => {
  test('is text, is no option, and is read back as the path', () => {
    const names = ['a b', '-A', '--amend', '"quoted"', "it's", 'new\nline', 'nach\u202eoben', 'a\ufffd', '-\ufffd', '"\ufffd'].map((name) => name as RepoPath);
    for (const path of [...names, pathFromBytes(Buffer.from('non\xffutf', 'latin1'))]) {
      const word = execFileSync('sh', ['-c', `printf %s ${argumentPath(path)}`], { encoding: 'utf8' });
      expect(word).not.toMatch(/^-/);
      expect(parseArgument(word)).toEqual({ ok: true, path });
    }
    expect(argumentPath('src/a.ts' as RepoPath)).toBe('src/a.ts');
  });

  test('that lost bytes on its way is no path, in quotes or without; the same in a document is a name', () => {
    for (const word of ['a\ufffd.txt', '"a\ufffd.txt"']) expect(parseArgument(word)).toEqual({ ok: false, fault: 'not-utf8' });
    expect(parsePath('a\ufffd.txt').ok).toBe(true);
  });
});

describe('a path as seen from where the reader stands', () => {
  const standing = ownPath('docs/deep');
  test.each([
    ['../a.md', 'docs/a.md'], ['../../src/x.ts', 'src/x.ts'], ['/repo/src/x.ts', 'src/x.ts'], ['../../../out', '../../../out'], ['../..', '.'], ['../../', '.'], ['/repo', '.'], ['/repo/', '.'], ['.', 'docs/deep'], ['./', 'docs/deep'],
    ['/elsewhere/x', '/elsewhere/x'], ['src/x.ts', 'src/x.ts'], ['"a\\tb"', '"a\\tb"'],
  ])('%s is %s', (written, meant) => expect(fromRoot(written, { root: '/repo', standing })).toBe(meant));
  test('at the root nothing lies above', () => expect([fromRoot('../a', { root: '/repo' }), fromRoot('.', { root: '/repo' })]).toEqual(['../a', '.']));
});
