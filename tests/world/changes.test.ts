import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesOfPath, pathFromBytes, type RepoPath } from '../../src/domain/paths.js';
import { openChanges } from '../../src/world/git/changes.js';
import type { Changes } from '../../src/world/git/index.js';
import { openRunner } from '../../src/world/git/runner.js';
import { openPlaces } from '../../src/world/places.js';
import { countingRunner } from '../support/countingRunner.js';
import { programOf } from '../support/programOf.js';
import { emptyWorkshop, workshop, type Workshop } from '../support/workshop.js';

interface Bench extends Workshop {
  changes: Changes;
  base: string;
  /** The change of these paths, told as `status path`. */
  told(...paths: string[]): Promise<string[]>;
}

async function opened(files: Record<string, string>): Promise<Bench> {
  return withChanges(await workshop(files));
}

async function withChanges(bench: Workshop): Promise<Bench> {
  const changes = openChanges(openRunner(bench.root, bench.env), await openPlaces(bench.root, bench.env));
  const base = await bench.git('rev-parse', 'HEAD');
  return {
    ...bench, changes, base,
    told: async (...paths) => (await changes.of(base, paths as RepoPath[], 'private')).entries.map((entry) => `${entry.oldMode} ${entry.newMode} ${entry.path}`),
  };
}

const at = (bench: Workshop, path: RepoPath): Buffer => Buffer.concat([Buffer.from(`${bench.root}/`), bytesOfPath(path)]);

describe('the change of exactly these paths', () => {
  test('is what git itself would commit, and its digest is that of the raw difference', async () => {
    const bench = await opened({ edited: 'x', deleted: 'x', untouched: 'x', mode: 'x' });
    await bench.write('edited', 'y');
    await bench.remove('deleted');
    await bench.executable('mode');
    await bench.write('new', 'z');
    await bench.write('not mine', 'z');
    const paths = ['edited', 'deleted', 'new', 'mode', 'untouched'] as RepoPath[];
    const change = await bench.changes.of(bench.base, paths, 'private');
    await bench.git('add', '--', ...paths.filter((path) => path !== 'deleted'));
    await bench.git('rm', '--quiet', '--cached', 'deleted');
    const raw = await bench.gitBytes('diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', bench.base, await bench.git('write-tree'));
    expect(change.digest).toBe(`sha256:${createHash('sha256').update(raw).digest('hex')}`);
    expect(change.base).toBe(bench.base);
    expect(change.entries.map(({ path, oldMode, newMode }) => [path, oldMode, newMode])).toEqual([
      ['deleted', '100644', '000000'], ['edited', '100644', '100644'], ['mode', '100644', '100755'], ['new', '000000', '100644'],
    ]);
    expect((await bench.changes.of(bench.base, paths, 'repository')).digest).toBe(change.digest);
  });

  test('is empty when nothing changed, and the same again when an edit is undone', async () => {
    const bench = await opened({ file: 'x' });
    const empty = await bench.changes.of(bench.base, ['file' as RepoPath], 'private');
    await bench.write('file', 'y');
    expect((await bench.changes.of(bench.base, ['file' as RepoPath], 'private')).digest).not.toBe(empty.digest);
    await bench.write('file', 'x');
    expect(await bench.changes.of(bench.base, ['file' as RepoPath], 'private')).toEqual(empty);
    expect(empty.entries).toEqual([]);
    expect(await bench.told()).toEqual([]);
  });

  test('files, links and directories take each other\'s places', async () => {
    const bench = await opened({ 'file-link': 'x', 'file-folder': 'x', 'folder-file/a': 'x', 'folder-file/b/c': 'x', 'folder-link/a': 'x', 'target/a': 'x' });
    await bench.remove('file-link');
    await bench.link('file-link', 'target');
    await bench.remove('file-folder');
    await bench.write('file-folder/a', 'x');
    await bench.remove('folder-file');
    await bench.write('folder-file', 'x');
    await bench.remove('folder-link');
    await bench.link('folder-link', 'target');
    expect(await bench.told('file-link', 'file-folder', 'file-folder/a', 'folder-file', 'folder-file/a', 'folder-file/b/c', 'folder-link', 'folder-link/a')).toEqual([
      '100644 000000 file-folder', '000000 100644 file-folder/a', '100644 120000 file-link',
      '000000 100644 folder-file', '100644 000000 folder-file/a', '100644 000000 folder-file/b/c',
      '000000 120000 folder-link', '100644 000000 folder-link/a',
    ]);
  });

  test('a rename is two halves, each delivered only when it is named', async () => {
    const bench = await opened({ from: 'a long enough text to be a rename\n' });
    await rename(join(bench.root, 'from'), join(bench.root, 'to'));
    expect(await bench.told('from', 'to')).toEqual(['100644 000000 from', '000000 100644 to']);
    expect(await bench.told('to')).toEqual(['000000 100644 to']);
  });

  test('does not ask the real index: bits, staged content, intent to add and conflicts there do not matter', async () => {
    const bench = await opened({ assumed: 'x', skipped: 'x', staged: 'x' });
    await bench.git('update-index', '--assume-unchanged', 'assumed');
    await bench.git('update-index', '--skip-worktree', 'skipped');
    await bench.write('assumed', 'y');
    await bench.write('skipped', 'y');
    await bench.write('staged', 'y');
    await bench.git('add', 'staged');
    await bench.write('staged', 'x');
    await bench.write('intended', 'z');
    await bench.git('add', '--intent-to-add', 'intended');
    const index = await readFile(join(bench.root, '.git/index'));
    expect(await bench.told('assumed', 'skipped', 'staged', 'intended')).toEqual(['100644 100644 assumed', '000000 100644 intended', '100644 100644 skipped']);
    expect(await readFile(join(bench.root, '.git/index'))).toEqual(index);
  });

  test('clean filters and line endings apply, as in a commit', async () => {
    const bench = await opened({ '.gitattributes': '*.txt text eol=lf\n', 'a.txt': 'one\n' });
    await bench.write('a.txt', 'one\r\n');
    expect(await bench.told('a.txt')).toEqual([]);
  });

  test('sparse checkouts and split indexes lose nothing and get no file of ours', async () => {
    const bench = await opened({ 'in/a': 'x', 'out/b': 'x' });
    await bench.git('config', 'core.splitIndex', 'true');
    await bench.git('config', 'index.sparse', 'true');
    await bench.git('sparse-checkout', 'set', '--cone', 'in');
    await bench.write('in/a', 'y');
    const before = await readdir(join(bench.root, '.git'));
    expect(await bench.told('in/a')).toEqual(['100644 100644 in/a']);
    expect(await readdir(join(bench.root, '.git'))).toEqual(before);
  });

  test('works in a repository of the other hash', async () => {
    const bench = await emptyWorkshop();
    await bench.remove('.git');
    await bench.git('init', '--quiet', '--object-format=sha256');
    await bench.write('kept', 'x');
    await bench.write('gone', 'x');
    await bench.git('add', '--all');
    await bench.git('commit', '--quiet', '--message', 'First');
    await bench.remove('gone');
    await bench.write('kept', 'y');
    const { told, changes, base } = await withChanges(bench);
    expect(await told('kept', 'gone')).toEqual(['100644 000000 gone', '100644 100644 kept']);
    const change = await changes.of(base, ['kept', 'gone'] as RepoPath[], 'private');
    expect(change.entries[0]!.newId).toBe('0'.repeat(64));
    expect(await readdir((await changes.export(base, change.entries)).folder)).toEqual(['kept']);
  });
});

