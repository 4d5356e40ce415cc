import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pathFromBytes, type RepoPath } from '../../src/domain/paths.js';
import type { TicketId } from '../../src/domain/ticket.js';
import { openPlaces } from '../../src/world/places.js';
import { openPrivateState, type PrivateBaseline } from '../../src/world/privateState.js';
import { openRepositoryView } from '../../src/world/git/repositoryView.js';
import { openRunner } from '../../src/world/git/runner.js';
import { sha256 } from '../support/sealed.js';
import { workshop } from '../support/workshop.js';

const TICKET = 'TKT-1' as TicketId;

const odd = pathFromBytes(Uint8Array.from([0xff, 0x0a, 0x22]));
const BASELINE: PrivateBaseline = {
  baseline: { salt: 's', ignored: 2, paths: [{ path: odd, kind: 'file', executable: true, bytes: 1, digest: 'sha256:1', index: ['H 1 2 0'], staged: false, untracked: true }] },
  mine: [odd],
  fingerprints: { hooks: { a: 'b' }, filters: {}, attributes: {}, agents: {}, config: {} },
};

async function opened(files?: Record<string, string>) {
  const bench = await workshop(files);
  const places = await openPlaces(bench.root, bench.env);
  return { bench, places, state: openPrivateState(places), view: openRepositoryView(openRunner(bench.root, bench.env), places) };
}

test('a baseline comes back as it was kept, whatever its names', async () => {
  const { state, places } = await opened();
  expect(await state.baseline(TICKET)).toBeUndefined();
  await state.saveBaseline(TICKET, BASELINE);
  expect(await state.baseline(TICKET)).toEqual(BASELINE);
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
  expect(await readFile((await state.setCopyAside(TICKET, digestOf('one')))!, 'utf8')).toBe('same');
  expect(await readFile((await state.setCopyAside(TICKET, digestOf('link')))!, 'utf8')).toBe('one');
  expect(await state.setCopyAside(TICKET, digestOf('large'))).toBeUndefined();
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
  const contents = await Promise.all(paths.map(async ({ digest }) => readFile((await state.setCopyAside(TICKET, digest!))!, 'utf8')));
  expect(contents.sort()).toEqual(['first', 'second']);
});

test('a large file, and hundreds of small ones, come back byte for byte', async () => {
  const { bench, state, view } = await opened();
  await bench.write('large', 'What is larger than one chunk.\n'.repeat(80_000));
  await Promise.all(Array.from({ length: 300 }, (_, nth) => bench.write(`many/${nth}`, `${nth}\0\n`.repeat(nth % 40))));
  const { paths } = await view.baseline(await view.survey(), 'salt');
  await state.copyToSafety(TICKET, paths, 1e9);
  for (const { path, digest } of paths) {
    const [copy, original] = [await state.setCopyAside(TICKET, digest!), await readFile(join(bench.root, path))];
    if (copy === undefined || digest !== sha256(original) || !(await readFile(copy)).equals(original)) expect(path).toBe('the same');
  }
});

test('a file that is no longer what the baseline says is not passed off as it', async () => {
  const { bench, state, view } = await opened();
  await bench.write('one', 'before');
  await bench.write('gone', 'here');
  await bench.link('link', 'one');
  const { paths } = await view.baseline(await view.survey(), 'salt');
  await bench.write('one', 'after!');
  await bench.remove('gone');
  await bench.remove('link');
  expect(await state.copyToSafety(TICKET, paths, 1000)).toEqual({ copied: 0, notCopied: 3 });
});

test('what lies beside a file that changed is kept all the same, byte for byte', async () => {
  const { bench, state, view } = await opened();
  for (const name of ['a', 'b', 'c']) await bench.write(name, `content of ${name}`);
  const { paths } = await view.baseline(await view.survey(), 'salt');
  await bench.write('b', 'another of b');
  expect(await state.copyToSafety(TICKET, paths, 1000)).toEqual({ copied: 2, notCopied: 1 });
  for (const { path, digest } of paths.filter(({ path: name }) => name !== 'b')) expect(await readFile((await state.setCopyAside(TICKET, digest!))!, 'utf8')).toBe(`content of ${path}`);
});

