import { expect, test } from 'vitest';
import { openClock } from '../../src/world/clock.js';
import { deliverIt, TICKET } from '../support/given.js';
import { ready } from '../support/delivering.js';

const clockOf = (time: string) => openClock(() => new Date(time));
const tellsTime = (time: string): boolean => {
  try {
    return clockOf(time).now().getTime() === Date.parse(time);
  } catch (error) {
    expect(error).toMatchObject({ exit: 6, problem: { code: 'clock-out-of-range' } });
    return false;
  }
};

test.each([
  ['refused', '1966', '1966-09-07T10:39:51Z'], ['refused', '1969', '1969-12-31T23:59:59Z'], ['believed', '1970', '1970-01-01T00:00:00Z'],
  ['believed', '2099', '2099-12-31T23:59:59Z'], ['refused', '2100', '2100-01-01T00:00:00Z'], ['refused', '10500', '+010500-01-01T00:00:00Z'],
])('the clock is %s in the year %s', (outcome, _, time) => {
  expect(tellsTime(time)).toBe(outcome === 'believed');
});

test('git takes the last year that the clock is believed in, and no delivery begins in the next', async () => {
  const { bench, world } = await ready();
  await expect(deliverIt({ ...world, clock: clockOf('2100-01-01T00:00:00Z') })).rejects.toMatchObject({ problem: { code: 'clock-out-of-range' } });
  expect((await world.ledger.read(TICKET)).facts.at(-1)).toMatchObject({ state: 'context_curated' });
  expect(await deliverIt({ ...world, clock: clockOf('2099-12-31T23:59:59Z') })).toMatchObject({ ending: 'done' });
  expect(await bench.git('log', '-1', '--format=%aI')).toMatch(/^2099-12-31T23:59:59/);
});
