import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/domain/facts.js';
import { ROAD, STATES, hasReached, positionOf, stateAfter } from '../../src/domain/road.js';
import { fold, recordFor, reviewOf, type Run } from '../../src/domain/run.js';
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

  it('is blocked until it is unblocked, and remembers granted rounds', () => {
    expect(given({ kind: 'blocked', ...own, reason: 'the server is down', release: 'it is up' }).blocked?.reason).toBe('the server is down');
    const released = given({ kind: 'blocked', ...own, reason: 'r', release: 'l' }, { kind: 'unblocked', ...own, rounds: 1 });
    expect(released.blocked).toBeUndefined();
    expect(released.grantedRounds).toBe(1);
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
