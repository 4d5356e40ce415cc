import { describe, expect, it } from 'vitest';
import fc from '../support/property.js';
import type { Fact } from '../../src/domain/facts.js';
import { ROAD, STATES, hasReached, positionOf, stateAfter } from '../../src/domain/road.js';
import { fold, recordFor, reviewOf, take, type Run } from '../../src/domain/run.js';
import { aLife, chained, lifeOf, TICKET, type Body } from '../support/sealed.js';

const life = aLife();
const bodies = lifeOf(life);
const own = { by: { role: 'writer', name: 'Ada' }, origin: { seen: 'self-declared' } } as const;
const kim = { by: { role: 'reviewer', name: 'Kim' }, origin: { seen: 'self-declared' } } as const;

const given = (...more: Body[]): Run => fold(TICKET, chained([...bodies, ...more]).facts);
const upTo = (state: string): Body[] => bodies.slice(0, bodies.findIndex((body) => body.kind === 'entered' && body.state === state) + 1);
const review = (verdict: 'pass' | 'fail', findings: { id: string; severity: 'major' | 'note' }[] = [], clears: string[] = []): Body => ({
  kind: 'recorded', ...kim, record: 'review', changeSet: { digest: life.changeSet, base: life.base }, digest: life.changeSet,
  document: { change_set: life.changeSet, verdict, summary: 'Read.', findings: findings.map((finding) => ({ ...finding, actual: 'wrong' })), clears, inspected: [] },
});

describe('the road', () => {
  it('has the seventeen states in their order', () => {
    expect(STATES).toEqual([
      'source_lock_validated', 'repository_discovered', 'plan_recorded', 'repository_ticket_recorded', 'writer_assigned',
      'implementation_complete', 'focused_tests_passed', 'self_review_complete', 'independent_review_complete',
      'repair_loop_complete_or_not_needed', 'context_curated', 'git_delivery_started', 'explicit_paths_staged', 'committed',
      'pushed', 'head_equals_origin_main_proved', 'done',
    ]);
    expect(ROAD.every((milestone) => milestone.evidence.length > 0)).toBe(true);
  });

  it('leads from before the first state to after the last', () => {
    expect(stateAfter(undefined)).toBe('source_lock_validated');
    expect(stateAfter('done')).toBeUndefined();
    expect(positionOf(undefined)).toBe(-1);
    expect(hasReached('committed', 'writer_assigned')).toBe(true);
    expect(hasReached(undefined, 'source_lock_validated')).toBe(false);
  });
});

