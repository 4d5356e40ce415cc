import { expect, test } from 'vitest';
import { ATTACKS } from './attack.js';
import { describeAttacks } from './describeAttacks.js';

test('every attack of the list has its file', () => {
  expect(ATTACKS.map(({ id }) => id)).toEqual(Array.from({ length: 70 }, (_, at) => `A${String(at + 1).padStart(2, '0')}`));
});

describeAttacks(ATTACKS.filter(({ id }) => id >= 'A35'));
