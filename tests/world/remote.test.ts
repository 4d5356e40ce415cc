import { publishedUrl } from '../../src/domain/delivery/url.js';
import { access, mkdir, rename } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { gitRoom } from '../support/room.js';
import { workshop } from '../support/workshop.js';

const ref = 'refs/heads/main';

test('the configuration tells upstream, push remote, effective URLs without user info, and mirrors', async () => {
  const bench = await workshop();
  const { remote } = await gitRoom(bench);
  expect(await remote.configuration(ref)).toEqual({ remotes: ['origin'], upstream: { remote: 'origin', ref }, pushRemote: undefined, pushUrls: [publishedUrl(bench.remote)], mirror: false });
  await bench.git('remote', 'set-url', '--push', 'origin', 'https://ada:token@git.example/r.git');
  await bench.git('remote', 'add', 'fork', 'git@git.example:fork.git');
  await bench.git('config', 'remote.pushDefault', 'fork');
  await bench.git('config', 'remote.origin.mirror', 'true');
  expect(await remote.configuration(ref)).toEqual({
    remotes: ['fork', 'origin'], upstream: { remote: 'origin', ref }, pushRemote: 'fork', pushUrls: ['https://git.example/r.git'], mirror: true, fetchesElsewhere: true,
  });
  expect((await remote.configuration('refs/heads/other')).upstream).toBeUndefined();
});

test.each([[[]], [['url.elsewhere:.pushInsteadOf', 'nowhere:']]])('a remote whose path has a line break is one, and is asked and pushed to; with settings that rewrite URLs: %j', async (rewriting) => {
  const bench = await workshop();
  const place = join(bench.folder, 'two\nlines');
  await mkdir(place);
  await rename(bench.remote, join(place, 'remote.git'));
  await bench.git('remote', 'set-url', 'origin', join(place, 'remote.git'));
  if (rewriting.length > 0) await bench.git('config', ...rewriting);
  const { remote } = await gitRoom(bench);
  const { pushUrls } = await remote.configuration(ref);
  expect(pushUrls).toEqual(['file:///…/remote.git']);
  const target = { remote: 'origin', ref, url: pushUrls[0]! };
  const next = await bench.git('commit-tree', '-p', 'HEAD', '-m', 'next', 'HEAD^{tree}');
  expect(await remote.push(target, next, 20, () => undefined)).toMatchObject({ accepted: true });
  expect(await remote.ask(target, 20)).toBe(next);
});

test('a URL that rewriting would change again counts as two', async () => {
  const bench = await workshop();
  await bench.git('config', 'remote.origin.pushurl', 'one:r.git');
  await bench.git('config', 'url.two:.insteadOf', 'one:');
  await bench.git('config', 'url.three:.insteadOf', 'two:');
  const { remote } = await gitRoom(bench);
  expect((await remote.configuration(ref)).pushUrls).toHaveLength(2);
});

test('what a remote had when it was last heard of: all of HEAD, what is below commits of ours, or nothing', async () => {
  const bench = await workshop();
  const { remote } = await gitRoom(bench);
  const pushed = await bench.git('rev-parse', 'HEAD');
  expect(await remote.lastSeenToHold('origin')).toBe('all');
  expect(await remote.lastSeenToHold('fork')).toEqual([]);
  await bench.git('commit', '--quiet', '--allow-empty', '--message', 'Ours');
  await bench.git('commit', '--quiet', '--allow-empty', '--message', 'Ours too');
  expect(await remote.lastSeenToHold('origin')).toEqual([pushed]);
  await bench.git('update-ref', 'refs/remotes/fork/main', 'HEAD');
  expect(await remote.lastSeenToHold('origin')).toEqual([pushed]);
  expect(await remote.lastSeenToHold('fork')).toBe('all');
});

test('the remote is asked for the exact name, on the push URL', async () => {
  const bench = await workshop();
  const { remote } = await gitRoom(bench);
  const head = await bench.git('rev-parse', 'HEAD');
  await bench.git('--git-dir', bench.remote, 'update-ref', '-d', ref);
  await bench.git('--git-dir', bench.remote, 'update-ref', `refs/heads/x/${ref}`, head);
  const target = { remote: 'origin', ref, url: publishedUrl(bench.remote) };
  expect(await remote.ask(target, 20)).toBeUndefined();
  await bench.git('clone', '--quiet', '--bare', bench.root, join(bench.folder, 'second.git'));
  await bench.git('remote', 'set-url', '--push', 'origin', join(bench.folder, 'second.git'));
  expect(await remote.ask({ ...target, url: publishedUrl(join(bench.folder, 'second.git')) }, 20)).toBe(head);
  await expect(remote.ask(target, 20)).rejects.toMatchObject({ problem: { code: 'push-url-changed' } });
});

test('a URL whose text is the name of another remote is no word for that remote', async () => {
  const bench = await workshop();
  for (const place of ['hub', 'elsewhere.git']) await bench.git('clone', '--quiet', '--bare', bench.remote, place);
  await bench.git('remote', 'set-url', 'origin', 'hub');
  await bench.git('remote', 'add', 'hub', 'elsewhere.git');
  const { remote } = await gitRoom(bench);
  const target = { remote: 'origin', ref, url: 'hub' };
  const commit = await bench.git('commit-tree', '-p', 'HEAD', '-m', 'two', 'HEAD^{tree}');
  expect(await remote.push(target, commit, 20, () => undefined)).toMatchObject({ accepted: true });
  expect(await remote.ask(target, 20)).toBe(commit);
  await bench.git('config', 'url.other:.insteadOf', 'one:');
  expect((await remote.configuration(ref)).pushUrls).toEqual(['hub']);
  const theirs = await bench.git('--git-dir', 'hub', 'commit-tree', '-p', commit, '-m', 'theirs', `${commit}^{tree}`);
  await bench.git('--git-dir', 'hub', 'update-ref', ref, theirs);
  expect(await remote.fetch(target, 20)).toEqual({ fetched: true });
  expect(await remote.contains(theirs, commit)).toBe(true);
});

