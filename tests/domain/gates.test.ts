import { describe, expect, it } from 'vitest';
import type { Origin } from '../../src/domain/actors.js';
import type { ChangedPath, ChangeSet } from '../../src/domain/changeSet.js';
import { curationGate, freshGate, independenceRefusals, lockGate, planGate, repairGate, reviewGate, roundsLeft, selfReviewGate } from '../../src/domain/gates.js';
import { attestationsDue, nextCommands } from '../../src/domain/next.js';
import type { RepoPath } from '../../src/domain/paths.js';
import { fold, type Run } from '../../src/domain/run.js';
import { ticketSchema } from '../../src/domain/ticket.js';
import { aLife, chained, lifeOf, sha256, TICKET, type Body } from '../support/sealed.js';

const life = aLife();
const bodies = lifeOf(life);
const policy = life.policy.content;
const own = { by: { role: 'writer', name: 'Ada' }, origin: { seen: 'self-declared' } } as const;
const bound = { changeSet: { digest: life.changeSet, base: life.base }, digest: life.changeSet };

const runOf = (...some: Body[]): Run => fold(TICKET, chained(some).facts);
const before = (state: string): Body[] => bodies.slice(0, bodies.findIndex((body) => body.kind === 'entered' && body.state === state));
const codes = (refusals: { code: string }[]): string[] => refusals.map((refusal) => refusal.code);
const review = (verdict: 'pass' | 'fail', by = 'Kim', origin: Origin = { seen: 'self-declared' }): Body => ({
  kind: 'recorded', by: { role: 'reviewer', name: by }, origin, ...bound, record: 'review',
  document: { change_set: life.changeSet, verdict, summary: 'Read.', findings: verdict === 'fail' ? [{ id: 'F1', severity: 'major', actual: 'wrong' }] : [], clears: [], inspected: [] },
});
const change = (...entries: ChangedPath[]): ChangeSet => ({ digest: sha256(JSON.stringify(entries)), base: life.base, entries });
const entry = (path: string, id: string): ChangedPath => ({ path: path as RepoPath, oldMode: '100644', newMode: '100644', oldId: '0'.repeat(40), newId: id.repeat(40) });

describe('the source lock', () => {
  const run = runOf(...before('repository_discovered'));
  const same = { ticket: sha256(life.ticket.text), policy: sha256(life.policy.text) };

  it('holds while nothing was edited', () => expect(lockGate(run, same)).toEqual([]));
  it('names an edited ticket and an edited policy, both at once', () => {
    expect(codes(lockGate(run, { ticket: sha256('x'), policy: sha256('y') }))).toEqual(['ticket-edited', 'policy-edited']);
  });
  it('names a ticket that is gone', () => expect(codes(lockGate(run, { policy: same.policy }))).toEqual(['ticket-missing']));
});

describe('freshness', () => {
  const proved = entry('greeting.txt', 'c');
  const run = runOf(...lifeOf({ ...life, product: [proved], changeSet: change(proved).digest }));

  it('holds for the same change', () => expect(freshGate(run, change(proved))).toEqual([]));
  it('says which file is different', () => {
    const [refusal] = freshGate(run, change(entry('greeting.txt', 'd')));
    expect(refusal).toMatchObject({ code: 'stale-evidence', facts: { files: ['greeting.txt'] } });
    expect(refusal?.message).toContain('greeting.txt');
  });
  it('tells changed filters from an edit', () => {
    expect(codes(freshGate(run, change(entry('greeting.txt', 'd')), () => true))).toEqual(['filters-changed']);
  });
  it('notices a file that came and one that went', () => {
    expect(freshGate(run, change(entry('other.txt', 'd')))[0]?.facts['files']).toEqual(['greeting.txt', 'other.txt']);
  });
});

