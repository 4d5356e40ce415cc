import { describe, expect, test } from 'vitest';
import { classify, quickRefusals } from '../../src/domain/classify.js';
import type { RepoPath } from '../../src/domain/paths.js';
import { policySchema, type Policy } from '../../src/domain/policy.js';
import { ticketSchema, TRIGGERS, type Proof, type Ticket } from '../../src/domain/ticket.js';
import type { Trigger } from '../../src/domain/triggers.js';

const policyWith = (changes: object = {}): Policy => policySchema.parse({ schema_version: 1, delivery: { mode: 'none' }, ...changes });
const policy = policyWith();
const local: Proof[] = [{ id: 'P1', run: 'npm test' }];
const paths = (...named: string[]): RepoPath[] => named as RepoPath[];
const triggersOf = (named: string[], { declared = [], rules = policy, proofs = local }: { declared?: Parameters<typeof classify>[1]; rules?: Policy; proofs?: Proof[] } = {}) =>
  classify(paths(...named), declared, rules, proofs).findings.map(({ trigger }) => trigger);

describe('the class of work', () => {
  test('is quick where nothing speaks against it', () => {
    expect(classify(paths('src/a.ts'), [], policy, local)).toEqual({ class: 'quick', findings: [] });
  });

  test('is quick with three files and not with four', () => {
    expect(triggersOf(['a', 'b', 'c'])).toEqual([]);
    expect(classify(paths('a', 'b', 'c', 'd'), [], policy, local)).toMatchObject({ class: 'standard', findings: [{ trigger: 'broad_file_scope', paths: ['a', 'b', 'c', 'd'] }] });
  });

  test('counts a path once, and neither the ticket nor its records', () => {
    expect(triggersOf(['a', 'a', 'b', 'c', 'tickets/TKT-2026-11-21-x.yaml', 'tickets/records/TKT-2026-11-21-x/plan.md', 'tickets/records/y/z/package.json'])).toEqual([]);
    expect(triggersOf(['a', 'b', 'c', 'tickets/templates/quick.yaml'])).toEqual(['broad_file_scope']);
  });

  test.each<[Trigger, string]>([
    ['security_auth_privacy', 'src/auth/login.ts'],
    ['security_auth_privacy', 'src/OAuthService.ts'],
    ['security_auth_privacy', '.github/workflows/ci.yml'],
    ['security_auth_privacy', 'Dockerfile'],
    ['schema_data', 'db/migrations/1.sql'],
    ['dependencies', 'package.json'],
    ['dependencies', 'apps/web/pnpm-lock.yaml'],
    ['dependencies', 'go.mod'],
    ['public_api_shared_contract', 'api/openapi.v1.yaml'],
    ['public_api_shared_contract', 'types/index.d.ts'],
    ['forbidden_path', '.env'],
    ['forbidden_path', 'config/.env.local'],
    ['forbidden_path', 'node_modules/x/index.js'],
  ])('has %s shown by %s', (trigger, path) => {
    const { findings } = classify(paths(path), [], policy, local);
    expect(findings).toMatchObject([{ trigger, paths: [path], declared: false, why: expect.stringContaining(path) }]);
  });

  test('takes the patterns of the policy in place of the built-in ones, trigger by trigger', () => {
    const rules = policyWith({ triggers: { dependencies: ['deps.txt'], visual_flow_ambiguity: ['ui/**'] }, forbidden: ['vault/**'] });
    expect(triggersOf(['package.json'], { rules })).toEqual([]);
    expect(triggersOf(['deps.txt', 'ui/page.css', 'db/migrations/1'], { rules })).toEqual(['schema_data', 'dependencies', 'visual_flow_ambiguity']);
    expect(triggersOf(['vault/key', '.env'], { rules })).toEqual(['forbidden_path']);
  });

  test.each(TRIGGERS)('takes the word of the ticket for %s', (trigger) => {
    expect(classify(paths('a'), [trigger], policy, local).findings).toEqual([{ trigger, why: 'the ticket declares it', paths: [], declared: true }]);
  });

  test('lets no declaration replace a finding, and names each trigger once, in the order of the contract', () => {
    const { findings } = classify(paths('package.json', '.env', 'yarn.lock'), ['unclear_requirements', 'dependencies'], policy, local);
    expect(findings.map(({ trigger, declared, paths: shown }) => [trigger, declared, shown])).toEqual([
      ['dependencies', false, ['package.json', 'yarn.lock']], ['unclear_requirements', true, []], ['forbidden_path', false, ['.env']],
    ]);
  });
});

