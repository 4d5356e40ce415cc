import { describe, test } from 'vitest';
import { carryOut, type Attack } from './attack.js';

/** One test for each attack and its values. */
export function describeAttacks(attacks: readonly Attack[]): void {
  describe.each(attacks)('$id: $attack', (attack) => {
    test.each(attack.together ? [attack.with] : attack.with.map((values) => [values]))('%j', (...values) => carryOut(attack, ...values.flat()));
  });
}
