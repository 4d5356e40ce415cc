import { describe, expect, test } from 'vitest';
import type { ChangedPath } from '../../src/domain/changeSet.js';
import { recordsFolder, sealedLedgerPath } from '../../src/domain/closing/places.js';
import type { RepoPath } from '../../src/domain/paths.js';
import { fold } from '../../src/domain/run.js';
import { evidenceRefusals } from '../../src/domain/verification/evidence.js';
import { changedOnTheWay } from '../../src/domain/verification/integration.js';
import { orderFaults } from '../../src/domain/verification/order.js';
import { deliveredSets, rawDifference, setFaults } from '../../src/domain/verification/sets.js';
import { namedEvidence } from '../../src/domain/verification/trailers.js';
import { aLife, chained, lifeOf, policyDocument, sha256, TICKET, ticketDocument, type Body, type Life } from '../support/sealed.js';

const human = { by: { role: 'human', name: 'Ada' }, origin: { seen: 'terminal' } } as const;
const reviewAt = (bodies: readonly Body[]): number => bodies.findIndex((body) => body.kind === 'recorded' && body.record === 'review');
const enteringAt = (bodies: readonly Body[], state: string): number => bodies.findIndex((body) => body.kind === 'entered' && body.state === state);

const order = (bodies: readonly Body[]): string[] => orderFaults(TICKET, chained(bodies).facts).map((fault) => `${fault.seq}: ${fault.why}`);
const evidence = (bodies: readonly Body[]): string[] => {
  const { facts } = chained(bodies);
  return evidenceRefusals(fold(TICKET, facts), facts, sha256).map((refusal) => `${refusal.code}: ${refusal.message}`);
};
/** The ordinary life with one body put in the place of another. */
const replaced = (index: number, change: (body: any) => void, life: Life = aLife()): Body[] => {
  const bodies = lifeOf(life).map((body) => structuredClone(body));
  change(bodies.at(index));
  return bodies;
};

describe('the order of states', () => {
  test('of an ordinary life is right', () => {
    expect(order(lifeOf(aLife()))).toEqual([]);
  });

  test.each(['repository_discovered', 'writer_assigned', 'focused_tests_passed', 'independent_review_complete'])('shows that %s was skipped', (state) => {
    const bodies = lifeOf(aLife());
    bodies.splice(enteringAt(bodies, state), 1);
    expect(order(bodies)[0]).toMatch(new RegExp(`when ${state} was due$`));
  });

  test('allows a rework and a refresh, and asks for every state again', () => {
    const life = lifeOf(aLife());
    const work = life.slice(5);
    const rework: Body = { kind: 'reworked', by: human.by, origin: human.origin, reason: 'again', repair: false };
    const refresh: Body = { kind: 'refreshed', by: human.by, origin: human.origin, reason: 'moved' };
    expect(order([...life, rework, ...work])).toEqual([]);
    expect(order([...life, refresh, ...life])).toEqual([]);
    expect(order([...life, rework, ...work.slice(1)])[0]).toContain('when implementation_complete was due');
    expect(order([...life, refresh, ...work])[0]).toContain('when source_lock_validated was due');
  });

  test('does not let a rework jump over the beginning', () => {
    const life = lifeOf(aLife());
    const rework: Body = { kind: 'reworked', by: human.by, origin: human.origin, reason: 'jump', repair: false };
    expect(order([life[0]!, rework, ...life.slice(5)])[0]).toBe('2: there was no work yet that could go back');
  });

  test('stops where the delivery begins', () => {
    const life = lifeOf(aLife());
    expect(order(life.slice(0, -1))).toEqual(['14: the sealed facts stop at repair_loop_complete_or_not_needed, not at context_curated']);
    expect(order([...life, { kind: 'blocked', ...human, reason: 'x', release: 'y' }])).toEqual(['16: the ticket was blocked when it was delivered']);
    expect(order([...life, { kind: 'abandoned', ...human, reason: 'x', noChange: false }, life.at(-2)!])).toEqual([
      '17: the ticket had ended before', '17: the sealed facts go on to the end of the ticket']);
  });

  test('holds no waiver and no granted round by an agent', () => {
    const agent = { by: human.by, origin: { seen: 'agent', agent: 'codex' } } as const;
    const life = lifeOf(aLife());
    expect(order([...life, { kind: 'waived', ...agent, what: 'self_review_complete', reason: 'x' }])).toEqual(['16: only a person may waive']);
    expect(order([...life, { kind: 'unblocked', ...agent, rounds: 1 }])).toEqual(['16: only a person may grant a repair round']);
  });
});

