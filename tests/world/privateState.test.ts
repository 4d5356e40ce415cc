import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pathFromBytes, type RepoPath } from '../../src/domain/paths.js';
import type { TicketId } from '../../src/domain/ticket.js';
import { openPlaces } from '../../src/world/places.js';
import { openPrivateState, type PrivateBaseline } from '../../src/world/privateState.js';
import { openRepositoryView } from '../../src/world/git/repositoryView.js';
import { openRunner } from '../../src/world/git/runner.js';
import { workshop } from '../support/workshop.js';

const TICKET = 'TKT-1' as TicketId;

async function opened(files?: Record<string, string>) {
  const bench = await workshop(files);
  const places = await openPlaces(bench.root, bench.env);
  return { bench, places, state: openPrivateState(places), view: openRepositoryView(openRunner(bench.root, bench.env), places) };
}

test('a baseline comes back as it was kept, whatever its names', async () => {
  const { state, places } = await opened();
  expect(await state.baseline(TICKET)).toBeUndefined();
  const odd = pathFromBytes(Uint8Array.from([0xff, 0x0a, 0x22]));
  const kept: PrivateBaseline = {
    baseline: { salt: 's', ignored: 2, paths: [{ path: odd, kind: 'file', executable: true, bytes: 1, digest: 'sha256:1', index: ['H 1 2 0'], staged: false, untracked: true }] },
    mine: [odd],
    fingerprints: { hooks: { a: 'b' }, filters: {}, attributes: {}, agents: {}, config: {} },
  };
  await state.saveBaseline(TICKET, kept);
  expect(await state.baseline(TICKET)).toEqual(kept);
  expect((await stat(places.state)).mode & 0o077).toBe(0);
  expect((await stat(join(places.state, 'tickets/TKT-1/private/baseline.json'))).mode & 0o777).toBe(0o600);
});

test('copies are kept by content, once each, and the cap is kept and counted', async () => {
  const { bench, state, view } = await opened();
  await bench.write('one', 'same');
  await bench.write('two', 'same');
  await bench.write('large', 'x'.repeat(100));
  await bench.link('link', 'one');
  await bench.remove('README.md');
  const { paths } = await view.baseline(await view.survey(), 'salt');
  expect(await state.copyToSafety(TICKET, paths, 50)).toEqual({ copied: 3, notCopied: 1 });
  const digestOf = (path: string): string => paths.find((identity) => identity.path === path)!.digest!;
  await bench.write('one', 'spoiled');
  expect(await readFile((await state.safetyCopy(TICKET, digestOf('one')))!, 'utf8')).toBe('same');
  expect(await readFile((await state.safetyCopy(TICKET, digestOf('link')))!, 'utf8')).toBe('one');
  expect(await state.safetyCopy(TICKET, digestOf('large'))).toBeUndefined();
});

test('a later look adds to the copies; one that was cut short before its list counts for nothing', async () => {
  const { bench, state, view } = await opened();
  const copyAll = async () => {
    const { paths } = await view.baseline(await view.survey(), 'salt');
    return { paths, counted: await state.copyToSafety(TICKET, paths, 1000) };
  };
  await bench.write('one', 'first');
  await copyAll();
  await bench.write('.git/cxw/tickets/TKT-1/private/copies/archive-2', 'cut off');
  await bench.write('two', 'second');
  const { paths, counted } = await copyAll();
  expect(counted).toEqual({ copied: 2, notCopied: 0 });
  const contents = await Promise.all(paths.map(async ({ digest }) => readFile((await state.safetyCopy(TICKET, digest!))!, 'utf8')));
  expect(contents.sort()).toEqual(['first', 'second']);
});

test('a large file, and hundreds of small ones, come back byte for byte', async () => {
  const { bench, state, view } = await opened();
  await bench.write('large', 'What is larger than one chunk.\n'.repeat(80_000));
  await Promise.all(Array.from({ length: 300 }, (_, nth) => bench.write(`many/${nth}`, `${nth}\0\n`.repeat(nth % 40))));
  const { paths } = await view.baseline(await view.survey(), 'salt');
  await state.copyToSafety(TICKET, paths, 1e9);
  for (const { path, digest } of paths) {
    const copy = await state.safetyCopy(TICKET, digest!);
    if (copy === undefined || !(await readFile(copy)).equals(await readFile(join(bench.root, path)))) expect(path).toBe('the same');
  }
});

test('a file that is no longer what the baseline says is not passed off as it', async () => {
  const { bench, state, view } = await opened();
  await bench.write('one', 'before');
  const { paths } = await view.baseline(await view.survey(), 'salt');
  await bench.write('one', 'after!');
  expect(await state.copyToSafety(TICKET, paths, 1000)).toEqual({ copied: 0, notCopied: 1 });
});

test('what lies beside a file that changed is kept all the same, byte for byte', async () => {
  const { bench, state, view } = await opened();
  for (const name of ['a', 'b', 'c']) await bench.write(name, `content of ${name}`);
  const { paths } = await view.baseline(await view.survey(), 'salt');
  await bench.write('b', 'another of b');
  expect(await state.copyToSafety(TICKET, paths, 1000)).toEqual({ copied: 2, notCopied: 1 });
  for (const { path, digest } of paths.filter(({ path: name }) => name !== 'b')) expect(await readFile((await state.safetyCopy(TICKET, digest!))!, 'utf8')).toBe(`content of ${path}`);
});

test('copies that cannot be finished are told by what was in the way', async () => {
  const { bench, places, state, view } = await opened();
  await bench.write('one', 'same');
  const { paths } = await view.baseline(await view.survey(), 'salt');
  const copies = join(places.state, 'tickets/TKT-1/private/copies');
  await mkdir(join(copies, 'archive-1.tmp'), { recursive: true });
  await expect(state.copyToSafety(TICKET, paths, 1000)).rejects.toMatchObject({ problem: { code: 'disk-failed', message: expect.stringContaining('illegal operation on a directory') } });
});

test('logs and children are kept and forgotten, and forgetting leaves the neighbours alone', async () => {
  const { bench, state } = await opened();
  await state.saveLog(TICKET, 'P1-7.txt', Buffer.from('ok 1'));
  await state.saveChild(TICKET, { pid: 7, started: 'then' });
  await bench.write('.git/cxw/tickets/TKT-1/000001.json', '{}');
  expect((await state.log(TICKET, 'P1-7.txt'))?.toString()).toBe('ok 1');
  expect(await state.child(TICKET)).toEqual({ pid: 7, started: 'then' });
  await state.saveChild(TICKET, undefined);
  expect(await state.child(TICKET)).toBeUndefined();
  await state.forget(TICKET);
  await state.forget(TICKET);
  expect(await state.log(TICKET, 'P1-7.txt')).toBeUndefined();
  expect(await bench.read('.git/cxw/tickets/TKT-1/000001.json')).toBe('{}');
});

test('a name that could leave the folder is our bug; a damaged file is said so', async () => {
  const { bench, state } = await opened();
  expect(() => state.log(TICKET, '../../config' as RepoPath)).toThrow(/not a plain file name/);
  await bench.write('.git/cxw/tickets/TKT-1/private/baseline.json', '{"baseline":');
  await expect(state.baseline(TICKET)).rejects.toMatchObject({ problem: { code: 'private-state-damaged' } });
});
