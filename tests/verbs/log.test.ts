import { expect, test } from 'vitest';
import { sealedLedgerPath } from '../../src/domain/closing/places.js';
import { sealedLines } from '../../src/domain/seal.js';
import { log } from '../../src/verbs/log.js';
import { openWorld } from '../../src/world/index.js';
import { Readable } from 'node:stream';
import { aLife, chained, lifeOf, TICKET } from '../support/sealed.js';
import { workshop } from '../support/workshop.js';

async function room() {
  const bench = await workshop();
  const world = await openWorld({
    cwd: bench.root, env: bench.env, signal: new AbortController().signal, command: 'cxw log', tell: () => undefined,
    streams: { stdin: Readable.from([]), stderr: {} },
  });
  return { bench, world };
}

test('tells a live ledger', async () => {
  const { world } = await room();
  await world.ledger.append(TICKET, await world.ledger.read(TICKET), [
    ...lifeOf(aLife()).slice(0, 5),
    { kind: 'waived', by: { role: 'human', name: 'Ada' }, origin: { seen: 'terminal' }, what: 'proof:P1', reason: 'No network.' },
  ]);
  const outcome = await log(world, { ticket: 'greet' });
  expect(outcome).toMatchObject({ ending: 'done', problems: [], data: { ticket: TICKET, source: 'live' } });
  expect(outcome.data.entries).toHaveLength(6);
  expect(outcome.data.entries[5]).toMatchObject({ seq: 6, by: 'human:Ada', kind: 'waiver', says: 'WAIVED proof:P1, so its evidence is missing: No network.' });
});

test('tells the sealed ledger where there is no live one', async () => {
  const { bench, world } = await room();
  await bench.write(sealedLedgerPath(TICKET), sealedLines(chained(lifeOf(aLife())).lines));
  expect(await log(world, { ticket: TICKET })).toMatchObject({ ending: 'done', data: { source: 'sealed', entries: { length: 15 } }, next: [`cxw verify ${TICKET}`] });
});

test('tells nothing out of a sealed ledger that was edited', async () => {
  const { bench, world } = await room();
  await bench.write(sealedLedgerPath(TICKET), sealedLines(chained(lifeOf(aLife())).lines.toSpliced(3, 1)));
  const outcome = await log(world, { ticket: TICKET });
  expect(outcome).toMatchObject({ ending: 'refused', data: { entries: [] } });
  expect(outcome.problems[0]).toMatchObject({ code: 'chain-broken', facts: { line: 4 } });
});

test('knows the ticket, or says that it does not', async () => {
  const { world } = await room();
  expect(await log(world, { ticket: 'TKT-2026-11-21-unknown' })).toMatchObject({ ending: 'refused', problems: [{ code: 'ticket-unknown' }] });
  expect(await log(world, {})).toMatchObject({ ending: 'refused', problems: [{ code: 'no-ticket' }] });
});
