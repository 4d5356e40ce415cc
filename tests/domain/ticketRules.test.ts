import { describe, expect, test } from 'vitest';
import { fieldName, type Whereabouts } from '../../src/domain/documents/whereabouts.js';
import { policySchema } from '../../src/domain/policy.js';
import { ticketSchema } from '../../src/domain/ticket.js';
import { nameProblems, policyProblems, ticketProblems } from '../../src/domain/ticketRules.js';

/** Answers each question for a place with the field that was asked for. */
const where: Whereabouts = {
  key: (path, label) => ({ file: `key ${fieldName(path)}`, label }),
  value: (path, label) => ({ file: fieldName(path), label }),
  written: () => undefined,
};
const policy = policySchema.parse({ schema_version: 1, delivery: { mode: 'none' } });

const quick = {
  schema_version: 3, id: 'TKT-2026-11-21-x', title: 'X', class: 'quick', kind: 'bugfix', why_quick: 'Small.', scope: { files: ['a.ts'] }, plan: ['Do it.'],
  acceptance: [{ id: 'AC-1', text: 'It holds.', proofs: ['P1'] }], proof: [{ id: 'P1', run: 'npm test' }],
};
const { why_quick: _, plan: __, ...shared } = quick;
const standard = { ...shared, class: 'standard', scope: { allowed: ['src/**'] }, specs: { mode: 'no_spec', reason: 'The failing test describes it.' } };

const found = (written: object, rules: typeof policy | undefined = policy) =>
  ticketProblems(ticketSchema.parse(written), rules, where).map(({ code, severity, place }) => [code, severity, place?.file]);

describe('the rules of a ticket', () => {
  test('let a sound one pass', () => {
    expect(found(quick)).toEqual([]);
    expect(found(standard)).toEqual([]);
  });

  test.each<[string, object, unknown[]]>([
    ['a proof that is not there', { acceptance: [{ ...quick.acceptance[0], proofs: ['P1', 'P2'] }] }, ['proof-unknown', 'error', 'acceptance[0].proofs[1]']],
    ['a criterion without words', { acceptance: [{ id: 'AC-1', given: 'x', proofs: ['P1'] }] }, ['acceptance-incomplete', 'error', 'acceptance[0].id']],
    ['when without then', { acceptance: [{ id: 'AC-1', when: 'x', proofs: ['P1'] }] }, ['acceptance-incomplete', 'error', 'acceptance[0].id']],
    ['a proof that nobody asked for', { proof: [...quick.proof, { id: 'P2', run: 'x' }] }, ['proof-without-criterion', 'warning', 'proof[1].id']],
    ['a proof of no form', { proof: [{ id: 'P1' }] }, ['proof-form', 'error', 'proof[0].id']],
    ['a proof of two forms', { proof: [{ id: 'P1', run: 'x', inspect: 'y' }] }, ['proof-form', 'error', 'proof[0].id']],
    ['a line that wants a shell', { proof: [{ id: 'P1', run: 'a > b' }] }, ['shell-syntax-in-run', 'error', 'proof[0].run']],
    ['a line with an open quote', { proof: [{ id: 'P1', run: 'a "b' }] }, ['run-unreadable', 'error', 'proof[0].run']],
    ['two criteria of a name', { acceptance: [quick.acceptance[0], quick.acceptance[0]] }, ['duplicate-id', 'error', 'acceptance[1].id']],
    ['two proofs of a name', { proof: [quick.proof[0], quick.proof[0]] }, ['duplicate-id', 'error', 'proof[1].id']],
    ['one file twice', { scope: { files: ['a.ts', 'a.ts'] } }, ['duplicate-id', 'error', 'scope.files[1]']],
    ['an inspection of code', { proof: [quick.proof[0], { id: 'P2', inspect: 'Look.' }], acceptance: [{ id: 'AC-1', text: 'x', proofs: ['P1', 'P2'] }] }, ['proof-inspection-not-allowed', 'error', 'key proof[1].inspect']],
    ['four files', { scope: { files: ['a', 'b', 'c', 'd'] } }, ['too-many-files', 'error', 'scope.files[3]']],
    ['a file that shows a trigger', { scope: { files: ['a', 'go.mod'] } }, ['trigger-found', 'error', 'scope.files[1]']],
    ['a forbidden file', { scope: { files: ['a', 'b'], forbidden: ['b'] } }, ['forbidden-in-scope', 'error', 'scope.files[1]']],
    ['a declared trigger', { triggers: ['unclear_requirements'] }, ['trigger-declared', 'error', 'triggers[0]']],
  ])('refuse %s', (_, changes, expected) => {
    expect(found({ ...quick, ...changes })).toContainEqual(expected);
  });

  const views = { visual: { views: [{ id: 'V1', what: 'The form.' }] } };
  test.each<[string, object, unknown[][]]>([
    ['no spec for dependencies', { scope: { allowed: ['src/**', 'package.json'] } }, [['spec-needed', 'error', 'specs.mode']]],
    ['no spec where the ticket says that requirements are unclear', { triggers: ['unclear_requirements'] }, [['spec-needed', 'error', 'specs.mode']]],
    ['experts that nobody named', { intensity: 'expert_supported' }, [['experts-missing', 'error', 'intensity']]],
    ['rounds without a bound', { intensity: 'bounded_expert_rounds', experts: [{ profile: 'test', why: 'Flaky.' }] }, [['rounds-unbounded', 'error', 'intensity']]],
    ['product in the scope of research', { intensity: 'research_only', scope: { allowed: ['docs/**', 'src/**'] } }, [['product-not-allowed', 'error', 'scope.allowed[1]']]],
    ['a proof that must hold and fail on the base', { proof: [{ ...quick.proof[0], regression: true, must_fail_on_base: true }] }, [['regression-fails-on-base', 'error', 'proof[0].must_fail_on_base']]],
    ['a view of the name of a proof', { visual: { views: [{ id: 'V1', what: 'x' }, { id: 'V1', what: 'y' }] } }, [['duplicate-id', 'error', 'visual.views[1].id']]],
    ['nothing of documentation and tests', { scope: { allowed: ['docs/auth/**', 'tests/auth/**'] } }, []],
    ['no guard that no criterion names', { proof: [...quick.proof, { id: 'P2', run: 'x', regression: true }] }, []],
    ['nothing of research into documentation', { intensity: 'research_only', scope: { allowed: ['docs/**'] } }, []],
    ['nothing of bounded rounds with experts and views', { intensity: 'bounded_expert_rounds', max_iterations: 2, experts: [{ profile: 'test', why: 'Flaky.' }], ...views }, []],
  ])('refuse of a larger ticket %s', (_, changes, expected) => {
    expect(found({ ...standard, ...changes })).toEqual(expected);
  });

  test('let specs stand for what they describe', () => {
    const specs = { mode: 'full_sdd', requirements: 'r.md', design: 'd.md', tasks: 't.md' };
    expect(found({ ...standard, specs, scope: { allowed: ['package.json'] } })).toEqual([]);
  });

  test('ask the policy only when there is one', () => {
    const undue = { ...quick, scope: { files: ['a', 'b', 'c', 'package.json'] } };
    expect(found(undue).map(([code]) => code)).toEqual(['trigger-found', 'too-many-files']);
    expect(ticketProblems(ticketSchema.parse(undue), undefined, where)).toEqual([]);
  });

  test('tell of an inspection alone what is wrong with it, once', () => {
    expect(found({ ...quick, proof: [{ id: 'P1', inspect: 'Look.' }] })).toEqual([['proof-inspection-not-allowed', 'error', 'key proof[0].inspect']]);
  });

  test('let documentation be inspected, also where it is named by patterns', () => {
    const proof = [{ id: 'P1', inspect: 'Look.' }];
    expect(found({ ...quick, scope: { files: ['README.md'] }, proof })).toEqual([]);
    expect(found({ ...standard, scope: { allowed: ['docs/**', '**/*.md'] }, proof })).toEqual([]);
    expect(found({ ...standard, scope: { allowed: ['**'] }, proof })).toEqual([['proof-inspection-not-allowed', 'error', 'key proof[0].inspect']]);
  });

  test.each(['none', 'n/a', 'not needed', 'TODO', 'No spec needed.', 'trivial', '-', 'small change'])('do not take "%s" for a reason', (reason) => {
    expect(found({ ...standard, specs: { mode: 'no_spec', reason } })).toEqual([['no-spec-reason-vague', 'error', 'specs.reason']]);
  });

  test('know the decisions and stages by name', () => {
    const decisions = { locked: [{ id: 'DEC-1', text: 'x' }], open: [{ id: 'DEC-1', text: 'y' }] };
    expect(found({ ...standard, decisions })).toEqual([['duplicate-id', 'error', 'decisions.open[0].id']]);
    const orchestrator = { ...standard, class: 'orchestrator', children: ['TKT-2026-11-21-a', 'TKT-2026-11-21-a'], stages: [{ id: 'b', children: ['TKT-2026-11-21-b'], exit_gate: 'x' }] };
    expect(found(orchestrator)).toEqual([['duplicate-id', 'error', 'children[1]'], ['stage-child-unknown', 'error', 'stages[0].children[0]']]);
  });
});