describe('reviews', () => {
  const tested = before('self_review_complete').filter((body) => body.kind !== 'recorded');

  it('wants the writer first', () => expect(codes(selfReviewGate(runOf(...tested), life.changeSet))).toEqual(['self-review-missing']));
  it('wants somebody else then', () => expect(codes(reviewGate(runOf(...tested), life.changeSet, []))).toEqual(['review-missing']));
  it('is content with a reviewer who wrote none of it', () => expect(reviewGate(runOf(...tested, review('pass')), life.changeSet, [])).toEqual([]));

  it.each(['Ada', 'ada', ' ADA '.trim(), 'ＡＤＡ'])('knows the writer under the name %s', (name) => {
    expect(codes(reviewGate(runOf(...tested, review('pass', name)), life.changeSet, []))).toEqual(['reviewer-is-writer']);
  });

  it("knows the writer's own agent session and process under another name", () => {
    const seen: Origin = { seen: 'agent', agent: 'codex', session: sha256('s'), ancestor: sha256('a') };
    const withOrigin = { ...runOf(...tested), writers: [{ actor: { role: 'writer' as const, name: 'codex' }, origin: seen }] };
    const second = { role: 'reviewer' as const, name: 'second' };
    expect(codes(independenceRefusals(withOrigin, second, seen))).toEqual(['reviewer-same-session']);
    expect(codes(independenceRefusals(withOrigin, second, { ...seen, session: sha256('t') }))).toEqual(['reviewer-same-session']);
    expect(independenceRefusals(withOrigin, second, { ...seen, session: sha256('t'), ancestor: sha256('b') })).toEqual([]);
  });

  it('does not count a review of another change', () => {
    expect(codes(reviewGate(runOf(...tested, review('pass')), sha256('another'), []))).toEqual(['review-missing']);
  });

  it('wants every inspection listed by the reviewer', () => {
    expect(codes(reviewGate(runOf(...tested, review('pass')), life.changeSet, ['P2']))).toEqual(['inspection-missing']);
  });

  it('lets the latest verdict decide', () => {
    expect(codes(repairGate(runOf(...tested, review('pass'), review('fail')), life.changeSet, policy))).toEqual(['review-failed', 'findings-open']);
    expect(codes(repairGate(runOf(...tested, review('fail'), review('pass')), life.changeSet, policy))).toEqual(['findings-open']);
  });

  it('holds the run when the rounds are used up, and goes on when a person grants one more', () => {
    const rounds = Array.from({ length: 3 }, (): Body => ({ kind: 'reworked', ...own, reason: 'failed', repair: true }));
    const used = runOf(...tested, ...rounds, review('fail'));
    expect(roundsLeft(used, policy)).toBe(0);
    expect(codes(repairGate(used, life.changeSet, policy))).toEqual(['rounds-used-up']);
    const granted = runOf(...tested, ...rounds, review('fail'), { kind: 'unblocked', ...own, rounds: 1 });
    expect(roundsLeft(granted, policy)).toBe(1);
    expect(codes(repairGate(granted, life.changeSet, policy))).toContain('review-failed');
  });

  it('goes on without a waived verdict, and never counts it', () => {
    const waived = runOf(...tested, { kind: 'waived', ...own, what: 'independent_review_complete', reason: 'alone today' });
    expect(reviewGate(waived, life.changeSet, [])).toEqual([]);
    expect(waived.reviews).toEqual([]);
  });
});

describe('the plan', () => {
  const standard = ticketSchema.parse({
    schema_version: 3, id: TICKET, class: 'standard', title: 'More', kind: 'feature', scope: { allowed: ['src/**'] },
    acceptance: [{ id: 'AC-1', text: 'one', proofs: ['P1'] }, { id: 'AC-2', text: 'two', proofs: ['P1'] }], proof: [{ id: 'P1', run: ['npm', 'test'] }],
    specs: { mode: 'no_spec', reason: 'internal' }, decisions: { open: [{ id: 'DEC-1', text: 'which way?' }] },
  });
  const plan = (coverage: { criterion: string; proofs: string[] }[]) => ({ read_order: [], tasks: [{ id: 'T1', text: 'do', paths: [] }], constraints: [], success: ['works'], coverage, commit_note: 'More' });
  const run = runOf(...before('plan_recorded'));

  it('is in a quick ticket itself', () => expect(planGate(run, life.ticket.content, undefined)).toEqual([]));
  it('is owed by every other, and an open decision stops the writer', () => {
    expect(codes(planGate(run, standard, undefined))).toEqual(['plan-missing', 'decision-open']);
  });
  it('covers every criterion with proofs that exist', () => {
    const refusals = planGate(run, standard, plan([{ criterion: 'AC-1', proofs: ['P9'] }]));
    expect(refusals[0]).toMatchObject({ code: 'plan-incomplete', facts: { criteria: ['AC-1', 'AC-2'], unknown: ['P9'] } });
    expect(codes(planGate(run, standard, plan([{ criterion: 'AC-1', proofs: ['P1'] }, { criterion: 'AC-2', proofs: ['P1'] }])))).toEqual(['decision-open']);
  });
});