describe('the evidence', () => {
  test('of an ordinary life is whole', () => {
    expect(evidence(lifeOf(aLife()))).toEqual([]);
  });

  test.each<[string, number, (body: any) => void, RegExp]>([
    ['a ticket text of another digest', 0, (body) => { body.evidence.ticket.text += '\n'; }, /source_lock_validated .* the text of the ticket is not what was locked/],
    ['a policy text of another digest', 0, (body) => { body.evidence.policy.text += '\n'; }, /the text of the policy is not what was locked/],
    ['an empty change', 5, (body) => { body.evidence.changeSet.entries = []; }, /the change set is empty/],
    ['a failed run', 6, (body) => { body.verdict = 'failed'; body.exit = 1; }, /P1 \(grep hello greeting\.txt\) failed/],
    ['a vacuous run', 6, (body) => { body.verdict = 'vacuous'; }, /focused_tests_passed .* P1/],
    ['a run on another change', 6, (body) => { body.changeSet = sha256('other'); }, /P1 .* has not run on this change/],
    ['a run that ran no test', 6, (body) => { body.tests = { reader: 'tap', passed: 0, failed: 0, skipped: 3 }; }, /P1 is passed by its runs, and is said to be unmeasured/],
    ['a run of another command', 6, (body) => { body.argv = ['grep', 'x', 'greeting.txt']; }, /P1 was run as another command/],
    ['a run that passed with a failure', 6, (body) => { body.exit = 1; }, /P1 is said to have passed, with exit code 1/],
    ['a change outside the scope', 5, (body) => { body.evidence.changeSet.entries[0].path = 'other.txt'; }, /the change leaves the scope: other\.txt/],
    ['memory that is no memory', -1, (body) => { body.evidence.memory = [{ path: 'src/evil.ts', oldMode: '000000', newMode: '100644', oldId: '0'.repeat(40), newId: 'a'.repeat(40) }]; }, /these are no memory files: src\/evil\.ts/],
    ['a run that is not there', 7, (body) => { body.evidence.proofs[0].run = 3; }, /P1 names a run that is not in the facts/],
    ['a proof that was not shown', 7, (body) => { body.evidence.proofs = []; }, /P1 was not shown/],
    ['a waiver that nobody gave', 7, (body) => { body.evidence.proofs[0].how = 'waived'; }, /nobody waived it/],
    ['an inspection that is a command', 7, (body) => { body.evidence.proofs[0].how = 'inspection'; }, /P1 is a command/],
    ['proofs of another change', 7, (body) => { body.evidence.changeSet = sha256('other'); }, /focused_tests_passed .* names another change/],
    ['a self review of another change', 8, (body) => { body.changeSet.digest = sha256('other'); }, /self_review_complete .* has not reviewed this change/],
    ['a failed self review', 8, (body) => { body.document.verdict = 'fail'; }, /self_review_complete/],
    ['a review of another change', 10, (body) => { body.changeSet.digest = sha256('other'); }, /independent_review_complete/],
    ['a failed review', 10, (body) => { body.document.verdict = 'fail'; }, /repair_loop_complete_or_not_needed/],
    ['an open finding', 10, (body) => { body.document.findings = [{ id: 'F1', severity: 'minor', actual: 'x' }]; }, /F1 \(minor\)/],
    ['records of another change', -1, (body) => { body.evidence.changeSet = sha256('other'); }, /context_curated .* names another change/],
  ])('with %s is wanting', (_, index, change, why) => {
    expect(evidence(replaced(index, change)).join('\n')).toMatch(why);
  });

  test('of a ledger in which a later review took the number of an open finding is borne out as it was then', () => {
    const bodies = lifeOf(aLife());
    const pass = structuredClone(bodies[10]!) as any;
    pass.document.findings = [{ id: 'F1', severity: 'note', actual: 'nice' }];
    const fail = structuredClone(bodies[10]!) as any;
    Object.assign(fail.document, { verdict: 'fail', findings: [{ id: 'F1', severity: 'blocking', actual: 'wrong' }] });
    const told = evidence([...bodies.slice(0, 10), fail, pass, ...bodies.slice(11)]);
    expect(told.join()).not.toMatch(/F1/);
  });

  test('is wanting when a criterion has no proof of the ticket', () => {
    const ticket = ticketDocument();
    ticket.content.acceptance = [{ id: 'AC-1', text: 'x', proofs: ['P9'] }];
    expect(evidence(lifeOf(aLife({ ticket }))).join()).toMatch(/No proof of the ticket covers AC-1/);
  });

  test('is wanting when a proof cannot fail', () => {
    const ticket = ticketDocument({ proof: [{ id: 'P1', run: ['true'] }] });
    expect(evidence(lifeOf(aLife({ ticket })))).toEqual([expect.stringContaining('P1 is vacuous')]);
  });

  test('is wanting when code is only looked at', () => {
    const ticket = ticketDocument({ proof: [{ id: 'P1', inspect: 'Look at it.' }] });
    expect(evidence(lifeOf(aLife({ ticket })))).toEqual([expect.stringMatching(/greeting\.txt/)]);
  });

  test('does not count failures before a pass unless they are shown, and only so many', () => {
    const failing = (times: number, how: string): Body[] => {
      const bodies = replaced(7, (body) => { body.evidence.proofs[0] = { ...body.evidence.proofs[0], how, run: 7 + times }; });
      const failure = { ...structuredClone(bodies[6]), verdict: 'failed', exit: 1 } as Body;
      return bodies.toSpliced(6, 0, ...Array.from({ length: times }, () => failure));
    };
    expect(evidence(failing(1, 'unmeasured'))).toEqual([expect.stringContaining('P1 is flaky by its runs, and is said to be unmeasured')]);
    expect(evidence(failing(2, 'flaky'))).toEqual([]);
    expect(evidence(failing(3, 'flaky'))).toEqual([expect.stringContaining('P1')]);
  });

  test('is wanting when more repair rounds were used than the policy allows', () => {
    const policy = policyDocument({ limits: { repair_rounds: 0 } });
    const life = lifeOf(aLife({ policy }));
    const repair: Body = { kind: 'reworked', ...human, reason: 'again', repair: true };
    expect(evidence([...life.slice(0, 6), repair, ...life.slice(5).map((body) => moved(body, 2))]).join()).toMatch(/1 repair rounds were used, and 0 were allowed/);
  });

  test('does not count a review by whoever wrote, under whatever name', () => {
    const session = sha256('one session');
    expect(evidence(replaced(10, (body) => { body.by.name = 'ADA'; }))).toEqual([expect.stringMatching(/^reviewer-wrote: .*reviewer:ADA/)]);
    const bodies = lifeOf(aLife()).map((body) => ({ ...body, origin: { seen: 'agent', agent: 'codex', session } }) as Body);
    expect(evidence(bodies)).toEqual([expect.stringMatching(/^reviewer-wrote: /)]);
  });

  test('may be waived by a person, and then is not asked for', () => {
    const bodies = lifeOf(aLife());
    bodies[reviewAt(bodies)] = { kind: 'waived', ...human, what: 'independent_review_complete', reason: 'Nobody is here.' };
    expect(evidence(bodies)).toEqual([]);
  });
});

