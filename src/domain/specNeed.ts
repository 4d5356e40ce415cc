import { classify, type Finding } from './classify.js';
import { DESCRIBED } from './described.js';
import { compileGlobs } from './globs.js';
import type { RepoPath } from './paths.js';
import type { Policy } from './policy.js';
import { refuse, type Refusal } from './problem.js';
import type { Ticket } from './ticket.js';

type Claim = Pick<Ticket, 'triggers' | 'proof'>;

/** What these paths and the ticket's own words show that a spec must say. Documentation and tests alone change nothing that one describes. */
export function specNeeds(paths: readonly RepoPath[], { triggers = [], proof }: Claim, policy: Policy): Finding[] {
  const [isDocs, isTest] = [compileGlobs(policy.docs), compileGlobs(policy.proofs.tests)];
  const telling = paths.filter((path) => !isDocs(path) && !isTest(path));
  return classify(telling, triggers, policy, proof).findings.filter(({ trigger }) => DESCRIBED.has(trigger));
}

/** Why a ticket without a spec may not go on without one, by its scope; or by the paths that really changed. */
export function specRefusals(ticket: Ticket, policy: Policy, changed?: readonly RepoPath[]): Refusal[] {
  if (ticket.class === 'quick' || ticket.specs.mode !== 'no_spec') return [];
  // Patterns are compared as they are written; what they really match is looked at when there is a change.
  const paths = changed ?? ticket.scope.allowed as RepoPath[];
  const needs = specNeeds(paths, ticket, policy);
  return needs.length === 0 ? [] : [refuse('spec-needed', { ticket: ticket.id, findings: needs.map(({ trigger, why }) => `${trigger}: ${why}`) })];
}
