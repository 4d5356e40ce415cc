import { describe, expect, test } from 'vitest';
import { judge } from '../../src/domain/documents/judge.js';
import { claimSchema, factSchema } from '../../src/domain/facts.js';
import { misfit } from '../../src/domain/shape.js';
import { misfitOf } from '../../src/world/shapes.js';
import { mutatedData } from '../fire/fuzz/mutations.js';
import { chanceOf } from '../fire/random.js';
import { amount, seed } from '../support/amounts.js';
import { aLife, chained, lifeOf, policyDocument } from '../support/sealed.js';

// The schemas say what a fact is. The ledger reads by the shapes that the build makes of them, so both must agree.

const own = { by: { role: 'human', name: 'Ada' }, origin: { seen: 'agent', agent: 'x' } } as const;
const id = 'c'.repeat(40);
const path = 'a/b.txt' as never;
const FACTS = chained([
  ...lifeOf(aLife({ policy: policyDocument({ modules: [{ name: 'a', paths: ['a/**'] }], roles: { writer: 'Ada' } }) })),
  { kind: 'blocked', ...own, reason: 'Ask.', release: 'An answer.' }, { kind: 'unblocked', ...own, reason: 'Answered.', rounds: 1 },
  { kind: 'waived', ...own, what: 'proof:P1', reason: 'Not here.' }, { kind: 'reworked', ...own, reason: 'Again.', repair: true },
  { kind: 'commit-prepared', ...own, commit: id, tree: id }, { kind: 'entered', ...own, state: 'explicit_paths_staged', evidence: { tree: id, entries: [{ path, mode: '100644', id }] } },
  { kind: 'entered', ...own, state: 'pushed', evidence: { assigned: true, commit: id, how: 'accepted' } }, { kind: 'abandoned', ...own, reason: 'Enough.', noChange: false },
]).facts;
const CLAIMS = [{ v: 1, seq: 1, prev: FACTS[0]!.prev, at: FACTS[0]!.at, kind: 'released', ticket: 'TKT', ...own, how: 'done' }];

/** A schema takes blanks from the ends of what people write before it judges; what is written into a ledger has none. */
const isBeyondComparison = (value: unknown): boolean => JSON.stringify(value).includes('" "');

describe.each([
  { format: 'fact' as const, schema: factSchema, samples: FACTS as readonly unknown[] },
  { format: 'claim' as const, schema: claimSchema, samples: CLAIMS as readonly unknown[] },
])('the shape of a $format', ({ format, schema, samples }) => {
  test('what the schema gives fits', () => {
    for (const sample of samples) expect([misfitOf(format, schema.parse(sample)), sample]).toEqual([undefined, sample]);
  });

  test('after changes anywhere: whatever fits is one by its schema, and whatever its schema gives fits', () => {
    const chance = chanceOf(seed());
    const counts = { fits: 0, fitsNot: 0 };
    for (let times = amount(4_000); times > 0; times--) {
      const value = mutatedData(chance, chance.of(samples));
      if (isBeyondComparison(value)) continue;
      const parsed = judge<unknown>(schema, value);
      const place = misfitOf(format, value);
      if (place === undefined) expect([parsed.error?.issues, value]).toEqual([undefined, value]);
      if (parsed.success) expect([misfitOf(format, JSON.parse(JSON.stringify(parsed.data))), value]).toEqual([undefined, value]);
      counts[place === undefined ? 'fits' : 'fitsNot']++;
    }
    expect(counts.fits).toBeGreaterThan(amount(20));
    expect(counts.fitsNot).toBeGreaterThan(amount(200));
  });
});

test.each([
  { says: 'the member', change: { by: { role: 'nobody', name: 'Ada' } }, place: ['by', 'role'] },
  { says: 'a member that is missing', change: { reason: undefined }, place: ['reason'] },
  { says: 'the whole, when it is of no kind', change: { kind: 'guessed' }, place: [] },
  { says: 'the whole, when there is more', change: { more: 1 }, place: [] },
])('a misfit names $says', ({ change, place }) => {
  const fact: unknown = JSON.parse(JSON.stringify({ ...FACTS.at(-1), ...change }));
  expect(misfitOf('fact', fact)).toEqual(place);
});

test('a keyword that is not known is not passed over', () => {
  expect(() => misfit({ type: 'string', format: 'email' }, 'x')).toThrow('keyword format');
});
