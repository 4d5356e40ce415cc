import fc from '../../support/property.js';
import { describe, expect, test } from 'vitest';
import { carriedOver } from '../../../src/domain/family/carriedOver.js';
import { kinFaults } from '../../../src/domain/family/faults.js';
import { closeRefusals, startRefusals } from '../../../src/domain/family/gates.js';
import { inheritedLines } from '../../../src/domain/family/inherited.js';
import type { Family, Kin } from '../../../src/domain/family/kin.js';
import { standFrom, type KinStand } from '../../../src/domain/family/stand.js';
import { freshRun, type Run } from '../../../src/domain/run.js';

const kin = (id: string, more: Partial<Kin> = {}): Kin => ({ id, isParent: more.children !== undefined, after: [], children: [], stages: [], reach: { field: 'allowed', patterns: ['**'] }, ...more });
const familyOf = (...all: Kin[]): Family => new Map(all.map((one) => [one.id, one]));
const codes = (family: Family): [string, string, string][] => [...family.values()].flatMap((one) => (one === undefined ? [] : kinFaults(one, family).map(({ path, refusal }): [string, string, string] => [one.id, path.join('.'), refusal.code])));

describe('what relatives say against each other', () => {
  const parent = kin('P', { children: ['A', 'B'], stages: [{ id: 'one', children: ['A'], exitGate: 'x' }, { id: 'two', children: ['B'], exitGate: 'y' }] });

  test('is nothing when they agree', () => {
    expect(codes(familyOf(parent, kin('A', { parent: 'P' }), kin('B', { parent: 'P', after: ['A'] })))).toEqual([]);
  });

  test.each<[string, Kin[], [string, string, string][]]>([
    ['a stranger', [kin('A', { after: ['X'] })], [['A', 'after.0', 'kin-unknown']]],
    ['a parent that is a stranger', [kin('A', { parent: 'X' })], [['A', 'parent', 'kin-unknown']]],
    ['a parent that has no children', [kin('A', { parent: 'B' }), kin('B')], [['A', 'parent', 'parent-not-orchestrator']]],
    ['a parent that is silent', [kin('A', { parent: 'P' }), kin('P', { children: [] })], [['A', 'parent', 'kin-disagree']]],
    ['a child that is silent', [kin('A'), kin('P', { children: ['A'] })], [['P', 'children.0', 'kin-disagree']]],
    ['a child of two', [kin('A', { parent: 'P' }), kin('P', { children: ['A'] }), kin('Q', { children: ['A'] })], [['Q', 'children.0', 'kin-disagree']]],
    ['waiting for oneself', [kin('A', { after: ['A'] })], [['A', 'after.0', 'after-circle']]],
    ['a circle of three', [kin('A', { after: ['B'] }), kin('B', { after: ['C'] }), kin('C', { after: ['A'] })], ['A', 'B', 'C'].map((id) => [id, 'after.0', 'after-circle'])],
    ['a child that waits for its parent', [kin('A', { parent: 'P', after: ['P'] }), kin('P', { children: ['A'] })], [['A', 'after.0', 'after-circle']]],
    ['an orchestrator among the children', [kin('A', { children: [] }), kin('P', { children: ['A'] })], [['P', 'children.0', 'child-orchestrator']]],
    ['a child that reaches further than its parent', [kin('A', { parent: 'P', reach: { field: 'files', patterns: ['src/a', 'docs/b'] } }), kin('P', { children: ['A'], reach: { field: 'allowed', patterns: ['src/**'] } })], [['A', 'scope.files.1', 'child-outside-parent']]],
    ['a child that waits for a later stage', [parent, kin('A', { parent: 'P', after: ['B'] }), kin('B', { parent: 'P' })], [['A', 'after.0', 'after-circle']]],
  ])('is %s', (_, all, expected) => expect(codes(familyOf(...all))).toEqual(expected));

  test('is not said of a ticket that cannot be read: its own problem is told', () => {
    const family: Family = new Map([['A', kin('A', { parent: 'P', after: ['B'] })], ['P', undefined], ['B', undefined]]);
    expect(codes(family)).toEqual([]);
  });

  test('whatever waits for whom: a circle is told exactly where somebody could never begin', () => {
    const ids = ['A', 'B', 'C', 'D', 'E'];
    fc.assert(fc.property(fc.array(fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 3 }), { minLength: 5, maxLength: 5 }), (afters) => {
      const family = familyOf(...ids.map((id, at) => kin(id, { after: afters[at]! })));
      const done = new Set<string>();
      for (let more = true; more;) {
        const ready = ids.filter((id, at) => !done.has(id) && afters[at]!.every((before) => done.has(before)));
        ready.forEach((id) => done.add(id));
        more = ready.length > 0;
      }
      const told = codes(family).length > 0;
      expect(told).toBe(done.size < ids.length);
    }));
  });
});

