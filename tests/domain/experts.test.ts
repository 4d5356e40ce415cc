import fc from '../support/property.js';
import { describe, expect, it } from 'vitest';
import { dueExperts } from '../../src/domain/experts/routing.js';
import type { RepoPath } from '../../src/domain/paths.js';
import { ticketSchema, type QuickTicket, type Ticket } from '../../src/domain/ticket.js';
import type { Trigger } from '../../src/domain/triggers.js';
import { policyDocument, ticketDocument } from '../support/sealed.js';

const policy = (changes: Record<string, unknown> = {}) => policyDocument(changes).content;
const quick = (triggers: Trigger[] = []) => ticketDocument(triggers.length === 0 ? {} : { triggers }).content;
const standard = (experts: { profile: string; why: string }[]): Ticket => {
  const { why_quick: _, plan: __, ...shared } = ticketDocument().content as QuickTicket;
  return ticketSchema.parse({ ...shared, class: 'standard', scope: { allowed: ['src/**'] }, specs: { mode: 'no_spec', reason: 'One word of one greeting.' }, experts });
};
const called = (paths: string[], ticket = quick(), by = policy()) => dueExperts(ticket, paths as RepoPath[], by).map(({ profile }) => profile);

describe('an expert is called', () => {
  it.each([
    ['src/auth/session.ts', ['security']],
    ['package-lock.json', ['security']],
    ['db/migrations/004.sql', ['data_migration']],
    ['api/openapi.yaml', ['architecture', 'release_docs']],
    ['web/page.css', ['ux_accessibility']],
    ['bench/parse.js', ['performance']],
    ['CHANGELOG.md', ['release_docs']],
    ['src/greet.ts', []],
  ])('by the path %s: %j', (path, profiles) => expect(called([path])).toEqual(profiles));

  it('by more than one module', () => expect(called(['packages/a/x.ts', 'packages/b/y.ts'])).toEqual(['architecture']));
  it('by what the ticket declares', () => expect(called([], quick(['visual_flow_ambiguity', 'unclear_requirements']))).toEqual(['ux_accessibility']));
  it('by the patterns of the policy, which replace the built-in ones', () => {
    const own = policy({ experts: { performance: ['src/hot/**'] } });
    expect(called(['src/hot/a.ts', 'bench/a.js'], quick(), own)).toEqual(['performance']);
    expect(called(['bench/a.js'], quick(), own)).toEqual([]);
  });

  it('by the ticket, whose reason then counts, and whose answer is demanded', () => {
    const due = dueExperts(standard([{ profile: 'security', why: 'It touches sessions.' }]), ['src/auth/a.ts' as RepoPath, 'a.css' as RepoPath], policy());
    expect(due).toEqual([
      { profile: 'security', why: 'It touches sessions.', demanded: true },
      { profile: 'ux_accessibility', why: 'the change touches a.css', demanded: false },
    ]);
  });
});

it('nobody is called by default, nor by code alone, however much of it', () => {
  expect(called([])).toEqual([]);
  const names = fc.stringMatching(/^src\/[b-m]{1,6}\.(ts|go|py|rs)$/);
  fc.assert(fc.property(fc.array(names, { maxLength: 30 }), (paths) => { expect(called(paths)).toEqual([]); }));
});