describe('a run, read out of its facts', () => {
  it('is fresh without any', () => {
    expect(fold(TICKET, [])).toMatchObject({ ticket: TICKET, length: 0, rounds: 0, reviews: [] });
  });

  it('stands where the last entered state is, and knows what it stands on', () => {
    const run = given();
    expect(run.state).toBe('context_curated');
    expect(run.writer).toEqual({ role: 'writer', name: 'Ada' });
    expect(run.change?.changeSet.digest).toBe(life.changeSet);
    expect(reviewOf(run, life.changeSet)?.document.verdict).toBe('pass');
    expect(recordFor(run, 'self-review', life.changeSet)).toBeDefined();
    expect(recordFor(run, 'self-review', 'sha256:other')).toBeUndefined();
  });

  it('goes back to its writer on rework, and counts a repair round only after a failed review', () => {
    expect(given({ kind: 'reworked', ...own, reason: 'better', repair: false })).toMatchObject({ state: 'writer_assigned', rounds: 0 });
    expect(given({ kind: 'reworked', ...own, reason: 'failed', repair: true })).toMatchObject({ state: 'writer_assigned', rounds: 1 });
  });

  it('keeps evidence through a rework: it is the change that makes it fresh or stale, not the time', () => {
    const run = given({ kind: 'reworked', ...own, reason: 'better', repair: false });
    expect(reviewOf(run, life.changeSet)).toBeDefined();
    expect(run.proofRuns).toHaveLength(1);
  });

  it('returns to before the first state on refresh, and keeps the discovery', () => {
    const run = given({ kind: 'refreshed', ...own, reason: 'the ticket changed' });
    expect(run.state).toBeUndefined();
    expect(run.discovery).toBeDefined();
    expect(stateAfter(run.state)).toBe('source_lock_validated');
  });

  it('opens findings until a later review lists them as cleared; notes stop nothing', () => {
    const failed = given(review('fail', [{ id: 'F1', severity: 'major' }, { id: 'F2', severity: 'note' }]));
    expect(failed.openFindings.map((finding) => finding.id)).toEqual(['F1']);
    expect(given(review('fail', [{ id: 'F1', severity: 'major' }]), review('pass')).openFindings).toHaveLength(1);
    const cleared = given(review('fail', [{ id: 'F1', severity: 'major' }]), review('pass', [], ['F1']));
    expect(cleared.openFindings).toEqual([]);
    expect(cleared.clearedFindings).toEqual(['F1']);
  });

  it('keeps a finding open whose number a later review gives to something else, and the test that it demands', () => {
    const says = (finding: object, clears: string[] = []): Body => {
      const body = review('pass', [], clears) as Extract<Body, { kind: 'recorded'; record: 'review' }>;
      return { ...body, document: { ...body.document, findings: [{ id: 'F1', severity: 'major', actual: 'wrong', ...finding }] } };
    };
    const first = says({ with_test: true });
    const open = (...more: Body[]): string[] => given(first, ...more).openFindings.map(({ actual, displaced }) => `${actual}${displaced ? ', displaced' : ''}`);
    expect(open(says({ severity: 'note', actual: 'nice' }))).toEqual(['wrong, displaced']);
    expect(open(says({ severity: 'note' }))).toEqual(['wrong, displaced']);
    expect(open(says({ actual: 'other' }))).toEqual(['wrong, displaced', 'other']);
    expect(open(says({ actual: 'other' }), review('pass', [], ['F1']))).toEqual([]);
    expect(open(says({ actual: 'other' }, ['F1']))).toEqual(['other']);
    expect(open(says({}))).toEqual(['wrong']);
    expect(given(first, says({ actual: 'other' }, ['F1'])).testRepairs).toMatchObject([{ id: 'F1' }]);
    expect(given(first, says({})).testRepairs).toEqual([]);
  });

  it('is blocked until it is unblocked, and remembers granted rounds', () => {
    expect(given({ kind: 'blocked', ...own, reason: 'the server is down', release: 'it is up' }).blocked?.reason).toBe('the server is down');
    const released = given({ kind: 'blocked', ...own, reason: 'r', release: 'l' }, { kind: 'unblocked', ...own, rounds: 1 });
    expect(released.blocked).toBeUndefined();
    expect(released.grantedRounds).toBe(1);
  });

  it('is read out of an old ledger, in which a blocked ticket could go back to its writer, as it was then', () => {
    const back = given({ kind: 'blocked', ...own, reason: 'r', release: 'l' }, { kind: 'reworked', ...own, reason: 'better', repair: false });
    expect([back.blocked, back.question, back.state]).toEqual([undefined, undefined, 'writer_assigned']);
  });

  it('ends when it is abandoned, with or without a change', () => {
    expect(given({ kind: 'abandoned', ...own, reason: 'not needed', noChange: true }).end).toMatchObject({ how: 'no-change', reason: 'not needed' });
    expect(given({ kind: 'abandoned', ...own, reason: 'dropped', noChange: false }).end?.how).toBe('abandoned');
  });

  it('knows everyone who had a hand in the work, once each', () => {
    expect(given().writers).toEqual([{ actor: { role: 'writer', name: 'Ada' }, origin: { seen: 'self-declared' } }]);
  });

  it('is the same however often it is read', () => {
    const { facts } = chained(bodies);
    expect(fold(TICKET, facts)).toEqual(fold(TICKET, structuredClone(facts) as Fact[]));
  });

  it('is read in a time that grows as its facts do', () => {
    const [proof, reviewed] = chained([...bodies, review('pass')]).facts.filter((fact) => fact.kind === 'proof-ran' || (fact.kind === 'recorded' && fact.record === 'review'));
    const milliseconds = (pairs: number): number => {
      const facts = Array.from({ length: pairs }, () => [proof!, reviewed!]).flat();
      const start = performance.now();
      fold(TICKET, facts);
      return performance.now() - start;
    };
    milliseconds(20_000);
    // A copy of what was there for every fact would make it a hundred times as long.
    expect(Math.min(...[1, 2, 3, 4, 5].map(() => milliseconds(20_000) / milliseconds(2_000)))).toBeLessThan(50);
  });

  it('stands at each state in turn', () => {
    for (const state of STATES.slice(0, 11)) expect(fold(TICKET, chained(upTo(state)).facts).state).toBe(state);
  });
});

