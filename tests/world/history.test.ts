import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RepoPath } from '../../src/domain/paths.js';
import { openHistory } from '../../src/world/git/history.js';
import { gitRoom } from '../support/room.js';
import { workshop } from '../support/workshop.js';

test('commits are told whole, and trailers only from the last paragraph', async () => {
  const bench = await workshop({ a: '1\n' });
  const first = await bench.git('rev-parse', 'HEAD');
  const message = 'Größe\n\nCxw-Ticket: forged\n\nBody\n\nCxw-Ticket: TKT-1\nCxw-Evidence: sha256:ab';
  await bench.git('commit', '--quiet', '--allow-empty', '--message', message);
  await bench.git('commit', '--quiet', '--allow-empty', '--message', 'Top');
  const { history } = await gitRoom(bench);
  const commit = (await history.commit('HEAD^'))!;
  expect(commit).toMatchObject({
    subject: 'Größe', parents: [first], author: { name: 'Ada', email: 'ada@example.org' },
    trailers: [{ key: 'Cxw-Ticket', value: 'TKT-1' }, { key: 'Cxw-Evidence', value: 'sha256:ab' }],
  });
  expect((await history.withTrailer('HEAD', 'Cxw-Ticket', 'TKT-1')).map((found) => found.id)).toEqual([commit.id]);
  expect(await history.withTrailer('HEAD', 'Cxw-Ticket', 'forged')).toEqual([]);
  expect((await history.between(first, (await history.resolve('HEAD'))!, 5)).map((found) => found.subject)).toEqual(['Top', 'Größe']);
  expect(await history.between('a'.repeat(40), first, 5)).toEqual([]);
  expect((await history.list('HEAD~1..HEAD', 5)).map((found) => found.subject)).toEqual(['Top']);
  expect(await history.commit('nothing')).toBeUndefined();
  expect(await history.resolve('--help')).toBeUndefined();
  expect((await history.writing('a' as RepoPath, 'HEAD')).map(({ id }) => id)).toEqual([first]);
  expect(await history.writing('a' as RepoPath, 'HEAD', first)).toEqual([]);
  await expect(history.list('--output=x', 5)).rejects.toMatchObject({ problem: { code: 'git-failed' } });
});

test('what the environment says of editors and of other repositories does not count', async () => {
  const bench = await workshop({ a: '1\n' });
  const { history } = await gitRoom(bench, { ...bench.env, GIT_EDITOR: 'evil', EDITOR: 'evil', GIT_DIR: '/nowhere' });
  expect((await history.list('HEAD', 5)).map((found) => found.author.name)).toEqual(['Ada']);
});

test('files are told in exact bytes, whatever they are called', async () => {
  const odd = 'd/:(top)x\n' as RepoPath;
  const bench = await workshop({ [odd]: 'odd\u0000bytes', 'd/b': 'b', e: 'e' });
  const { history } = await gitRoom(bench);
  const head = (await history.resolve('HEAD'))!;
  expect((await history.file(head, odd))!.toString()).toBe('odd\u0000bytes');
  expect(await history.file(head, 'none' as RepoPath)).toBeUndefined();
  expect((await history.filesBelow(head, 'd' as RepoPath)).map((entry) => entry.path)).toEqual([odd, 'd/b']);
});

test('a log that says nothing for as long as a call may take is ended', async () => {
  const bench = await workshop();
  await mkdir(join(bench.folder, 'silent'));
  await writeFile(join(bench.folder, 'silent/git'), '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
  const { runner, places } = await gitRoom(bench);
  const history = openHistory(runner, places, { ...bench.env, PATH: `${join(bench.folder, 'silent')}:${bench.env['PATH']}` }, undefined, 1);
  await expect(history.list('HEAD', 5)).rejects.toMatchObject({ exit: 6, problem: { code: 'git-timed-out', facts: { doing: 'reading the history', seconds: 1 } } });
});