/** A proofs fact whose runs moved by so many facts. */
function moved(body: Body, by: number): Body {
  if (body.kind !== 'entered' || body.state !== 'focused_tests_passed') return body;
  const { proofs } = body.evidence;
  return { ...body, evidence: { ...body.evidence, proofs: proofs.map((proof) => ({ ...proof, run: (proof.run ?? 0) + by })) } };
}

describe('the three sets', () => {
  const entry = (path: string, letter: string): ChangedPath =>
    ({ path: path as RepoPath, oldMode: '000000', newMode: '100644', oldId: '0'.repeat(40), newId: letter.repeat(40) });
  const product = [entry('greeting.txt', 'c')];
  const memory = [entry('agent/lessons.md', 'd')];
  const result = `${recordsFolder(TICKET)}/result.md` as RepoPath;
  const life = aLife({ product, memory, changeSet: sha256(rawDifference(product)), records: [{ path: result, digest: sha256(''), bytes: 0 }] });
  const run = fold(TICKET, chained(lifeOf(life)).facts);
  const records = [entry(`tickets/${TICKET}.yaml`, 'e'), entry(result, 'f'), entry(sealedLedgerPath(TICKET), '1')];
  const faults = (...difference: ChangedPath[]) => setFaults(run, deliveredSets(run, difference), sha256);

  test('equal their lists', () => {
    expect(faults(...product, ...memory, ...records)).toEqual({ product: [], memory: [], records: [], digest: false });
  });

  test.each<[string, ChangedPath[], object]>([
    ['an extra file', [...product, entry('evil.sh', '9'), ...memory, ...records], { product: ['evil.sh'], digest: true }],
    ['a missing file', [...memory, ...records], { product: ['greeting.txt'], digest: true }],
    ['another blob', [entry('greeting.txt', '9'), ...memory, ...records], { product: ['greeting.txt'], digest: true }],
    ['another mode', [{ ...product[0]!, newMode: '100755' }, ...memory, ...records], { product: ['greeting.txt'], digest: true }],
    ['other memory', [...product, entry('agent/lessons.md', '9'), ...records], { memory: ['agent/lessons.md'] }],
    ['a record that nobody listed', [...product, ...memory, ...records, entry(`${recordsFolder(TICKET)}/extra.md`, '9')], { records: [`${recordsFolder(TICKET)}/extra.md`] }],
    ['a record that is a link', [...product, ...memory, { ...records[1]!, newMode: '120000' }], { records: [result] }],
  ])('show %s', (_, difference, expected) => {
    expect(faults(...difference)).toMatchObject(expected);
  });

  test('are counted over git\'s own bytes', () => {
    const zero = '0'.repeat(40);
    const deleted: ChangedPath = { path: 'b' as RepoPath, oldMode: '100644', newMode: '000000', oldId: 'b'.repeat(40), newId: zero };
    const linked: ChangedPath = { path: 'a\udcff' as RepoPath, oldMode: '100644', newMode: '120000', oldId: 'a'.repeat(40), newId: 'c'.repeat(40) };
    const bytes = Buffer.from(rawDifference([deleted, linked]));
    const head = Buffer.from(`:100644 120000 ${'a'.repeat(40)} ${'c'.repeat(40)} T\0a`);
    expect(bytes).toEqual(Buffer.concat([head, Buffer.from([0xff]), Buffer.from(`\0:100644 000000 ${'b'.repeat(40)} ${zero} D\0b\0`)]));
  });
});