describe('any facts, in any order', () => {
  const person = { by: { role: 'human', name: 'Eve' }, origin: { seen: 'self-declared' } } as const;
  const detours: Body[] = [
    review('fail', [{ id: 'F1', severity: 'major' }]), review('pass', [], ['F1']),
    { kind: 'reworked', ...own, reason: 'better', repair: false }, { kind: 'reworked', ...own, reason: 'failed', repair: true },
    { kind: 'refreshed', ...own, reason: 'the ticket changed' }, { kind: 'delivery-aborted', ...own, reason: 'the branch moved', restored: 1 },
    { kind: 'blocked', ...own, reason: 'r', release: 'l' }, { kind: 'unblocked', ...own, rounds: 1 },
    { kind: 'abandoned', ...own, reason: 'dropped', noChange: false }, { kind: 'waived', ...person, what: 'proof:P1', reason: 'broken there' },
    { kind: 'commit-prepared', ...own, commit: 'd'.repeat(40), tree: 'e'.repeat(40) },
  ];
  const delivery = STATES.slice(11).map((state) => ({ kind: 'entered', ...own, state, evidence: { changeSet: life.changeSet, tree: 'e'.repeat(40), commit: 'd'.repeat(40) } } as unknown as Body));
  const facts = fc.array(fc.constantFrom(...bodies, ...delivery, ...detours), { maxLength: 60 }).map((some) => chained(some).facts);
  const MOVING = ['entered', 'reworked', 'refreshed', 'delivery-aborted'];

  it('read the same at once as one by one, and none is changed by being read', () => {
    fc.assert(fc.property(facts, fc.nat(60), (all, at) => {
      const written = JSON.stringify(all);
      const run = fold(TICKET, all.slice(0, at));
      for (const fact of all.slice(at)) take(run, fact);
      expect(run).toEqual(fold(TICKET, all));
      expect(JSON.stringify(all)).toBe(written);
    }), { numRuns: 500 });
  });

  it('move the ticket only where they say so, and forget no proof, review or waiver', () => {
    fc.assert(fc.property(facts, (all) => {
      let before = fold(TICKET, []);
      all.forEach((fact, at) => {
        const after = fold(TICKET, all.slice(0, at + 1));
        expect(after.length).toBe(at + 1);
        if (after.state !== before.state) expect(MOVING).toContain(fact.kind);
        for (const kept of ['proofRuns', 'reviews', 'waivers', 'writers', 'clearedFindings'] as const) expect(after[kept].slice(0, before[kept].length)).toEqual(before[kept]);
        expect([after.rounds >= before.rounds, after.grantedRounds >= before.grantedRounds, after.workSince >= before.workSince, after.began]).toEqual([true, true, true, all[0]!.at]);
        expect(before.end !== undefined && after.end === undefined).toBe(false);
        before = after;
      });
    }), { numRuns: 200 });
  });

  it('lead back only by rework, refresh or an aborted delivery, where each state is entered in its turn', () => {
    const step = fc.oneof({ weight: 3, arbitrary: fc.constant('on' as const) }, { weight: 1, arbitrary: fc.constantFrom(...detours) });
    const roadside = [...bodies.filter((body) => body.kind === 'entered'), ...delivery];
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const walked: Body[] = [];
      for (const one of steps) {
        const before = fold(TICKET, chained(walked).facts);
        const body = one === 'on' ? roadside[positionOf(before.state) + 1] : one;
        if (body === undefined) continue;
        walked.push(body);
        const after = fold(TICKET, chained(walked).facts);
        if (positionOf(after.state) < positionOf(before.state)) expect(['reworked', 'refreshed', 'delivery-aborted']).toContain(body.kind);
        if (body.kind === 'entered') expect(positionOf(after.state)).toBe(positionOf(before.state) + 1);
      }
    }), { numRuns: 100 });
  });
});