describe('modules', () => {
  test.each([
    [['packages/a/x.ts', 'packages/a/deep/y.ts'], []],
    [['packages/a/x.ts', 'packages/b/y.ts'], ['multiple_services_modules']],
    [['apps/a/x.ts', 'services/a/x.ts'], ['multiple_services_modules']],
    [['src/a/x.ts', 'lib/b.ts', 'x.ts'], []],
    [['packages/a/x.ts', 'scripts/y.ts'], ['multiple_services_modules']],
    [['packages/a/x.ts', 'README.md', 'docs/a.md'], []],
    [['packages/tsconfig.json', 'tsconfig.json'], []],
  ])('%j', (named, expected) => {
    expect(triggersOf(named)).toEqual(expected);
  });

  test('are what the policy says they are', () => {
    const rules = policyWith({ modules: [{ name: 'front', paths: ['web/**'] }, { name: 'back', paths: ['server/**', 'db/**'] }] });
    expect(triggersOf(['server/a.ts', 'db/b.ts'], { rules })).toEqual([]);
    expect(triggersOf(['packages/a/x', 'packages/b/x'], { rules })).toEqual([]);
    expect(classify(paths('web/a.ts', 'db/b.ts'), [], rules, local).findings[0]!.why).toBe('2 modules: back, front');
    expect(triggersOf(['web/a.ts', 'build.ts'], { rules })).toEqual(['multiple_services_modules']);
  });
});

describe('a proof that runs here', () => {
  const proof = (form: Partial<Proof>): Proof[] => [{ id: 'P1', ...form }];

  test.each<[Partial<Proof>, boolean]>([
    [{ run: 'npm test' }, true],
    [{ run: ['node', '--test'] }, true],
    [{ run: 'curl https://example.org' }, false],
    [{ run: ['/usr/bin/wget', 'x'] }, false],
    [{ run: ['env', 'A=1', 'ssh', 'host'] }, false],
    [{ run: 'npm test; curl x' }, false],
    [{ shell: 'npm test | tee log' }, true],
    [{ shell: 'npm test && curl https://example.org' }, false],
    [{ shell: 'X=1 ssh host true' }, false],
    [{ shell: './curl-like.sh' }, true],
    [{ inspect: 'Look.' }, false],
    [{}, false],
  ])('%j: %s', (form, isLocal) => {
    expect(triggersOf(['src/a.ts'], { proofs: proof(form) })).toEqual(isLocal ? [] : ['proof_unavailable']);
  });

  test('is enough among others that do not', () => {
    expect(triggersOf(['src/a.ts'], { proofs: [...proof({ run: 'curl x' }), { id: 'P2', run: 'npm test' }] })).toEqual([]);
  });

  test('may be an inspection where all is documentation', () => {
    expect(triggersOf(['README.md', 'docs/x.png'], { proofs: proof({ inspect: 'Look.' }) })).toEqual([]);
    expect(triggersOf(['README.md', 'src/a.ts'], { proofs: proof({ inspect: 'Look.' }) })).toEqual(['proof_unavailable']);
    expect(triggersOf(['README.md'], { proofs: proof({ run: 'curl x' }) })).toEqual(['proof_unavailable']);
  });
});

describe('a ticket that claims to be quick', () => {
  const ticket = (changes: object = {}): Ticket => ticketSchema.parse({
    schema_version: 3, id: 'TKT-2026-11-21-x', title: 'X', class: 'quick', kind: 'bugfix', why_quick: 'Small.', scope: { files: ['a.ts'] }, plan: ['Do it.'],
    acceptance: [{ id: 'AC-1', text: 'It holds.', proofs: ['P1'] }], proof: [{ id: 'P1', run: 'npm test' }], ...changes,
  });

  test('is left alone when it is', () => {
    expect(quickRefusals(ticket(), policy)).toEqual([]);
  });

  test('is refused for every finding, each with a way on', () => {
    const refusals = quickRefusals(ticket({
      scope: { files: ['packages/a/package.json', 'packages/b/x', 'c', 'keep/me'], forbidden: ['keep/**'] }, triggers: ['unclear_requirements'], proof: [{ id: 'P1', run: 'curl x' }],
    }), policy);
    expect(refusals.map(({ code, commands }) => [code, commands])).toEqual([
      ['trigger-found', ['cxw ticket escalate TKT-2026-11-21-x --spec FOLDER']],
      ['more-than-one-module', ['cxw ticket escalate TKT-2026-11-21-x']],
      ['trigger-declared', ['cxw ticket escalate TKT-2026-11-21-x --spec FOLDER']],
      ['too-many-files', ['cxw ticket escalate TKT-2026-11-21-x']],
      ['forbidden-in-scope', ['cxw ticket show TKT-2026-11-21-x']],
      ['quick-needs-local-proof', ['cxw ticket escalate TKT-2026-11-21-x']],
    ]);
  });

  test('is the only one that is asked', () => {
    const { why_quick: _, plan: __, ...standard } = ticket() as Record<string, unknown>;
    const larger = ticketSchema.parse({ ...standard, class: 'standard', scope: { allowed: ['**'] }, triggers: ['dependencies'], specs: { mode: 'no_spec', reason: 'Known well enough.' } });
    expect(quickRefusals(larger, policy)).toEqual([]);
  });
});
