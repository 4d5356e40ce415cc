import { expect, test } from 'vitest';
import { bytesOfPath, pathFromBytes, type RepoPath } from '../../src/domain/paths.js';
import type { GitRunner } from '../../src/world/git/runner.js';
import { openTrees } from '../../src/world/git/trees.js';
import { countingRunner } from '../support/countingRunner.js';
import { gitRoom } from '../support/room.js';
import { workshop } from '../support/workshop.js';
import { rm, writeFile } from 'node:fs/promises';

const path = (text: string): RepoPath => text as RepoPath;
const LATIN = pathFromBytes(Buffer.from([0x6e, 0xff, 0xfe]));
const ODD = ['-A', '--amend', ':(top)x', '*', '?', 'a b', 'q"uote', "it's", 'new\nline', 'tab\t', '\u00e9', 'e\u0301'].map(path).concat(LATIN);

/** Writes a file whose name may be no text. */
async function writeAt(root: string, name: RepoPath, content: string): Promise<void> {
  await writeFile(Buffer.concat([Buffer.from(`${root}/`), Buffer.from(bytesOfPath(name))]), content);
}

test('a tree is the base with exactly the entries changed, whatever they are called', async () => {
  const bench = await workshop({ 'README.md': 'a\n', gone: 'x\n', x: 'not this\n' });
  const { trees, changes } = await gitRoom(bench);
  for (const name of ODD) await writeAt(bench.root, name, `content of ${name.length}\n`);
  await bench.remove('gone');
  await bench.write('untracked', 'private\n');
  const head = await bench.git('rev-parse', 'HEAD');
  const change = await changes.of(head, [...ODD, path('gone')], 'repository');
  const tree = await trees.build(head, change.entries);
  expect(await trees.difference(head, tree)).toEqual(change.entries);
  expect(change.entries.map((entry) => entry.path).sort()).toEqual([...ODD, 'gone'].sort());
  expect((await trees.entries(tree, [LATIN])).map((entry) => entry.mode)).toEqual(['100644']);
  expect(await bench.git('status', '--porcelain', '-uno')).toBe(' D gone');
});

test('a file may take the place of a directory, and the other way round', async () => {
  const bench = await workshop({ 'd/a': '1', 'd/b': '2', f: '3' });
  const { trees, changes } = await gitRoom(bench);
  await bench.remove('d');
  await bench.write('d', 'file now');
  await bench.remove('f');
  await bench.write('f/inside', 'directory now');
  const head = await bench.git('rev-parse', 'HEAD');
  const change = await changes.of(head, ['d', 'd/a', 'd/b', 'f', 'f/inside'].map(path), 'repository');
  const tree = await trees.build(head, change.entries);
  expect(await trees.difference(head, tree)).toEqual(change.entries);
  await trees.writeIndex(change.entries.map((entry) => ({ path: entry.path, mode: entry.newMode, id: entry.newId })));
  expect(await bench.git('write-tree')).toBe(tree);
});

test('index entries are written and read exactly, promises to add among them, and nothing else moves', async () => {
  const bench = await workshop({ 'README.md': 'a\n', kept: 'k\n', hidden: 'h\n' });
  const { trees } = await gitRoom(bench);
  await bench.write('kept', 'staged by the person\n');
  await bench.git('add', 'kept');
  await bench.git('update-index', '--assume-unchanged', 'hidden');
  await bench.write('promised', 'later\n');
  await bench.git('add', '--intent-to-add', 'promised');
  const before = await bench.git('ls-files', '--stage', '-v');
  const prior = await trees.readIndex([path('promised'), path('README.md'), path('hidden')]);
  expect(prior.map((entry) => [entry.path, entry.flags])).toEqual([['README.md', 'H'], ['hidden', 'h'], ['promised', 'HN']]);

  const blob = await bench.git('hash-object', '-w', 'kept');
  await trees.writeIndex([{ path: path('promised'), mode: '100755', id: blob }, { path: path('README.md'), mode: '000000', id: '0'.repeat(40) }]);
  expect((await trees.readIndex([path('promised'), path('README.md')])).map((entry) => [entry.path, entry.mode, entry.flags])).toEqual([['promised', '100755', 'H']]);

  await trees.writeIndex([
    { path: path('promised'), mode: '100644', id: prior[2]!.id, intentToAdd: true },
    { path: path('README.md'), mode: '100644', id: prior[0]!.id },
  ]);
  expect(await bench.git('ls-files', '--stage', '-v')).toBe(before);
  expect(await bench.git('status', '--porcelain', 'promised')).toBe(' A promised');
});

test('an entry that a delivered file would push out is seen', async () => {
  const bench = await workshop({ 'README.md': 'a\n', 'd/a': '1' });
  const { trees } = await gitRoom(bench);
  expect((await trees.readIndex([path('d')])).map((entry) => entry.path)).toEqual(['d/a']);
  expect((await trees.readIndex([path('README.md/x')])).map((entry) => entry.path)).toEqual(['README.md']);
});

test('a held index is waited for, and its lock is never removed', async () => {
  const bench = await workshop();
  const { trees } = await gitRoom(bench);
  const blob = await bench.git('hash-object', '-w', 'README.md');
  const lock = `${bench.root}/.git/index.lock`;
  await writeFile(lock, '');
  const writing = trees.writeIndex([{ path: path('new'), mode: '100644', id: blob }]);
  await new Promise((later) => setTimeout(later, 300));
  await rm(lock);
  await writing;
  expect(await bench.git('ls-files', 'new')).toBe('new');
});

