import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { strays } from '../../src/domain/baseline.js';
import { pathFromBytes, type RepoPath } from '../../src/domain/paths.js';
import type { PathIdentity } from '../../src/domain/repository.js';
import { openRepositoryView } from '../../src/world/git/repositoryView.js';
import { openRunner } from '../../src/world/git/runner.js';
import { openPlaces } from '../../src/world/places.js';
import { countingRunner } from '../support/countingRunner.js';
import { workshop, type Workshop } from '../support/workshop.js';

async function viewOf(bench: Workshop) {
  return openRepositoryView(openRunner(bench.root, bench.env), await openPlaces(bench.root, bench.env));
}

async function baselineOf(bench: Workshop): Promise<Map<string, PathIdentity>> {
  const view = await viewOf(bench);
  return new Map((await view.baseline(await view.survey(), 'salt')).paths.map((identity) => [identity.path, identity]));
}

const sha = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

test('every kind of path, by its raw bytes', async () => {
  const bench = await workshop({ '.gitattributes': '*.txt text eol=lf\n', 'crlf.txt': 'a\n', 'gone': 'x', 'staged': 'x', 'ignored/.keep': '' });
  await bench.write('.git/info/exclude', '*.log\n');
  await bench.write('a.log', 'x');
  await bench.write('crlf.txt', 'b\r\n');
  await bench.write('run', '#!/bin/sh\n');
  await bench.executable('run');
  await bench.link('link', 'nowhere at all');
  await bench.remove('gone');
  await bench.write('staged', 'y');
  await bench.git('add', 'staged');
  const view = await viewOf(bench);
  const baseline = await view.baseline(await view.survey(), 'salt');
  expect(baseline.ignored).toBe(1);
  expect(baseline.paths.map(({ index, ...identity }) => [identity, index.length])).toEqual([
    [{ path: 'crlf.txt', kind: 'file', executable: false, bytes: 3, digest: sha('b\r\n'), staged: false, untracked: false }, 1],
    [{ path: 'gone', kind: 'absent', executable: false, bytes: 0, staged: false, untracked: false }, 1],
    [{ path: 'link', kind: 'link', executable: false, bytes: 14, digest: sha('nowhere at all'), staged: false, untracked: true }, 0],
    [{ path: 'run', kind: 'file', executable: true, bytes: 10, digest: sha('#!/bin/sh\n'), staged: false, untracked: true }, 0],
    [{ path: 'staged', kind: 'file', executable: false, bytes: 1, digest: sha('y'), staged: true, untracked: false }, 1],
  ]);
});

test('pipes and sockets are opaque, and nothing waits for them', async () => {
  const bench = await workshop({ pipe: 'x', socket: 'x' });
  await bench.remove('pipe');
  await bench.remove('socket');
  execFileSync('mkfifo', [join(bench.root, 'pipe')]);
  const server = createServer().listen(join(bench.root, 'socket'));
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())));
  await new Promise((listening) => server.once('listening', listening));
  const view = await viewOf(bench);
  expect((await view.identify(['pipe', 'socket'] as RepoPath[])).map(({ kind, digest }) => [kind, digest])).toEqual([['opaque', undefined], ['opaque', undefined]]);
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read is opaque', async () => {
  const bench = await workshop();
  await bench.write('closed', 'x');
  await chmod(join(bench.root, 'closed'), 0);
  expect((await baselineOf(bench)).get('closed')).toMatchObject({ kind: 'opaque', bytes: 1 });
});

test('a nested repository is one directory, identified by what is in it', async () => {
  const bench = await workshop();
  await bench.write('nested/a/file', 'x');
  await bench.git('init', '--quiet', 'nested');
  const before = await baselineOf(bench);
  expect([...before.keys()]).toEqual(['nested']);
  expect(before.get('nested')).toMatchObject({ kind: 'directory', untracked: true });
  await bench.git('-C', 'nested', 'config', 'some.key', 'value');
  expect((await baselineOf(bench)).get('nested')).toEqual(before.get('nested'));
  await bench.write('nested/a/file', 'y');
  expect((await baselineOf(bench)).get('nested')?.digest).not.toBe(before.get('nested')?.digest);
});

test('what lies behind a link is not what git calls by that name', async () => {
  const bench = await workshop({ 'folder/file': 'x' });
  await bench.write('../elsewhere/file', 'other');
  await bench.remove('folder');
  await bench.link('folder', '../elsewhere');
  const baseline = await baselineOf(bench);
  expect([...baseline].map(([path, { kind }]) => [path, kind])).toEqual([['folder', 'link'], ['folder/file', 'absent']]);
});

