import { describe, expect, test } from 'vitest';
import type { RepoPath } from '../../src/domain/paths.js';
import { policySchema } from '../../src/domain/policy.js';
import { scopeOf } from '../../src/domain/scope.js';
import { ticketSchema } from '../../src/domain/ticket.js';

const ID = 'TKT-2026-11-21-x';
const policy = policySchema.parse({ schema_version: 1, delivery: { mode: 'none' } });
const shared = {
  schema_version: 3, id: ID, title: 'X', kind: 'bugfix',
  acceptance: [{ id: 'AC-1', text: 'It holds.', proofs: ['P1'] }], proof: [{ id: 'P1', run: 'npm test' }],
};
const quick = (scope: object) => scopeOf(ticketSchema.parse({ ...shared, class: 'quick', why_quick: 'Small.', plan: ['Do it.'], scope }), policy);
const standard = (scope: object) => scopeOf(ticketSchema.parse({ ...shared, class: 'standard', specs: { mode: 'no_spec', reason: 'Known.' }, scope }), policy);
const path = (text: string) => text as RepoPath;

describe('the scope of a quick ticket', () => {
  const scope = quick({ files: ['src/*.ts', '[a].md', '-A', 'e\u0301.txt'] });

  test.each(['src/*.ts', '[a].md', '-A', 'e\u0301.txt'])('covers %s as a name', (name) => expect(scope.covers(path(name))).toBe(true));
  test.each(['src/a.ts', 'a.md', 'SRC/*.ts', '\u00e9.txt', 'src/*.ts/x', 'src'])('does not cover %s', (name) => expect(scope.covers(path(name))).toBe(false));
});

describe('the scope of a larger ticket', () => {
  const scope = standard({ allowed: ['src/**', 'docs/', 'agent/**'], forbidden: ['src/generated/**'] });

  test('covers what its patterns match', () => {
    expect(['src/a.ts', 'src/deep/er/b', 'docs/x/y.md'].every((name) => scope.covers(path(name)))).toBe(true);
    expect(['README.md', 'asrc/a.ts', 'lib/src/a.ts'].some((name) => scope.covers(path(name)))).toBe(false);
  });

  test('names the pattern that forbids a path, its own or that of the policy', () => {
    expect(scope.forbids(path('src/generated/x.ts'))).toBe('src/generated/**');
    expect(scope.forbids(path('src/.env'))).toBe('**/.env');
    expect(scope.forbids(path('src/a.ts'))).toBe(undefined);
  });

  test('leaves memory to the curator, unless the ticket itself is about it', () => {
    expect(standard({ allowed: ['src/**'] }).isMemory(path('agent/STATE.md'))).toBe(true);
    expect(scope.isMemory(path('agent/STATE.md'))).toBe(false);
    expect(scope.isMemory(path('agent/deep/STATE.md'))).toBe(false);
  });
});

describe('every scope', () => {
  const scope = standard({ allowed: ['**'] });

  test('keeps out the documents of the work itself, of this ticket and of others', () => {
    for (const name of [`tickets/${ID}.yaml`, 'tickets/TKT-2026-11-20-other.yaml', `tickets/records/${ID}/plan.md`, 'tickets/records/other/ledger.jsonl']) {
      expect(scope.covers(path(name))).toBe(false);
    }
    expect(scope.covers(path('tickets/templates/quick.yaml'))).toBe(true);
    expect(scope.covers(path('src/tickets/a.yaml'))).toBe(true);
  });

  test('knows its own ticket, records and drafts', () => {
    expect(scope.isManaged(path(`tickets/${ID}.yaml`))).toBe(true);
    expect(scope.isManaged(path(`tickets/records/${ID}/plan.md`))).toBe(true);
    expect(scope.isManaged(path(`tickets/records/${ID}-2/plan.md`))).toBe(false);
    expect(scope.isManaged(path('tickets/TKT-2026-11-20-other.yaml'))).toBe(false);
    expect(scope.isDraft(path(`tickets/records/${ID}/drafts/review-1.yaml`))).toBe(true);
    expect(scope.isDraft(path(`tickets/records/${ID}/plan.md`))).toBe(false);
  });
});
