/** A source of chances that a seed repeats: the same seed, the same run. */
export interface Chance {
  /** A whole number from 0 up to, and without, `end`. */
  below(end: number): number;
  of<T>(items: readonly T[]): T;
}

/** Mulberry32: small, quick, and good enough to choose by. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) * end) / 2 ** 32 | 0;
  };
  return { below, of: (items) => items[below(items.length)]! };
}