test('copies that cannot be finished are told by what was in the way', async () => {
  const { bench, places, state, view } = await opened();
  await bench.write('one', 'same');
  const { paths } = await view.baseline(await view.survey(), 'salt');
  const copies = join(places.state, 'tickets/TKT-1/private/copies');
  await mkdir(join(copies, 'archive-1.tmp'), { recursive: true });
  await expect(state.copyToSafety(TICKET, paths, 1000)).rejects.toMatchObject({ problem: { code: 'disk-failed', message: expect.stringContaining('illegal operation on a directory') } });
});

test('a baseline that is damaged, or not ours, is as good as none where one is made again; one that the disk keeps is not', async () => {
  const { bench, state } = await opened();
  const file = '.git/cxw/tickets/TKT-1/private/baseline.json';
  const usable = (isOurs = true): Promise<unknown> => state.usableBaseline(TICKET, () => isOurs);
  expect(await usable()).toBeUndefined();
  await state.saveBaseline(TICKET, BASELINE);
  expect(await usable()).toEqual(BASELINE);
  expect(await usable(false)).toBeUndefined();
  for (const torn of ['{"baseline":', 'null', '{}']) {
    await bench.write(file, torn);
    expect(await usable()).toBeUndefined();
    await expect(state.baseline(TICKET)).rejects.toMatchObject({ problem: { code: 'private-state-damaged' } });
  }
  await bench.remove(file);
  await bench.write(`${file}/x`, 'a folder in its place');
  expect(await usable()).toBeUndefined();
  await state.saveBaseline(TICKET, BASELINE);
  expect(await usable()).toEqual(BASELINE);
  await rm(join(bench.root, '.git/cxw/tickets/TKT-1/private'), { recursive: true });
  await symlink('private', join(bench.root, '.git/cxw/tickets/TKT-1/private'));
  await expect(usable()).rejects.toMatchObject({ exit: 6, problem: { code: 'disk-failed', facts: { said: 'too many symbolic links encountered', place: 'cxw/tickets/TKT-1/private' } } });
});

test('what had to make room is told as nothing where the disk keeps it, and fails no answer', async () => {
  const { state, places } = await opened();
  await mkdir(join(places.state, 'set-aside/displaced'), { recursive: true });
  await symlink(TICKET, join(places.state, 'set-aside/displaced', TICKET));
  expect(await state.displaced(TICKET)).toEqual([]);
});

test('a pipe in the place of what is kept is damage, and nobody is waited for there', async () => {
  const { state, places, bench, view } = await opened();
  const folder = join(places.state, 'tickets/TKT-1/private');
  await state.saveLog(TICKET, 'P1-7.txt', Buffer.from('x'));
  await bench.write('one', 'content');
  const { paths } = await view.baseline(await view.survey(), 'salt');
  await state.copyToSafety(TICKET, paths, 1000);
  for (const name of ['baseline.json', 'logs/P1-7.txt', 'copies/archive-1', 'copies/archive-2']) {
    await rm(join(folder, name), { force: true });
    execFileSync('mkfifo', [join(folder, name)]);
  }
  await expect(state.baseline(TICKET)).rejects.toMatchObject({ problem: { code: 'private-state-damaged', facts: { name: 'baseline' } } });
  await expect(state.log(TICKET, 'P1-7.txt')).rejects.toMatchObject({ problem: { code: 'private-state-damaged', facts: { name: 'log P1-7.txt' } } });
  expect(await state.setCopyAside(TICKET, paths[0]!.digest!)).toBeUndefined();
  await bench.write('two', 'other content');
  await expect(state.copyToSafety(TICKET, (await view.baseline(await view.survey(), 'salt')).paths, 1000)).rejects.toMatchObject({ problem: { code: 'disk-failed' } });
  await rm(join(folder, 'copies/archive-1.list'));
  execFileSync('mkfifo', [join(folder, 'copies/archive-1.list')]);
  expect(await openPrivateState(places).setCopyAside(TICKET, paths[0]!.digest!)).toBeUndefined();
});