test('a file that never holds still is unstable', async () => {
  const bench = await workshop();
  const path = join(bench.root, 'restless');
  await writeFile(path, Buffer.alloc(48 << 20));
  const writer = new Worker(`
    const { openSync, writeSync } = require('node:fs');
    const { workerData, parentPort } = require('node:worker_threads');
    const file = openSync(workerData, 'r+');
    parentPort.postMessage('writing');
    for (let n = 0; ; n++) writeSync(file, String(n % 10), 0);
  `, { eval: true, workerData: path });
  onTestFinished(async () => { await writer.terminate(); });
  await new Promise((writing) => writer.once('message', writing));
  await expect((await viewOf(bench)).identify(['restless' as RepoPath])).rejects.toMatchObject({ problem: { code: 'unstable', facts: { path: 'restless' } } });
});

test('strays are found by looking again; staging and the ticket\'s own work are none', async () => {
  const bench = await workshop({ mine: 'x', partly: 'x', clean: 'x', 'src/work': 'x' });
  const odd = pathFromBytes(Uint8Array.from([0xfe, 0x2d]));
  await bench.write('mine', 'dirty');
  await bench.write('partly', 'staged');
  await bench.git('add', 'partly');
  await bench.write('partly', 'and more');
  await writeFile(Buffer.concat([Buffer.from(`${bench.root}/`), Buffer.from([0xfe, 0x2d])]), 'x');
  const view = await viewOf(bench);
  const { paths } = await view.baseline(await view.survey(), 'salt');
  const look = async (): Promise<RepoPath[]> => {
    const candidates = new Set([...paths, ...(await view.survey()).dirty].map(({ path }) => path));
    return strays(paths, await view.identify([...candidates]), (path) => path.startsWith('src/'));
  };
  await bench.git('add', 'mine');
  await bench.git('reset', '--quiet', 'partly');
  await bench.write('src/work', 'done');
  expect(await look()).toEqual([]);
  await bench.write('mine', 'x');
  await bench.write('clean', 'touched');
  await writeFile(Buffer.concat([Buffer.from(`${bench.root}/`), Buffer.from([0xfe, 0x2d])]), 'y');
  expect(await look()).toEqual(['clean', 'mine', odd]);
});

test('a thousand dirty paths cost as many calls of git as one', async () => {
  const bench = await workshop();
  await Promise.all(Array.from({ length: 1000 }, (_, n) => bench.write(`many/${n}`, String(n))));
  const { runner: counting, calls } = countingRunner(bench);
  const view = openRepositoryView(counting, await openPlaces(bench.root, bench.env));
  const survey = await view.survey();
  expect(calls()).toBe(1);
  expect((await view.baseline(survey, 'salt')).paths).toHaveLength(1000);
  expect(calls()).toBe(3);
  expect(await view.identify(survey.dirty.map(({ path }) => path))).toHaveLength(1000);
  expect(calls()).toBe(5);
});

test('files that hold other bytes than the blob of theirs that git has are told without git', async () => {
  const bench = await workshop({ '.gitattributes': '*.crlf text eol=crlf\n', 'same': 's\n', 'a.crlf': 'a\n', 'edited': 'e\n', 'gone': 'g\n', 'folder': 'f\n', 'behind/file': 'b\n', 'linked': 'l\n' });
  const named = (await bench.git('ls-files', '--stage', '-z')).split('\0').filter(Boolean).map((line) => line.split(/[ \t]/)).map(([, id, , path]) => ({ path: path as RepoPath, id: id! }));
  await bench.write('a.crlf', 'a\r\n');
  await bench.write('edited', 'more\n');
  for (const path of ['gone', 'folder', 'behind', 'linked']) await bench.remove(path);
  await bench.write('folder/inside', 'i\n');
  await bench.link('behind', '..');
  await bench.link('linked', 'same');
  const { runner: counting, calls } = countingRunner(bench);
  const view = openRepositoryView(counting, await openPlaces(bench.root, bench.env));
  expect(await view.unlikeTheirBlobs(named)).toEqual(['a.crlf', 'edited', 'linked']);
  expect(await view.unlikeTheirBlobs([{ path: 'same' as RepoPath, id: '0'.repeat(40) }])).toEqual(['same']);
  expect(calls()).toBe(0);
});