describe('curation', () => {
  const memory = entry('agent/STATE.md', 'e');
  const curated = (named: 'none' | string[]) => ({ kind: 'recorded' as const, ...own, ...bound, record: 'curation' as const,
    document: { memory: named as 'none' | RepoPath[], durable_facts: [], risks: [] } });
  const judge = (body: Body | undefined, now: Parameters<typeof curationGate>[3]) => {
    const run = runOf(...before('context_curated').filter((one) => !(one.kind === 'recorded' && one.record === 'curation')), ...(body === undefined ? [] : [body]));
    return curationGate(run, life.ticket.content, run.records.curation, now, undefined);
  };
  const nothing = { changed: [], before: [], pristine: [] };

  it('is owed', () => expect(codes(judge(undefined, nothing).refusals)).toEqual(['curation-missing']));
  it('may say that there was nothing', () => expect(judge(curated('none'), nothing)).toEqual({ refusals: [], deliver: [] }));
  it('delivers exactly the named files', () => {
    expect(judge(curated(['agent/STATE.md']), { ...nothing, changed: [memory] })).toEqual({ refusals: [], deliver: [memory] });
  });
  it('notices memory that changed unnamed, and named memory that did not', () => {
    expect(judge(curated('none'), { ...nothing, changed: [memory] }).refusals[0]).toMatchObject({ code: 'memory-differs', facts: { missing: ['agent/STATE.md'] } });
    expect(judge(curated(['agent/STATE.md']), nothing).refusals[0]).toMatchObject({ code: 'memory-differs', facts: { unchanged: ['agent/STATE.md'] }, commands: [expect.stringMatching(/ --memory none$/)] });
  });
  it('offers the curation that names all memory that changed', () => {
    const [another, third] = [entry('agent/NOTES.md', 'e'), entry('agent/THIRD.md', 'e')];
    expect(judge(curated(['agent/STATE.md', 'agent/GONE.md']), { ...nothing, changed: [memory] }).refusals[0]?.commands).toEqual([expect.stringMatching(/ --memory agent\/STATE\.md$/)]);
    expect(judge(curated(['agent/STATE.md']), { ...nothing, changed: [memory, another, third] }).refusals[0]?.commands).toEqual([expect.stringMatching(/ --memory agent\/STATE\.md agent\/NOTES\.md agent\/THIRD\.md$/)]);
  });
  it('leaves alone what was edited before, and scaffold that nobody edited', () => {
    expect(judge(curated('none'), { changed: [memory], before: [memory.path], pristine: [] }).refusals).toEqual([]);
    expect(judge(curated('none'), { changed: [memory], before: [], pristine: [memory.path] }).refusals).toEqual([]);
    expect(codes(judge(curated(['agent/STATE.md']), { changed: [memory], before: [memory.path], pristine: [] }).refusals)).toEqual(['memory-dirty']);
  });
});

describe('what to do next', () => {
  it('is the first thing that is missing, in the order of the road', () => {
    const tested = runOf(...before('self_review_complete').filter((body) => body.kind !== 'recorded'));
    expect(attestationsDue(tested, life.changeSet).map((command) => command.split(' ').slice(0, 3).join(' '))).toEqual(['cxw record self-review', 'cxw record review', 'cxw record curation']);
    expect(nextCommands(runOf(...bodies))).toEqual([`cxw deliver ${TICKET}`]);
    expect(nextCommands(runOf())).toEqual([`cxw advance ${TICKET} --until-blocked`]);
  });
  it('is a repair after a failed review, and a person when the rounds are used up', () => {
    const tested = before('self_review_complete').filter((body) => body.kind !== 'recorded');
    expect(attestationsDue(runOf(...tested, review('fail')), life.changeSet)).toEqual([`cxw rework ${TICKET}`]);
    expect(nextCommands(runOf(...tested, review('fail')))).toEqual([`cxw rework ${TICKET}`]);
    const rounds = Array.from({ length: 3 }, (): Body => ({ kind: 'reworked', ...own, reason: 'failed', repair: true }));
    const written = before('implementation_complete').length;
    expect(attestationsDue(runOf(...tested.slice(0, written), ...rounds, ...tested.slice(written), review('fail')), life.changeSet)[0]).toContain('cxw unblock');
    expect(attestationsDue(runOf(...tested, review('fail'), ...rounds), life.changeSet)).toEqual([`cxw brief writer ${TICKET}`, `cxw advance ${TICKET} --until-blocked`]);
  });
});