test('a copy that cannot be taken out is none, and fails no answer; an archive whose list is torn counts for nothing', async () => {
  const { bench, state, places, view } = await opened();
  const copies = join(places.state, 'tickets/TKT-1/private/copies');
  await bench.write('one', 'first');
  const [identity] = (await view.baseline(await view.survey(), 'salt')).paths;
  expect(await state.setCopyAside(TICKET, identity!.digest!)).toBeUndefined();
  await state.copyToSafety(TICKET, [identity!], 1000);
  await truncate(join(copies, 'archive-1'), 2);
  expect(await state.setCopyAside(TICKET, identity!.digest!)).toBeUndefined();
  await rm(join(copies, 'archive-1'));
  expect(await state.setCopyAside(TICKET, identity!.digest!)).toBeUndefined();
  expect(await readdir(copies)).toEqual(['archive-1.list']);
  for (const torn of ['', '{"sha256:', 'null']) {
    await writeFile(join(copies, 'archive-1.list'), torn);
    const anew = openPrivateState(places);
    expect(await anew.setCopyAside(TICKET, identity!.digest!)).toBeUndefined();
    expect(await anew.copyToSafety(TICKET, [identity!], 1000)).toEqual({ copied: 1, notCopied: 0 });
    expect(await readFile((await anew.setCopyAside(TICKET, identity!.digest!))!, 'utf8')).toBe('first');
    await rm(join(places.state, 'set-aside/copies', identity!.digest!.replace('sha256:', '')));
    await rm(join(copies, 'archive-2.list'));
  }
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
  for (const torn of ['null', '{"pid":7}']) {
    await bench.write('.git/cxw/tickets/TKT-1/private/child.json', torn);
    await expect(state.child(TICKET)).rejects.toMatchObject({ problem: { code: 'private-state-damaged' } });
  }
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

test.each<[string, unknown]>([
  ['no text as its salt', { ...BASELINE, baseline: { ...BASELINE.baseline, salt: 1 } }],
  ['paths that are no list', { ...BASELINE, baseline: { ...BASELINE.baseline, paths: {} } }],
  ['one path that is none', { ...BASELINE, baseline: { ...BASELINE.baseline, paths: [...BASELINE.baseline.paths, { path: 1 }] } }],
  ['no list of its own', { ...BASELINE, mine: {} }],
  ['a list of its own with something else in it', { ...BASELINE, mine: [odd, null] }],
  ...(['hooks', 'filters', 'attributes', 'agents', 'config'] as const).flatMap((kind): [string, unknown][] => [
    [`no fingerprints of ${kind}`, { ...BASELINE, fingerprints: { ...BASELINE.fingerprints, [kind]: undefined } }],
    [`null as the fingerprints of ${kind}`, { ...BASELINE, fingerprints: { ...BASELINE.fingerprints, [kind]: null } }],
  ]),
])('a baseline with %s is damaged, and said to be', async (_, written) => {
  const { state, places } = await opened();
  await state.saveBaseline(TICKET, BASELINE);
  await writeFile(join(places.state, 'tickets/TKT-1/private/baseline.json'), JSON.stringify(written));
  await expect(state.baseline(TICKET)).rejects.toMatchObject({ problem: { code: 'private-state-damaged', facts: { ticket: TICKET, name: 'baseline' } } });
});

test('what must not change while a program runs is kept until it is dropped; dropping what is not there is nothing', async () => {
  const { state, places } = await opened();
  const watch = { kind: 'hook', name: 'pre-commit', before: BASELINE.baseline.paths } as const;
  await state.saveWatch(TICKET, undefined);
  await state.saveWatch(TICKET, watch);
  await state.saveChild(TICKET, { pid: 1, started: 'then' });
  expect(await state.watch(TICKET)).toEqual(watch);
  expect((await readdir(join(places.state, 'tickets/TKT-1/private'))).sort()).toEqual(['child.json', 'watch.json']);
  await state.saveWatch(TICKET, { ...watch, kind: 'proof', name: 'P1' });
  expect(await state.watch(TICKET)).toMatchObject({ kind: 'proof', name: 'P1' });
  await state.saveWatch(TICKET, undefined);
  expect(await state.watch(TICKET)).toBeUndefined();
  expect(await state.child(TICKET)).toMatchObject({ pid: 1 });
});

test.each([
  ['nothing', null],
  ['another kind', { kind: 'filter', name: 'x', before: [] }],
  ['no name', { kind: 'hook', before: [] }],
  ['no list', { kind: 'proof', name: 'P1', before: 'all' }],
  ['a list of something else', { kind: 'proof', name: 'P1', before: [1] }],
])('a watch with %s is none', async (_, written) => {
  const { state, places } = await opened();
  await state.saveWatch(TICKET, { kind: 'hook', name: 'pre-commit', before: [] });
  await writeFile(join(places.state, 'tickets/TKT-1/private/watch.json'), JSON.stringify(written));
  expect(await state.watch(TICKET)).toBeUndefined();
});

test('a copy that somebody was told of outlives the ticket; the others go with it', async () => {
  const { bench, state, view } = await opened();
  await bench.write('told.txt', 'told');
  await bench.write('untold.txt', 'untold');
  const [told, untold] = (await view.baseline(await view.survey(), 'salt')).paths.map(({ digest }) => digest!) as [string, string];
  await state.copyToSafety(TICKET, (await view.baseline(await view.survey(), 'salt')).paths, 100);
  const copy = await state.setCopyAside(TICKET, told);
  await state.forget(TICKET);
  expect(await readFile(copy!, 'utf8')).toBe('told');
  expect(await state.setCopyAside(TICKET, told)).toBe(copy);
  expect(await state.setCopyAside(TICKET, untold)).toBeUndefined();
});

test('what made room for records is known until its copy is removed, and what is kept of it fails no answer', async () => {
  const { bench, state, view, places } = await opened();
  const [one, two] = ['one', 'two'] as RepoPath[] as [RepoPath, RepoPath];
  for (const path of [one, two]) await bench.write(path, `content of ${path}`);
  const contents = await view.contents([one, two]);
  await state.copyToSafety(TICKET, contents, 1000);
  const displaced = await Promise.all(contents.map(async ({ path, digest }) => ({ path, digest: digest!, copy: (await state.setCopyAside(TICKET, digest!))! })));
  expect(await state.displaced(TICKET)).toEqual([]);
  for (const one of [displaced[0]!, displaced[0]!, displaced[1]!]) await state.addDisplaced(TICKET, [one]);
  await state.forget(TICKET);
  expect(await state.displaced(TICKET)).toEqual(displaced.map(({ path, copy }) => ({ path, copy })));
  expect(await state.displaced('TKT-2' as TicketId)).toEqual([]);
  await rm(displaced[0]!.copy);
  expect(await state.displaced(TICKET)).toEqual([{ path: two, copy: displaced[1]!.copy }]);
  const kept = join(places.state, 'set-aside/displaced/TKT-1/displaced.json');
  await writeFile(kept, '[{"path":"two"}]');
  expect(await state.displaced(TICKET)).toEqual([]);
  await rm(kept);
  await mkdir(kept);
  expect(await state.displaced(TICKET)).toEqual([]);
});

test('copies lie in a folder for one person', async () => {
  const { bench, state, view, places } = await opened();
  await bench.write('one', 'mine');
  const { paths } = await view.baseline(await view.survey(), 'salt');
  await state.copyToSafety(TICKET, paths, 50);
  expect((await stat(join(places.state, 'tickets/TKT-1/private/copies'))).mode & 0o777).toBe(0o700);
});

test.each(['a/b', '../a', 'a b', '.a', ''])('no log is kept under the name "%s"', async (name) => {
  const { state } = await opened();
  await expect(state.saveLog(TICKET, name, Buffer.from('x'))).rejects.toThrow('not a plain file name');
});
