import { chmod, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { pathFromBytes, type RepoPath } from '../../src/domain/paths.js';
import { openFiles } from '../../src/world/files.js';
import { insideGitVariable, openPlaces } from '../../src/world/places.js';
import { watchedDisk } from '../support/watchedDisk.js';
import { emptyWorkshop, workshop } from '../support/workshop.js';

const path = (text: string): RepoPath => text as RepoPath;
const code = (expected: string): object => ({ problem: { code: expected } });

describe('reading', () => {
  test('answers bytes, or nothing', async () => {
    const bench = await emptyWorkshop();
    await bench.write('a/b', 'x');
    const files = openFiles(bench.root);
    expect((await files.read(path('a/b')))?.toString()).toBe('x');
    expect(await files.read(path('a/missing'))).toBeUndefined();
    expect(await files.read(path('a/b/c'))).toBeUndefined();
    await expect(files.read(path('a'))).rejects.toMatchObject(code('not-a-file'));
  });

  test('names that are no text are exact', async () => {
    const bench = await emptyWorkshop();
    const files = openFiles(bench.root);
    const odd = pathFromBytes(Uint8Array.from([0x61, 0xff, 0x0a, 0x62]));
    expect(await files.create(odd, 'x')).toBe(true);
    expect(await files.list(path('.git/refs'))).toEqual(['heads/', 'tags/']);
    expect((await readdir(Buffer.from(bench.root), { encoding: 'buffer' })).map((name) => name.toString('hex'))).toContain('61ff0a62');
    expect((await files.read(odd))?.toString()).toBe('x');
  });

  test('never goes through a link, and never waits for a pipe', async () => {
    const bench = await emptyWorkshop();
    await bench.write('../outside/secret', 'x');
    await bench.link('door', '../outside');
    await bench.link('leaf', '../outside/secret');
    execFileSync('mkfifo', [join(bench.root, 'pipe')]);
    const files = openFiles(bench.root);
    for (const attempt of [files.read(path('door/secret')), files.read(path('leaf')), files.write(path('door/secret'), 'y'), files.create(path('door/new'), 'y'),
      files.write(path('leaf'), 'y'), files.remove(path('door/secret')), files.list(path('door')), files.kind(path('door/secret'))]) {
      await expect(attempt).rejects.toMatchObject(code('path-through-link'));
    }
    await expect(files.read(path('pipe'))).rejects.toMatchObject(code('not-a-file'));
    expect(await readFile(join(bench.folder, 'outside/secret'), 'utf8')).toBe('x');
    expect(await Promise.all(['door', 'pipe', '.git', 'nothing'].map((name) => files.kind(path(name))))).toEqual(['link', 'other', 'directory', 'absent']);
  });

  test('follows a link that stays inside, when asked where it leads', async () => {
    const bench = await emptyWorkshop();
    await bench.write('docs/CLAUDE.md', 'x');
    await bench.link('AGENTS.md', 'docs/CLAUDE.md');
    const files = openFiles(bench.root);
    expect(await files.follow(path('AGENTS.md'))).toBe('docs/CLAUDE.md');
    expect(await files.follow(path('docs/none.md'))).toBe('docs/none.md');
  });

  test('follows none that leads out, to nothing, round in a circle or into the git directory', async () => {
    const bench = await emptyWorkshop();
    await bench.write('../outside.md', 'x');
    for (const [name, target] of [['out', '../outside.md'], ['nothing', 'none.md'], ['circle', 'circle'], ['git', '.git/config']] as const) await bench.link(name, target);
    const files = openFiles(bench.root);
    expect(await Promise.all(['out', 'nothing', 'circle', 'git', 'circle/x'].map((name) => files.follow(path(name))))).toEqual(Array(5).fill(undefined));
  });
});

describe('writing', () => {
  test('replaces content and keeps the mode', async () => {
    const bench = await emptyWorkshop();
    await bench.write('run.sh', 'old');
    await chmod(join(bench.root, 'run.sh'), 0o751);
    await openFiles(bench.root).write(path('run.sh'), 'new');
    expect(await bench.read('run.sh')).toBe('new');
    expect((await stat(join(bench.root, 'run.sh'))).mode & 0o7777).toBe(0o751);
  });

  test('creates only where nothing stands', async () => {
    const bench = await emptyWorkshop();
    const files = openFiles(bench.root);
    expect(await files.create(path('deep/er/file'), 'first')).toBe(true);
    expect(await files.create(path('deep/er/file'), 'second')).toBe(false);
    expect(await bench.read('deep/er/file')).toBe('first');
  });

  test('creates many: all are whole and named before the first folder is flushed, and each folder is flushed once', async () => {
    const bench = await emptyWorkshop();
    const files = openFiles(bench.root);
    await bench.write('old/theirs', 'theirs');
    const told = watchedDisk();
    await files.createAll([
      { path: path('old/theirs'), content: 'ours' }, { path: path('old/one'), content: '1' },
      { path: path('new/er/two'), content: '2' }, { path: path('new/er/three'), content: '3' },
    ]);
    const names = told.filter((call) => /^link (?!theirs)/.test(call));
    const flushes = told.filter((call) => /^flush (?!temporary)/.test(call));
    expect(names).toEqual(['link one', 'link two', 'link three']);
    expect(flushes).toEqual(['flush old', 'flush er', 'flush new', `flush ${basename(bench.root)}`]);
    expect(told.lastIndexOf('link three')).toBeLessThan(told.indexOf('flush old'));
    expect(await Promise.all(['old/theirs', 'old/one', 'new/er/two', 'new/er/three'].map((name) => bench.read(name)))).toEqual(['theirs', '1', '2', '3']);
  });

  test('creates many, of which one fails: what came before it is whole, and nothing else is there', async () => {
    const bench = await emptyWorkshop();
    await bench.write('taken', 'theirs');
    const many = ['one', 'taken/two', 'three'].map((name) => ({ path: path(name), content: name }));
    await expect(openFiles(bench.root).createAll(many)).rejects.toMatchObject({ problem: { code: 'disk-failed', facts: { doing: 'creating taken/two' } } });
    expect((await readdir(bench.root)).sort()).toEqual(['.git', 'one', 'taken']);
    expect(await bench.read('one')).toBe('one');
  });

  test('a file in a new folder is safe only when the names of the folders above it are', async () => {
    const bench = await emptyWorkshop();
    const told = watchedDisk();
    await openFiles(bench.root).create(path('a/b/file'), 'x');
    expect(told.filter((call) => /^flush (?!temporary)/.test(call))).toEqual(['flush b', 'flush a', `flush ${basename(bench.root)}`]);
  });

  test('removes a file and the directories that it leaves empty', async () => {
    const bench = await emptyWorkshop();
    const files = openFiles(bench.root);
    await bench.write('kept/one', 'x');
    await bench.write('kept/a/b/two', 'x');
    await files.remove(path('kept/a/b/two'));
    await files.remove(path('kept/a/b/two'));
    expect(await files.list(path('kept'))).toEqual(['one']);
  });

  test('tells what the disk refused by the relative path', async () => {
    const bench = await emptyWorkshop();
    await bench.write('a', 'x');
    await expect(openFiles(bench.root).write(path('a/b'), 'y')).rejects.toMatchObject({ problem: { code: 'disk-failed', facts: { doing: 'writing a/b' } } });
  });
});

describe('places', () => {
  test('are found from any folder below, links resolved, and in a linked checkout', async () => {
    const bench = await workshop({ 'a/b/file': 'x' });
    await bench.git('worktree', 'add', '--quiet', '../with space\nand newline', '-b', 'other');
    const linked = join(bench.folder, 'with space\nand newline');
    await bench.link('../alias', 'repo');
    expect(await openPlaces(join(bench.folder, 'alias/a/b'), bench.env)).toEqual({
      root: bench.root, gitDirectory: join(bench.root, '.git'), commonDirectory: join(bench.root, '.git'),
      state: join(bench.root, '.git/cxw'), shared: join(bench.root, '.git/cxw'),
    });
    const other = await openPlaces(linked, bench.env);
    expect(other).toMatchObject({ root: linked, commonDirectory: join(bench.root, '.git'), shared: join(bench.root, '.git/cxw') });
    expect(other.state).toMatch(/\.git\/worktrees\/[^/]+\/cxw$/s);
  });

  test('are not found outside, in a bare repository, or in a folder that is not there', async () => {
    const bench = await workshop();
    for (const folder of [bench.folder, bench.remote, join(bench.root, '.git'), join(bench.folder, 'nowhere')]) {
      await expect(openPlaces(folder, bench.env)).rejects.toMatchObject(code('not-a-repository'));
    }
  });

  test.each<[what: string, breakIt: (git: string) => Promise<unknown>, why: string]>([
    ['HEAD cut off by a power cut', (git) => writeFile(join(git, 'HEAD'), ''), 'its HEAD names neither a branch nor a commit'],
    ['HEAD full of something else', (git) => writeFile(join(git, 'HEAD'), '\0\0\u001b[2Jgarbage\n'), 'its HEAD names neither a branch nor a commit'],
    ['no HEAD', (git) => rm(join(git, 'HEAD')), 'HEAD is missing in it'],
    ['no objects', (git) => rm(join(git, 'objects'), { recursive: true }), 'objects is missing in it'],
    ['a file for refs', async (git) => { await rm(join(git, 'refs'), { recursive: true }); await writeFile(join(git, 'refs'), ''); }, 'refs in it is no folder'],
    ['files for both', async (git) => { for (const part of ['objects', 'refs']) { await rm(join(git, part), { recursive: true }); await writeFile(join(git, part), ''); } }, 'objects and refs in it are no folders'],
    ['a pointer to nothing', async (git) => { await rename(git, `${git}-away`); await writeFile(git, 'gitdir: ../elsewhere\n'); }, 'it leads to ../elsewhere, and nothing is there'],
    ['a file of something else', async (git) => { await rename(git, `${git}-away`); await writeFile(git, 'hello\n'); }, 'it is a file that names no git directory'],
  ])('are told as broken where a repository was: %s', async (_, breakIt, why) => {
    const bench = await workshop();
    const inside = join(bench.root, 'a/b');
    await mkdir(inside, { recursive: true });
    await breakIt(join(bench.root, '.git'));
    await expect(openPlaces(inside, bench.env)).rejects.toMatchObject({ problem: { code: 'repository-broken', facts: { git: join(bench.root, '.git'), why } } });
  });

  test('a whole repository is never told as broken: not one above the place that a link names', async () => {
    const bench = await workshop();
    await mkdir(join(bench.folder, 'data'));
    await symlink('../data', join(bench.root, 'data'));
    await expect(openPlaces(join(bench.root, 'data'), bench.env)).rejects.toMatchObject(code('not-a-repository'));
  });

  test.each<[what: string, breakIt: (git: string) => Promise<unknown>, why: string]>([
    ['a link to nothing', async (git) => { await rename(git, `${git}-away`); await symlink('nowhere', git); }, 'it is a link that leads nowhere'],
    ['a link to itself', async (git) => { await rename(git, `${git}-away`); await symlink('.git', git); }, 'it is a link that leads nowhere'],
    ['a pointer through a file', async (git) => { await rename(git, `${git}-away`); await writeFile(git, 'gitdir: .git-away/HEAD/x\n'); }, 'it leads to .git-away/HEAD/x, and nothing is there'],
    ['a pointer to what no path can be', async (git) => { await rename(git, `${git}-away`); await writeFile(git, 'gitdir: a\0b\n'); }, 'it leads to a\0b, and nothing is there'],
    ['a pointer with the line ends of another system', async (git) => { await rename(git, `${git}-away`); await mkdir(`${git}-empty`); await writeFile(git, 'gitdir: .git-empty\r\n'); }, 'it leads to .git-empty, and that is no repository'],
  ])('are told as broken where a repository was named: %s', async (_, breakIt, why) => {
    const bench = await workshop();
    await breakIt(join(bench.root, '.git'));
    await expect(openPlaces(bench.root, bench.env)).rejects.toMatchObject({ problem: { code: 'repository-broken', facts: { why } } });
  });

  test('an empty folder of that name was never a repository', async () => {
    const bench = await workshop();
    await mkdir(join(bench.folder, 'new/.git'), { recursive: true });
    await expect(openPlaces(join(bench.folder, 'new'), bench.env)).rejects.toMatchObject(code('not-a-repository'));
  });

  test('being inside a git command shows in the environment', () => {
    expect(insideGitVariable({ PATH: '/bin', GIT_INDEX_FILE: '.git/index.lock' })).toBe('GIT_INDEX_FILE');
    expect(insideGitVariable({ PATH: '/bin', GIT_SSH_COMMAND: 'ssh' })).toBeUndefined();
  });
});