describe('whose turn it is', () => {
  const stand = (ticket: string, how: KinStand['how']): [string, KinStand] => [ticket, { ticket, how }];
  const parent = kin('P', { children: ['A', 'B'], stages: [{ id: 'one', children: ['A'], exitGate: 'It holds.' }, { id: 'two', children: ['B'], exitGate: 'y' }] });
  const second = kin('B', { parent: 'P' });

  test.each<[KinStand['how'], string[]]>([['done', []], ['no-change', []], ['deferred', []], ['abandoned', ['stage-not-open']], ['open', ['stage-not-open']], ['missing', ['stage-not-open']]])('a stage of which one is %s', (how, expected) => {
    expect(startRefusals(second, parent, new Map([stand('A', how)])).map(({ code }) => code)).toEqual(expected);
  });
  test.each<[KinStand['how'], string[]]>([['done', []], ['no-change', []], ['deferred', ['dependency-not-done']], ['abandoned', ['dependency-not-done']], ['open', ['dependency-not-done']]])('what comes before is %s', (how, expected) => {
    expect(startRefusals(kin('B', { after: ['A'] }), undefined, new Map([stand('A', how)])).map(({ code }) => code)).toEqual(expected);
  });
  test('a parent closes when each is done or put off', () => {
    expect(closeRefusals(parent, new Map([stand('A', 'done'), stand('B', 'deferred')]))).toEqual([]);
    expect(closeRefusals(parent, new Map([stand('A', 'done'), stand('B', 'abandoned')]))[0]?.facts['open']).toEqual(['B (abandoned)']);
    expect(closeRefusals(kin('P', { children: [] }), new Map()).map(({ code }) => code)).toEqual(['children-none']);
  });
});

describe('where a relative stands', () => {
  const run = (more: Partial<Run>): Run => ({ ...freshRun('A'), ...more });
  test.each<[string, Run, Run | undefined, Partial<KinStand>]>([
    ['its end here', run({ end: { how: 'abandoned', at: '', reason: 'No.' } }), run({ state: 'context_curated' }), { how: 'abandoned', reason: 'No.' }],
    ['its seal in the branch', run({}), run({ state: 'context_curated' }), { how: 'done' }],
    ['a seal that ends early', run({}), run({ state: 'writer_assigned' }), { how: 'open' }],
    ['a hold with a reason', run({ blocked: { reason: 'Wait.' } as never }), undefined, { how: 'deferred', reason: 'Wait.' }],
    ['nothing yet', run({}), undefined, { how: 'open' }],
  ])('is %s', (_, here, sealed, expected) => expect(standFrom('A', here, sealed)).toMatchObject(expected));
});

test('what the chain learned is carried over: results, failed ways, holds and skipped checks, the latest first', () => {
  const by = { role: 'reviewer', name: 'kim' } as const;
  const early = { ...freshRun('A'), length: 9, last: '1', end: { how: 'done', at: '' }, delivery: { committed: 'abcdef0123456789' }, proofRuns: [{ proof: 'P1', verdict: 'failed' }, { proof: 'P1', verdict: 'passed' }],
    reviews: [{ by, document: { verdict: 'fail', summary: 'It shouts.' } }], records: { changes: { document: { summary: 'Says hello.', skipped_checks: [{ check: 'lint', reason: 'No linter.' }] } } } } as unknown as Run;
  const held = { ...freshRun('B'), length: 3, last: '2', blocked: { reason: 'No words.', release: 'Words.' } } as unknown as Run;
  expect(carriedOver([early, held, freshRun('C')])).toEqual([
    'B:', '- Held: No words. Released by: Words.',
    'A:', '- Result, delivered as abcdef012345: Says hello.', '- reviewer:kim refused it: It shouts.', '- P1 did not pass once.', '- Not checked: lint. No linter.',
  ]);
});

test('what binds a child is told as lines, and nothing where nothing does', () => {
  expect(inheritedLines({ from: 'P', forbidden: ['a/**'], decisions: [{ id: 'DEC-1', text: 'So.' }], stop_conditions: ['It burns.'] }))
    .toEqual(['From P:', '- Do not touch what matches a/**.', '- DEC-1: So.', '- Stop and ask: It burns.']);
  expect(inheritedLines({ from: 'P', forbidden: [], decisions: [], stop_conditions: [] })).toEqual([]);
});