describe('names', () => {
  const odd = [
    ...['-A', '--all', '--amend', '--pathspec-from-file=x', ':/named', ':(top)x', ':!x', ':^x', ':(glob)**', '*', '?', '[a]', 'a b', "it's", 'say "x"', 'tab\there', 'new\nline', 'back\\slash', '~', '$(x)', ' ', '\u202etxt', 'é', 'e\u0301', '"quoted"', '#', 'ü/-n/*'].map((name) => name as RepoPath),
    pathFromBytes(Uint8Array.from([0xff, 0xfe])), pathFromBytes(Uint8Array.from([0x61, 0xc3])), pathFromBytes(Uint8Array.from([0xed, 0xa0, 0x80])),
  ];

  test('each is taken alone and exactly, though all of them are dirty', async () => {
    const bench = await opened({ a: 'x', x: 'x', 'deep/a': 'x' });
    await bench.write('a', 'dirty');
    await bench.write('x', 'dirty');
    await mkdir(join(bench.root, 'ü/-n'), { recursive: true });
    await mkdir(join(bench.root, ':'));
    for (const path of odd) await writeFile(at(bench, path), 'content');
    for (const path of odd) {
      const change = await bench.changes.of(bench.base, [path], 'private');
      expect(change.entries.map((entry) => entry.path)).toEqual([path]);
      expect((await bench.changes.blob(change.entries[0]!.newId)).toString()).toBe('content');
    }
    const change = await bench.changes.of(bench.base, odd, 'private');
    expect(change.entries.map((entry) => entry.path).sort()).toEqual([...odd].sort());
    const { text } = await bench.changes.diff(change, 100_000);
    expect(text.match(/^\+content$/gm)).toHaveLength(odd.length);
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u{10ffff}]/u);
    const { folder } = await bench.changes.export(bench.base, change.entries);
    for (const path of odd) expect(await readFile(Buffer.concat([Buffer.from(`${folder}/`), bytesOfPath(path)]), 'utf8')).toBe('content');
  });
});

