import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openLedger, type Ledger } from '../../../src/world/ledger.js';
import { stageOf, type SceneName } from '../../support/scenes.js';
import { seed } from '../../support/amounts.js';
import { numbersFrom } from './choice.js';
import { Disk, type Survival } from './disk.js';
import { openInjector, type Call } from './injector.js';

const folder = await mkdtemp(join(tmpdir(), 'cxw-power-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const injector = await openInjector(folder);
if (typeof injector === 'string') console.log(`NOT TESTED: ${injector}.`);

const SEED = seed();
const random = numbersFrom(SEED);

/** A careful disk, a careless one, and everything in between. */
const SURVIVALS: Record<string, Survival> = {
  'everything survives': { names: () => true, bytes: 'all' },
  'names survive, unflushed bytes do not': { names: () => true, bytes: 'none' },
  'names survive, unflushed bytes by half': { names: () => true, bytes: 'half' },
  'unflushed names do not survive': { names: () => false, bytes: 'all' },
  'only what was flushed survives': { names: () => false, bytes: 'none' },
  'some survive': { names: () => random() < 0.5, bytes: 'half' },
};

const SCENES_OF_THE_LEDGER: SceneName[] = ['advance to the writer', 'record', 'deliver'];
let cuts = 0;

test.skipIf(typeof injector === 'string').each(SCENES_OF_THE_LEDGER)('after a power cut at any moment of %s, every ledger is as it was before a fact or after it', async (name) => {
  if (typeof injector === 'string') return;
  const stage = await stageOf(name);
  const place = await stage.copy();
  const state = join(place.root, '.git/cxw');
  const disk = new Disk(state);
  const { calls } = await injector.trace(place.root, place.env, stage.scene.command);
  const published = new Map<string, number>();

  const failures: string[] = [];
  for (const call of calls.filter(disk.holds)) {
    disk.play(call);
    notePublished(call, published);
    if (!OF_A_LEDGER.test(call.path)) continue;
    for (const [how, survival] of Object.entries(SURVIVALS)) {
      cuts += 1;
      const left = join(folder, `cut-${cuts}`);
      disk.cut(left, survival);
      const wrong = await wrongIn(left, published);
      if (wrong.length > 0) failures.push(`after ${call.call} ${(call.to || call.path).slice(state.length)}, when ${how}: ${wrong.join('; ')}`);
      await rm(left, { recursive: true, force: true });
    }
  }
  expect(failures.slice(0, 20), `${failures.length} cuts did harm; CXW_SEED=${SEED} repeats it`).toEqual([]);
});

test.skipIf(typeof injector === 'string')('there were at least 200 power cuts', () => {
  console.log(`${cuts} power cuts.`);
  expect(cuts).toBeGreaterThanOrEqual(200);
});

/** Calls after which it is worth while to look. */
const OF_A_LEDGER = /\/(worktree|tickets\/[^/]+)\/(facts|head\.json|\.cxw-)/;

/** A fact is published when the directory that names it was flushed: from then on nothing may take it. */
function notePublished({ call, path }: Call, published: Map<string, number>): void {
  const ledger = /\/(worktree|tickets\/[^/]+)\/facts/.exec(path)?.[1];
  if (ledger === undefined) return;
  const known = published.get(ledger) ?? 0;
  if (call === 'flush' && path.endsWith('/facts')) published.set(ledger, known + 1);
}

/** What is wrong with the ledgers that a power cut left; also that a published fact is not there. */
async function wrongIn(state: string, published: ReadonlyMap<string, number>): Promise<string[]> {
  const ledger: Ledger = openLedger({ state }, { clock: { now: () => new Date() }, command: 'cxw' });
  const names = ['worktree' as const, ...await ledger.tickets()];
  const faults = (await Promise.all(names.map(async (name) => (await ledger.inspect(name)).map(({ seq, fault, detail }) => `${name}: fact ${seq} ${fault}, ${detail}`)))).flat();
  if (faults.length > 0) return faults;
  const lost = await Promise.all([...published].map(async ([name, least]) => {
    const { facts } = name === 'worktree' ? await ledger.claims() : await ledger.read(name.replace('tickets/', ''));
    return facts.length >= least ? [] : [`${name}: ${least} facts were published in this run, and ${facts.length} are there`];
  }));
  return lost.flat();
}