describe('the name of a ticket file', () => {
  test('is the id', () => {
    expect(nameProblems('TKT-2026-11-21-x', 'TKT-2026-11-21-x.yaml', where)).toEqual([]);
    expect(nameProblems('TKT-2026-11-21-x', 'TKT-2026-11-21-x.yml', where)).toMatchObject([{ code: 'ticket-id-not-file-name', place: { file: 'id' } }]);
  });
});

describe('the rules of a policy', () => {
  const against = (changes: object) => policyProblems(policySchema.parse({ schema_version: 1, delivery: { mode: 'none' }, ...changes }), where).map(({ facts, place }) => [facts['why'], place?.file]);

  test('let what init writes pass', () => expect(against({})).toEqual([]));

  test('find what takes itself away', () => {
    expect(against({ delivery: { mode: 'commit', branches: ['main'], upstream_pairs: [{ local: 'main', upstream: 'a' }, { local: 'main', upstream: 'b' }, { local: 'work', upstream: 'c' }] } })).toEqual([
      ['branches leaves out work, which upstream_pairs delivers', 'delivery.upstream_pairs[2].local'],
      ['upstream_pairs has two of main', 'delivery.upstream_pairs[1].local'],
    ]);
    expect(against({ modules: [{ name: 'a', paths: ['a'] }, { name: 'a', paths: ['b'] }] })).toEqual([['modules has two of the name a', 'modules[1].name']]);
    expect(against({ authorized: ['x', '.env'] })).toEqual([['.env is authorized and forbidden', 'authorized[1]']]);
    expect(against({ roles: { writer: 'Ada', reviewer: 'Ada' } })).toEqual([['Ada is writer and reviewer, and nobody who wrote reviews', 'roles.reviewer']]);
  });
});
