import fc from '../../support/property.js';
import { expect, test } from 'vitest';
import { bytesOfPath, type RepoPath } from '../../../src/domain/paths.js';
import { differing, lookAt, type Look } from '../../support/aftermath.js';
import { codesOf, deliverIt, givenReady } from '../../support/given.js';
import type { Workshop } from '../../support/workshop.js';
import { amount, seed } from '../../support/amounts.js';
import { anyWorld, inCopy, inTwoLanes, settle, templateOf, type Hook, type World } from './worlds.js';

/** What a hook that must stop a delivery is refused for. */
const REFUSED: Partial<Record<Hook, string>> = { 'rejects': 'hook-rejected', 'formats the scope': 'hook-changed-tree', 'touches another file': 'hook-touched-work' };
/** Hooks after which a delivery must be complete, where nothing else stands in its way. */
const HARMLESS: readonly Hook[] = ['none', 'passes', 'changes the message', 'ends after the commit', 'fails after the commit'];

const raw = (path: RepoPath): string => Buffer.from(bytesOfPath(path)).toString('latin1');
const OWN = /^(tickets\/|\.cxw\/)/;

const namesIn = async (bench: Workshop, ...args: string[]): Promise<string[]> => (await bench.gitBytes(...args)).toString('latin1').split('\0').filter(Boolean).sort();

/** The delivered commit: whose child it is, what it changes, and whether the index would take anything of it back. */
async function commitFaults(bench: Workshop, base: string, commit: string, now: Look, delivered: string[]): Promise<string[]> {
  const changed = await namesIn(bench, 'diff-tree', '-r', '-z', '--name-only', '--no-renames', base, commit);
  const reverted = (await namesIn(bench, 'diff-index', '--cached', '--name-only', '-z', '--no-renames', commit)).filter((path) => delivered.includes(path));
  return [
    ...(now.head === commit ? [] : ['I4 HEAD is not the commit']),
    ...(await bench.git('rev-parse', `${commit}^@`) === base ? [] : ['I4 its parent is not the base']),
    ...(JSON.stringify(changed) === JSON.stringify(delivered) ? [] : [`I4 it changes ${changed.join(', ')}; not ${delivered.join(', ')}`]),
    ...reverted.map((path) => `I5 the index takes back ${path}`),
    ...(now.remote === commit ? [] : ['I6 the remote has another commit']),
  ];
}

async function faultsOf(bench: Workshop, world: World, round: number): Promise<string[]> {
  const ready = await givenReady(bench, { files: world.scope.map(({ path }) => path) });
  const before = await lookAt(bench);
  const outcome = await deliverIt(ready.world);
  const now = await lookAt(bench);
  const codes = codesOf(outcome);
  const delivered = ready.delivered.map(raw).sort();
  const isDelivered = (path: string): boolean => delivered.includes(path);
  const done = outcome.ending === 'done';
  const hooksOwn = (path: string): boolean => world.hook === 'touches another file' && path === 'README.md';
  const expected = REFUSED[world.hook];
  const plain = world.scope.every(({ change }) => change !== 'edit and stage');
  return [
    ...(round % 10 === 0 && /error|missing|corrupt/.test(await bench.git('fsck', '--full', '--strict')) ? ['I1 the objects are broken'] : []),
    ...differing(before.files, now.files, (path) => isDelivered(path) || OWN.test(path) || hooksOwn(path)).map((path) => `I2 file changed: ${path}`),
    ...differing(before.index, now.index, (path) => done && isDelivered(path)).map((path) => `I3 index entry changed: ${path}`),
    ...(done ? await commitFaults(bench, ready.base, outcome.data.commit!, now, delivered) : []),
    ...(done || (now.head === ready.base && now.remote === ready.base) ? [] : ['I4 a refused delivery moved something']),
    ...now.faults.map((fault) => `I7 ${fault}`),
    ...(done === (codes.length === 0) ? [] : [`I8 it ends ${outcome.ending} with ${codes.join(', ')}`]),
    ...(plain && HARMLESS.includes(world.hook) && !done ? [`it should be delivered, but ${JSON.stringify(outcome.problems)}`] : []),
    ...(plain && expected !== undefined && !codes.includes(expected) ? [`it should be refused for ${expected}, not ${codes.join(', ')}`] : []),
  ];
}

test('whatever a repository is like, a delivery takes exactly its scope and leaves all else as it was', async () => {
  const template = await templateOf();
  let round = 0;
  await inTwoLanes(amount(1_000), seed(), () => fc.asyncProperty(anyWorld(), async (world) => {
    const faults = await inCopy(template, async (bench) => {
      await settle(bench, template, world);
      return faultsOf(bench, world, round++);
    });
    expect(faults).toEqual([]);
  }));
});
