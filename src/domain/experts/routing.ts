import { classify } from '../classify.js';
import { compileGlobs } from '../globs.js';
import { showPath, type RepoPath } from '../paths.js';
import type { Policy } from '../policy.js';
import { EXPERTS, type Expert } from '../roles.js';
import type { Ticket } from '../ticket.js';
import type { Trigger } from '../triggers.js';
import { demandsOf } from './demands.js';

/** An expert who is to be asked, and by what that is seen. */
export interface DueExpert {
  profile: Expert;
  why: string;
  /** The ticket itself demands the answer: without it, the review is not complete. */
  demanded: boolean;
}

/** Whom a trigger calls. The others call nobody: more files, or an open question, are no expert's subject. */
const CALLED: Partial<Record<Trigger, readonly Expert[]>> = {
  security_auth_privacy: ['security'],
  forbidden_path: ['security'],
  dependencies: ['security'],
  schema_data: ['data_migration'],
  multiple_services_modules: ['architecture'],
  public_api_shared_contract: ['architecture', 'release_docs'],
  visual_flow_ambiguity: ['ux_accessibility'],
  proof_unavailable: ['test'],
};

/** What paths show beside the triggers; the policy's own patterns replace these. */
const PATTERNS: Partial<Record<Expert, readonly string[]>> = {
  ux_accessibility: ['**/*.{css,scss,less,html,vue,svelte,jsx,tsx}'],
  performance: ['**/bench/**', '**/benchmarks/**', '**/*perf*'],
  release_docs: ['**/CHANGELOG*'],
};

/** The experts that this work calls, by paths, triggers and the ticket's own word, in the order of `EXPERTS`. Nobody is called by default. */
export function dueExperts(ticket: Ticket, paths: readonly RepoPath[], policy: Policy): DueExpert[] {
  const findings = classify(paths, ticket.triggers ?? [], policy, ticket.proof).findings;
  return EXPERTS.flatMap((profile): DueExpert[] => {
    const demand = demandsOf(ticket).find((one) => one.profile === profile);
    if (demand !== undefined) return [{ profile, why: demand.why, demanded: true }];
    const finding = findings.find(({ trigger }) => CALLED[trigger]?.includes(profile));
    const path = paths.find(compileGlobs(policy.experts?.[profile] ?? PATTERNS[profile] ?? []));
    if (finding !== undefined) return [{ profile, why: `${finding.trigger}: ${finding.why}`, demanded: false }];
    return path === undefined ? [] : [{ profile, why: `the change touches ${showPath(path)}`, demanded: false }];
  });
}
