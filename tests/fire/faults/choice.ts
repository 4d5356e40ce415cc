import { ERRORS, type Call, type Fault } from './injector.js';

/**
 * Which faults are tried, when all are too many: first every call as the last one, then errors. Being cut short in
 * mid-write is a fault of its own; after any other call it is the same as before the next.
 */
export function choose(calls: readonly Call[], most: number, seed: number): Fault[] {
  const deaths = calls.flatMap(({ call }, index): Fault[] => {
    const at = index + 1;
    return call === 'write' ? [{ at, mode: 'kill' }, { at, mode: 'half' }] : [{ at, mode: 'kill' }];
  });
  const errors = calls.flatMap((_, index) => ERRORS.flatMap((error): Fault[] => [{ at: index + 1, mode: 'once', error }, { at: index + 1, mode: 'for good', error }]));
  const random = numbersFrom(seed);
  const kept = shuffled(deaths, random).slice(0, Math.ceil(most * 0.6));
  return [...kept, ...shuffled(errors, random).slice(0, most - kept.length)];
}

/** Mulberry32: small, and the same everywhere. */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(things: readonly T[], random: () => number): T[] {
  const order = things.map((thing) => ({ thing, place: random() }));
  return order.sort((one, other) => one.place - other.place).map(({ thing }) => thing);
}
