import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { expectedOf } from '../../support/aftermath.js';
import { SCENES, stageOf, type SceneName } from '../../support/scenes.js';
import { amount, seed } from '../../support/amounts.js';
import { choose } from './choice.js';
import { openInjector } from './injector.js';
import { Recovery } from './recovery.js';

/** How many of the 2,000 faults each command gets: the longest has the most calls. */
const SHARES: Record<SceneName, number> = {
  deliver: 720, 'deliver with hooks': 80, 'deliver signed': 40, 'deliver with a note': 80, abort: 150, 'advance to the writer': 200, 'advance through the proof': 180, 'advance to the records': 180,
  record: 70, rework: 130, 'ticket new': 100, init: 130,
};

const folder = await mkdtemp(join(tmpdir(), 'cxw-injector-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const injector = await openInjector(folder);
const SEED = seed();
const totals = new Recovery();
afterAll(() => console.log(typeof injector === 'string' ? `NOT TESTED: ${injector}.` : `${totals.told()} CXW_SEED=${SEED} repeats it.`));

test.skipIf(typeof injector === 'string').each(Object.keys(SCENES) as SceneName[])('%s, with every call that changes a file the last or the one that fails', async (name) => {
  if (typeof injector === 'string') return;
  const stage = await stageOf(name);
  const words = [...stage.scene.command, '--json'];
  const expected = await expectedOf(stage, (place) => injector.run(place.root, place.env, words));
  const counted = await stage.copy();
  const { calls } = await injector.trace(counted.root, counted.env, words);
  const recovery = new Recovery();
  await recovery.fromAll(choose(calls, amount(SHARES[name]), SEED), { injector, stage, expected, words, calls });
  totals.add(recovery);
  console.log(`${name}: ${recovery.told()}`);
  expect(recovery.failures).toEqual([]);
});

test.skipIf(typeof injector === 'string' || process.env['CXW_TIMES'] !== undefined)('there were at least 2,000 faults', () => {
  expect(totals.faults).toBeGreaterThanOrEqual(2000);
});