test('a proved path that came through otherwise is named', () => {
  const zero = '0'.repeat(40);
  const kept: ChangedPath = { path: 'a' as RepoPath, oldMode: '000000', newMode: '100644', oldId: zero, newId: 'a'.repeat(40) };
  const gone: ChangedPath = { path: 'b' as RepoPath, oldMode: '100644', newMode: '000000', oldId: 'b'.repeat(40), newId: zero };
  const tree = { path: 'a' as RepoPath, mode: '100644', id: 'a'.repeat(40) };
  expect(changedOnTheWay([kept, gone], [tree])).toEqual([]);
  expect(changedOnTheWay([kept, gone], [{ ...tree, mode: '100755' }, { ...tree, path: 'b' as RepoPath }])).toEqual(['a', 'b']);
  expect(changedOnTheWay([kept], [])).toEqual(['a']);
});

describe('trailers', () => {
  const seal = sha256('seal');
  const named = (pairs: [string, string][], message = 'Subject') => namedEvidence({ message, trailers: pairs.map(([key, value]) => ({ key, value })) });

  test('name one ticket and one seal', () => {
    expect(named([['Cxw-Ticket', TICKET], ['Cxw-Evidence', seal]])).toEqual({ named: 'evidence', ticket: TICKET, seal });
    expect(named([['Signed-off-by', 'Ada']])).toEqual({ named: 'nothing' });
    expect(named([], `Subject\n\nCxw-Ticket: ${TICKET}\n\nMore.`)).toEqual({ named: 'elsewhere' });
  });

  test.each<[string, [string, string][]]>([
    ['Cxw-Ticket stands there not at all', [['Cxw-Evidence', seal]]],
    ['Cxw-Evidence stands there not at all', [['Cxw-Ticket', TICKET]]],
    ['Cxw-Evidence stands there twice', [['Cxw-Ticket', TICKET], ['Cxw-Evidence', seal], ['cxw-evidence', seal]]],
    ['Cxw-Ticket names no ticket', [['Cxw-Ticket', '../../etc'], ['Cxw-Evidence', seal]]],
    ['Cxw-Evidence names no SHA-256', [['Cxw-Ticket', TICKET], ['Cxw-Evidence', 'sha256:1']]],
  ])('are bad: %s', (why, pairs) => {
    expect(named(pairs)).toEqual({ named: 'badly', why });
  });
});
