import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { askEverything, askWhere, askWhereAndStatus } from '../../src/world/git/early.js';
import { readConfiguration } from '../../src/world/git/configuration.js';
import { SETTINGS, STATUS, VERSION, WHERE } from '../../src/world/git/questions.js';
import { openRunner } from '../../src/world/git/runner.js';
import { openPlaces } from '../../src/world/places.js';
import { workshop } from '../support/workshop.js';

const never = new AbortController().signal;

test('the answer to an early question is what git would have said later, wherever it was asked', async () => {
  const bench = await workshop();
  await mkdir(join(bench.root, 'deep/er'), { recursive: true });
  await writeFile(join(bench.root, 'deep/er/größe\n.txt'), 'x');
  await bench.git('config', 'status.relativePaths', 'true');
  const early = askWhereAndStatus({ cwd: join(bench.root, 'deep'), env: bench.env, signal: never });
  const places = await openPlaces(join(bench.root, 'deep'), bench.env, never, early);
  expect(places).toEqual(await openPlaces(bench.root, bench.env));
  const told = await early.take(STATUS)!.ended;
  const later = askWhereAndStatus({ cwd: bench.root, env: bench.env, signal: never });
  expect(told.stdout.toString()).toContain('deep/er/größe\n.txt');
  expect(told).toEqual(await later.take(STATUS)!.ended);
  later.dismiss();
});

test('how a repository is set up is told early as it is later, without the options of our own calls', async () => {
  const bench = await workshop();
  await mkdir(join(bench.root, 'deep'));
  const early = askEverything({ cwd: join(bench.root, 'deep'), env: bench.env, signal: never });
  const settings = await readConfiguration(openRunner(bench.root, bench.env, never, early));
  expect(settings).toEqual(await readConfiguration(openRunner(bench.root, bench.env)));
  expect(early.take(SETTINGS)).toBeUndefined();
  expect((await early.take(VERSION)!.ended).stdout.toString()).toMatch(/^git version \d/);
  early.dismiss();
});

test('an early answer is taken once; whoever asks again asks git anew', async () => {
  const bench = await workshop();
  const early = askWhere({ cwd: bench.root, env: bench.env, signal: never });
  const runner = openRunner(bench.root, bench.env, never, early);
  const first = await runner.run(WHERE, { doing: 'asking' });
  expect(early.take(WHERE)).toBeUndefined();
  expect(await runner.run(WHERE, { doing: 'asking' })).toEqual(first);
});

test('what nobody took is ended, and what cannot be asked is told to whoever takes it', async () => {
  const bench = await workshop();
  const early = askWhereAndStatus({ cwd: bench.root, env: bench.env, signal: never });
  const where = early.take(WHERE)!.ended;
  const status = early.take(STATUS)!.ended;
  early.dismiss();
  expect((await where).exit).toBe(0);
  expect((await status).exit).toBe(0);

  const nowhere = askWhere({ cwd: join(bench.root, 'no such folder'), env: bench.env, signal: never });
  await expect(openRunner(bench.root, bench.env, never, nowhere).run(WHERE, { doing: 'asking' })).rejects.toMatchObject({ problem: { code: 'git-missing' } });

  const left = askWhere({ cwd: bench.root, env: { ...bench.env, PATH: '/no/such/place' }, signal: never });
  left.dismiss();
});
