import { expect, test } from 'vitest';
import { fold } from '../../src/domain/run.js';
import { block, unblock } from '../../src/verbs/block.js';
import { rework } from '../../src/verbs/rework.js';
import { ready, serverHook } from '../support/delivering.js';
import { codesOf, deliverIt, TICKET } from '../support/given.js';
import { worldOf } from '../support/inside.js';

const refreshed = { ticket: TICKET, as: 'human:Kim', refresh: true };

async function begun(): Promise<Awaited<ReturnType<typeof ready>> & { facts(): Promise<string[]>; refresh(): ReturnType<typeof rework> }> {
  const given = await ready();
  const facts = async (): Promise<string[]> => (await given.world.ledger.read(TICKET)).facts.map((fact) => (fact.kind === 'entered' ? fact.state : fact.kind));
  return { ...given, facts, refresh: async () => rework(await worldOf(given.bench), refreshed) };
}

test('a refresh that cannot be locked is refused and leaves the run where it is, and goes back once it can', async () => {
  const { bench, facts, refresh } = await begun();
  const before = await facts();
  const text = await bench.read(`tickets/${TICKET}.yaml`);
  await bench.write(`tickets/${TICKET}.yaml`, `${text}bad: [\n`);
  expect((await refresh()).ending).toBe('invalid');
  expect(await facts()).toEqual(before);

  await bench.write(`tickets/${TICKET}.yaml`, text);
  expect(await refresh()).toMatchObject({ ending: 'done', data: { from: 'context_curated', state: 'source_lock_validated' } });
  expect(await facts()).toEqual([...before, 'refreshed', 'source_lock_validated']);
});

test('a delivery whose commit and ticket are gone stays under way when the refresh is refused', async () => {
  const { bench, world, base, facts, refresh } = await begun();
  await serverHook(bench, 'pre-receive', 'exit 1');
  await deliverIt(world);
  await bench.git('reset', '--quiet', '--hard', base);
  const before = await facts();
  expect(codesOf(await refresh())).toContain('ticket-missing');
  expect(await facts()).toEqual(before);
  expect(fold(TICKET, (await world.ledger.read(TICKET)).facts).delivery?.committed).toBeDefined();
});

test('a blocked ticket is released before it is refreshed', async () => {
  const { bench, facts, refresh } = await begun();
  const here = await worldOf(bench);
  await block(here, { ticket: TICKET, reason: 'No.', release: 'Yes.' });
  const before = await facts();
  expect(await refresh()).toMatchObject({ ending: 'waiting', next: [`cxw unblock ${TICKET}`] });
  expect(await facts()).toEqual(before);
  await unblock(here, { ticket: TICKET, rounds: 0 });
  expect((await refresh()).ending).toBe('done');
});

test('a ticket that has ended is not sent on to its writer', async () => {
  const { bench, world } = await begun();
  await deliverIt(world);
  const answer = await rework(await worldOf(bench), { ticket: TICKET, refresh: false });
  expect(codesOf(answer)).toEqual(['ticket-ended']);
});
