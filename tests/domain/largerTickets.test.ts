import { describe, expect, test } from 'vitest';
import { inspectionsOf } from '../../src/domain/gates.js';
import type { RepoPath } from '../../src/domain/paths.js';
import { policySchema } from '../../src/domain/policy.js';
import { roundsAllowed } from '../../src/domain/repairRounds.js';
import { freshRun } from '../../src/domain/run.js';
import { specRefusals } from '../../src/domain/specNeed.js';
import { ticketSchema } from '../../src/domain/ticket.js';
import { mayChangeNothing, productRefusals } from '../../src/domain/withoutProduct.js';

const policy = policySchema.parse({ schema_version: 1, delivery: { mode: 'none' }, limits: { repair_rounds: 2 } });
const standard = (more: object = {}) => ticketSchema.parse({
  schema_version: 3, id: 'TKT-2026-11-21-x', title: 'X', class: 'standard', kind: 'feature', scope: { allowed: ['**'] },
  specs: { mode: 'no_spec', reason: 'The failing test describes it.' },
  acceptance: [{ id: 'AC-1', text: 'It holds.', proofs: ['P1'] }], proof: [{ id: 'P1', run: 'npm test' }], ...more,
});
const orchestrator = (more: object = {}) => standard({ class: 'orchestrator', children: [], ...more });
const paths = (...some: string[]): RepoPath[] => some as RepoPath[];

describe('what really changed', () => {
  test('is refused by name where only documentation may change', () => {
    const change = paths('docs/report.md', 'src/a.ts');
    expect(productRefusals(standard({ intensity: 'research_only' }), change, policy)).toMatchObject([{ code: 'product-not-allowed', facts: { paths: ['src/a.ts'] } }]);
    expect(productRefusals(orchestrator(), change, policy)).toMatchObject([{ facts: { what: 'An orchestrator', paths: ['src/a.ts'] } }]);
    expect(productRefusals(standard(), change, policy)).toEqual([]);
    expect(productRefusals(standard({ intensity: 'research_only' }), paths('docs/report.md'), policy)).toEqual([]);
  });

  test('may be nothing for an orchestrator alone', () => {
    expect([orchestrator(), standard(), standard({ intensity: 'research_only' })].map(mayChangeNothing)).toEqual([true, false, false]);
  });

  test.each([
    ['src/auth/session.ts', 'security_auth_privacy'], ['db/migrations/1.sql', 'schema_data'], ['package.json', 'dependencies'], ['src/api.d.ts', 'public_api_shared_contract'],
  ])('%s wants a spec, because of %s', (path, trigger) => {
    const [refusal] = specRefusals(standard(), policy, paths('src/a.ts', path));
    expect(refusal?.code).toBe('spec-needed');
    expect(refusal?.facts['findings']).toEqual([expect.stringContaining(trigger)]);
  });

  test.each(['src/a.ts', 'tests/auth/login.ts', 'docs/auth/how.md', 'LICENSE'])('%s wants none', (path) => {
    expect(specRefusals(standard(), policy, paths(path))).toEqual([]);
  });

  test('wants a spec by what the policy calls a flow that can be seen', () => {
    const seeing = policySchema.parse({ ...policy, triggers: { visual_flow_ambiguity: ['**/*.css'] } });
    expect(specRefusals(standard(), seeing, paths('src/a.css'))).toHaveLength(1);
  });
});

test('repair rounds are the policy\'s, or fewer; of an orchestrator its own, five at most', () => {
  const rounds = (ticket: ReturnType<typeof standard>): number => roundsAllowed(ticket, policy);
  expect([rounds(standard()), rounds(standard({ max_iterations: 1 })), rounds(standard({ max_iterations: 5 }))]).toEqual([2, 1, 2]);
  expect([rounds(orchestrator()), rounds(orchestrator({ max_iterations: 4 }))]).toEqual([5, 4]);
});

test('a reviewer inspects what the proofs and the views ask for', () => {
  const content = standard({ proof: [{ id: 'P1', run: 'x' }, { id: 'P2', inspect: 'Look.' }], visual: { views: [{ id: 'V1', what: 'The form.' }, { id: 'V2', what: 'The list.' }] } });
  const run = { ...freshRun(content.id), lock: { ticket: { content } } as never, waivers: [{ what: 'proof:V2' }] as never };
  expect(inspectionsOf(run)).toEqual(['P2', 'V1']);
});