describe('refuses', () => {
  test('a path through a link, into another repository, or that is no file', async () => {
    const bench = await opened({ 'README.md': 'x' });
    await bench.write('../outside/file', 'x');
    await bench.link('link', '../outside');
    await bench.write('nested/file', 'x');
    await bench.git('init', '--quiet', 'nested');
    execFileSync('mkfifo', [join(bench.root, 'pipe')]);
    await expect(bench.told('link/file')).rejects.toMatchObject({ problem: { code: 'path-through-link', facts: { path: 'link/file', link: 'link' } } });
    await expect(bench.told('nested/file')).rejects.toMatchObject({ problem: { code: 'nested-repository', facts: { path: 'nested/file', repository: 'nested' } } });
    await expect(bench.told('nested')).rejects.toMatchObject({ problem: { code: 'nested-repository' } });
    await expect(bench.told('pipe')).rejects.toMatchObject({ problem: { code: 'not-a-file' } });
  });

  test('nothing about a submodule that moved: it shows as what it is', async () => {
    const bench = await opened({ 'README.md': 'x' });
    await bench.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', bench.remote, 'sub');
    await bench.git('commit', '--quiet', '--message', 'Submodule');
    await bench.git('-C', 'sub', '-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '--quiet', '--allow-empty', '--message', 'Moved');
    const { told } = await withChanges(bench);
    expect(await told('sub')).toEqual(['160000 160000 sub']);
    await expect(told('sub/README.md')).rejects.toMatchObject({ problem: { code: 'nested-repository' } });
  });
});

describe('leaves nothing behind', () => {
  test('reading adds no object and no file to the repository, and works where it cannot be written', async () => {
    const bench = await opened({ file: 'x' });
    await bench.write('file', 'y'.repeat(50));
    const snapshot = (): string => execFileSync('find', [join(bench.root, '.git'), '-printf', '%p %T@ %s\\n'], { encoding: 'utf8' });
    const before = snapshot();
    const change = await bench.changes.of(bench.base, ['file' as RepoPath], 'private');
    await bench.changes.diff(change, 1000);
    await bench.changes.conflictMarkers(change);
    expect(snapshot()).toBe(before);
    await expect(bench.git('cat-file', '-e', change.entries[0]!.newId)).rejects.toThrow();
    await bench.changes.of(bench.base, ['file' as RepoPath], 'repository');
    expect(await bench.git('cat-file', 'blob', change.entries[0]!.newId)).toBe('y'.repeat(50));
  });

  test('a process that looked leaves no temporary folder', async () => {
    const bench = await workshop({ file: 'x' });
    await bench.write('file', 'y');
    const folder = join(bench.folder, 'tmp');
    await mkdir(folder);
    const base = await bench.git('rev-parse', 'HEAD');
    const script = `
      import { openChanges } from ${JSON.stringify(join(import.meta.dirname, '../../src/world/git/changes.ts'))};
      import { openRunner } from ${JSON.stringify(join(import.meta.dirname, '../../src/world/git/runner.ts'))};
      import { openPlaces } from ${JSON.stringify(join(import.meta.dirname, '../../src/world/places.ts'))};
      import { readdirSync } from 'node:fs';
      const changes = openChanges(openRunner(process.cwd(), process.env), await openPlaces(process.cwd(), process.env));
      const { entries } = await changes.of(${JSON.stringify(base)}, ['file'], 'private');
      console.log(entries.length, readdirSync(process.env.TMPDIR).length);
    `;
    const entry = join(bench.folder, 'look.ts');
    await writeFile(entry, script);
    const built = await programOf(entry, join(bench.folder, 'look.mjs'));
    const said = execFileSync(process.execPath, [built], { cwd: bench.root, env: { ...bench.env, TMPDIR: folder }, encoding: 'utf8' });
    expect(said).toBe('1 1\n');
    expect(await readdir(folder)).toEqual([]);
  });

  test('the number of git calls does not grow with the number of paths', async () => {
    const bench = await workshop({ gone: 'x' });
    await bench.remove('gone');
    const { runner: counting, calls } = countingRunner(bench);
    const changes = openChanges(counting, await openPlaces(bench.root, bench.env));
    const paths = Array.from({ length: 500 }, (_, n) => `many/${n}` as RepoPath);
    await Promise.all(paths.map((path) => bench.write(path, path)));
    const change = await changes.of(await bench.git('rev-parse', 'HEAD'), [...paths, 'gone' as RepoPath], 'private');
    expect([change.entries.length, calls()]).toEqual([501, 3]);
    await changes.conflictMarkers(change);
    expect(calls()).toBe(5);
  });
});

describe('contents', () => {
  const conflict = '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> topic\n';

  test('conflict markers that the change brings, and no others', async () => {
    const bench = await opened({ old: conflict, doc: 'x' });
    await bench.write('old', `${conflict}more\n`);
    await bench.write('new', `one\n${conflict}`);
    await bench.write('doc', 'Title\n=======\n');
    await bench.write('binary', Buffer.concat([Buffer.from([0]), Buffer.from(conflict)]));
    await bench.write('huge', conflict.padEnd(5 * 1024 * 1024, '\n'));
    const change = await bench.changes.of(bench.base, ['old', 'new', 'doc', 'binary', 'huge'] as RepoPath[], 'private');
    expect(await bench.changes.conflictMarkers(change)).toEqual([{ path: 'new', line: 2 }]);
  });

  test('a diff is bounded at a line, and runs no program of the repository', async () => {
    const bench = await opened({ 'file.txt': 'one\n', '.gitattributes': '*.txt diff=evil\n' });
    const spy = join(bench.root, 'spy');
    await bench.write('spy', '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n');
    await chmod(spy, 0o755);
    for (const key of ['diff.evil.textconv', 'diff.evil.command', 'diff.external', 'core.pager']) await bench.git('config', key, spy);
    await bench.git('config', 'color.ui', 'always');
    await bench.git('config', 'diff.noprefix', 'true');
    await bench.write('file.txt', 'two\n');
    const change = await bench.changes.of(bench.base, ['file.txt' as RepoPath], 'private');
    const { text, beyond } = await bench.changes.diff(change, 10_000);
    expect(beyond).toBe(0);
    expect(text).toMatch(/^diff --git a\/file.txt b\/file.txt\n[^]*\n-one\n\+two\n$/);
    const short = await bench.changes.diff(change, 40);
    expect(short).toEqual({ text: 'diff --git a/file.txt b/file.txt\n', beyond: text.split('\n').length - 2, unshown: [] });
    await expect(stat(join(bench.root, 'ran'))).rejects.toThrow();
  });

  test('what git shows nothing of is named, and no setting makes it more', async () => {
    const bench = await opened({ 'file.txt': 'one\n', 'new\nline': 'one\n', '.gitattributes': '*.hidden -diff\n' });
    await bench.git('config', 'core.bigFileThreshold', '1');
    for (const [path, text] of [['file.txt', 'two\n'], ['new\nline', 'two\0\n'], ['a.hidden', 'text\n']] as const) await bench.write(path, text);
    const change = await bench.changes.of(bench.base, ['file.txt', 'new\nline', 'a.hidden'] as RepoPath[], 'private');
    const { text, unshown } = await bench.changes.diff(change, 10_000);
    expect(unshown).toEqual(['a.hidden', 'new\nline']);
    expect(text).toContain('\n-one\n+two\n');
  });

  test('looks that overlap do not lose each other\'s contents', async () => {
    const bench = await opened({ one: 'x', two: 'x' });
    await bench.write('one', 'first');
    await bench.write('two', 'second');
    const [one, two] = await Promise.all((['one', 'two'] as RepoPath[]).map((path) => bench.changes.of(bench.base, [path], 'private')));
    expect((await bench.changes.blob(one!.entries[0]!.newId)).toString()).toBe('first');
    expect((await bench.changes.blob(two!.entries[0]!.newId)).toString()).toBe('second');
  });

  test('an export is base plus change, outside the repository, with filters applied, and goes when told', async () => {
    const bench = await opened({ '.gitattributes': '*.txt text eol=crlf\n', 'a.txt': 'one\n', kept: 'x', 'deep/gone': 'x', 'dirty': 'x' });
    await bench.write('a.txt', 'two\n');
    await bench.write('dirty', 'not in the change');
    await bench.remove('deep');
    await bench.write('run', '#!/bin/sh\n');
    await bench.executable('run');
    const change = await bench.changes.of(bench.base, ['a.txt', 'deep/gone', 'run'] as RepoPath[], 'private');
    const { folder, remove } = await bench.changes.export(bench.base, change.entries);
    expect(folder.startsWith(tmpdir())).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['.gitattributes', 'a.txt', 'dirty', 'kept', 'run']);
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('two\r\n');
    expect(await readFile(join(folder, 'dirty'), 'utf8')).toBe('x');
    expect((await stat(join(folder, 'run'))).mode & 0o100).toBe(0o100);
    await remove();
    await expect(stat(join(folder, '..'))).rejects.toThrow();
  });
});