test('an index that may not be written is told at once, in the words of git, and as no lock', async () => {
  const bench = await workshop();
  const { runner, places } = await gitRoom(bench);
  const said = `fatal: Unable to create '${places.gitDirectory}/index.lock': Permission denied`;
  const refusing: GitRunner = { ...runner, attempt: async (args, call) => (args[0] === 'update-index' ? { exit: 128, stdout: Buffer.alloc(0), stderr: `${said}\n` } : runner.attempt(args, call)) };
  const began = Date.now();
  await expect(openTrees(refusing, places).writeIndex([{ path: path('README.md'), mode: '000000', id: '0'.repeat(40) }])).rejects.toMatchObject({ exit: 6, problem: { code: 'git-failed', facts: { said } } });
  expect(Date.now() - began).toBeLessThan(5000);
});

test('the same parts give the same commit', async () => {
  const bench = await workshop();
  const { trees } = await gitRoom(bench);
  const person = { name: 'Ada', email: 'ada@example.org', date: '2026-11-21T02:20:00Z' };
  const parent = await bench.git('rev-parse', 'HEAD');
  const tree = await bench.git('rev-parse', 'HEAD^{tree}');
  const parts = { tree, parent, message: 'Größe\n\nCxw-Ticket: T\n', author: person, committer: person, sign: false, seconds: 20 };
  await bench.git('config', 'i18n.commitEncoding', 'ISO-8859-1');
  const commit = await trees.commit(parts);
  expect(await trees.commit(parts)).toBe(commit);
  expect(await bench.git('-c', 'i18n.logOutputEncoding=UTF-8', 'log', '-1', '--format=%s|%an|%aI|%P|%(trailers:key=Cxw-Ticket,valueonly)', commit)).toBe(`Größe|Ada|2026-11-21T02:20:00+00:00|${parent}|T\n`);
});

test('a commit that cannot be signed, or not in time, is not made', async () => {
  const bench = await workshop();
  const { trees } = await gitRoom(bench);
  await bench.git('config', 'commit.gpgsign', 'true');
  await bench.git('config', 'gpg.program', 'false');
  const person = { name: 'Ada', email: 'ada@example.org', date: '2026-11-21T02:20:00Z' };
  const head = await bench.git('rev-parse', 'HEAD');
  const parts = { tree: await bench.git('rev-parse', 'HEAD^{tree}'), parent: head, message: 'x\n', author: person, committer: person, sign: true, seconds: 20 };
  await expect(trees.commit(parts)).rejects.toMatchObject({ problem: { code: 'signing-failed' }, exit: 6 });
  await bench.write('.git/waits', '#!/bin/sh\nsleep 1000\n');
  await bench.executable('.git/waits');
  await bench.git('config', 'gpg.program', `${bench.root}/.git/waits`);
  await expect(trees.commit({ ...parts, seconds: 1, ticket: 'T' })).rejects.toMatchObject({ problem: { code: 'signing-failed', message: expect.stringContaining('within 1 s'), commands: expect.arrayContaining(['cxw abort T']) } });
});

test('objects of a SHA-256 repository are named in full', async () => {
  const bench = await workshop();
  await bench.git('init', '--quiet', '--object-format=sha256', 'inner');
  const inner = { ...bench, root: `${bench.root}/inner` };
  await writeFile(`${inner.root}/a`, 'a\n');
  await bench.git('-C', 'inner', 'add', 'a');
  await bench.git('-C', 'inner', 'commit', '-qm', 'one');
  const { trees, changes, branch } = await gitRoom(inner);
  await writeFile(`${inner.root}/a`, 'b\n');
  const head = (await branch.head()).id!;
  const change = await changes.of(head, [path('a')], 'repository');
  const tree = await trees.build(head, change.entries);
  expect(tree).toHaveLength(64);
  await trees.writeIndex([{ path: path('a'), mode: '000000', id: '0'.repeat(64) }]);
  expect(await trees.readIndex([path('a')])).toEqual([]);
});

test('a git that says yes and writes nothing is not believed', async () => {
  const bench = await workshop();
  const { runner, places } = await gitRoom(bench);
  const feigning: GitRunner = { ...runner, attempt: async (args, call) => (args[0] === 'update-index' ? { exit: 0, stdout: Buffer.alloc(0), stderr: '' } : runner.attempt(args, call)) };
  const gone = { path: path('README.md'), mode: '000000', id: '0'.repeat(40) };
  await expect(openTrees(feigning, places).writeIndex([gone])).rejects.toMatchObject({ problem: { code: 'git-failed' } });
  await openTrees(runner, places).writeIndex([gone]);
  expect(await bench.git('ls-files')).toBe('');
});

test('what programs would merge is asked once, however many merges are looked at', async () => {
  const bench = await workshop();
  const merges: string[] = [];
  for (const side of ['one', 'two', 'three']) {
    await bench.git('checkout', '--quiet', '-b', side);
    await bench.git('commit', '--quiet', '--allow-empty', '--message', side);
    await bench.git('checkout', '--quiet', 'main');
    await bench.git('merge', '--quiet', '--no-ff', '--no-edit', side);
    merges.push(await bench.git('rev-parse', 'HEAD'));
  }
  const { runner, calls } = countingRunner(bench);
  const trees = openTrees(runner, (await gitRoom(bench)).places);
  for (const merge of merges) expect(await trees.beyondMerging(merge)).toEqual([]);
  expect(calls()).toBe(merges.length + 1);
});