test('the remote is asked on the way that is set for it: its program for packs, and its proxy', async () => {
  const bench = await workshop();
  const { remote } = await gitRoom(bench);
  await bench.write('serve', `#!/bin/sh\nexec git upload-pack '${bench.remote}'\n`);
  await bench.executable('serve');
  await bench.git('config', 'remote.origin.uploadpack', join(bench.root, 'serve'));
  await bench.git('remote', 'set-url', 'origin', join(bench.folder, 'nowhere.git'));
  expect(await remote.ask({ remote: 'origin', ref, url: publishedUrl(join(bench.folder, 'nowhere.git')) }, 20)).toBe(await bench.git('rev-parse', 'HEAD'));

  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(request.url!);
    response.writeHead(502).end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => { proxy.close(); });
  await new Promise((listening) => proxy.on('listening', listening));
  await bench.git('config', 'remote.origin.proxy', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  await bench.git('remote', 'set-url', 'origin', 'http://git.example/r.git');
  expect(await remote.answer({ remote: 'origin', ref, url: 'http://git.example/r.git' }, 20)).toMatchObject({ reached: false });
  expect(asked).toEqual([expect.stringMatching(/^http:\/\/git\.example\/r\.git\/info\/refs/)]);
});

test('exactly one commit is pushed to one ref: no tags, no force, no other branches', async () => {
  const bench = await workshop();
  const { remote } = await gitRoom(bench);
  await bench.git('config', 'push.followTags', 'true');
  await bench.git('config', 'remote.origin.push', '+refs/heads/*:refs/heads/*');
  const first = await bench.git('rev-parse', 'HEAD');
  await bench.git('branch', 'private');
  const commit = await bench.git('commit-tree', '-p', first, '-m', 'two', 'HEAD^{tree}');
  await bench.git('tag', '--annotate', '-m', 'x', 'v1', commit);
  const target = { remote: 'origin', ref, url: publishedUrl(bench.remote) };
  let child = { pid: 0, started: '' };
  expect(await remote.push(target, commit, 20, (one) => { child = one; })).toMatchObject({ accepted: true });
  expect(child).toEqual({ pid: expect.any(Number), started: expect.stringMatching(/^\d/), name: expect.any(String) });
  expect(await bench.git('--git-dir', bench.remote, 'for-each-ref', '--format=%(refname) %(objectname)')).toBe(`${ref} ${commit}`);
  const beside = await bench.git('commit-tree', '-p', first, '-m', 'beside', 'HEAD^{tree}');
  const rejected = await remote.push(target, beside, 20, () => undefined);
  expect(rejected.accepted).toBe(false);
  expect(rejected.said).toMatch(/non-fast-forward|fetch first/);
  expect(await remote.contains(commit, first)).toBe(true);
  expect(await remote.contains(beside, commit)).toBe(false);
  expect(await remote.contains('a'.repeat(40), commit)).toBe('unknown');
});

test('a transport that runs programs is not used, even where the repository allows it', async () => {
  const bench = await workshop();
  const { remote } = await gitRoom(bench);
  const url = `ext::touch ${join(bench.folder, 'pwned')}`;
  await bench.git('config', 'remote.origin.pushurl', url);
  await bench.git('config', 'protocol.ext.allow', 'always');
  expect(await remote.answer({ remote: 'origin', ref, url }, 20)).toMatchObject({ reached: false });
  await expect(access(join(bench.folder, 'pwned'))).rejects.toThrow();
});

test('what a commit contains is told where the history of a shallow clone tells it, and nowhere else', async () => {
  const bench = await workshop();
  for (const message of ['two', 'three']) await bench.git('commit', '--quiet', '--allow-empty', '--message', message);
  await bench.git('push', '--quiet');
  const whole = await gitRoom(bench);
  const [one, two, three] = (await bench.git('rev-list', '--reverse', 'HEAD')).split('\n') as [string, string, string];
  const ours = await bench.git('commit-tree', '-p', three, '-m', 'ours', 'HEAD^{tree}');
  const elsewhere = await bench.git('commit-tree', '-m', 'elsewhere', 'HEAD^{tree}');
  expect([await whole.remote.contains(three, one), await whole.remote.contains(one, three), await whole.remote.contains(three, elsewhere)]).toEqual([true, false, false]);
  expect(await whole.remote.contains('1'.repeat(40), one)).toBe('unknown');
  await bench.git('fetch', '--quiet', '--depth=1');
  const { remote } = await gitRoom(bench);
  // Its forebears cannot hold it, cut off or not; of anything else nobody knows.
  expect([await remote.contains(three, ours), await remote.contains(ours, three)]).toEqual([false, true]);
  expect([await remote.contains(three, two), await remote.contains(three, elsewhere)]).toEqual(['cut-off', 'cut-off']);
});
