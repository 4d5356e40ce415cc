import type { Whereabouts } from './documents/whereabouts.js';
import { nearest } from './nearest.js';
import type { RepoPath } from './paths.js';
import type { Policy } from './policy.js';
import { complain, type Place, type Problem, type Refusal } from './problem.js';
import { EXPERTS, isExpert } from './roles.js';
import { specRefusals } from './specNeed.js';
import type { Ticket } from './ticket.js';
import { isVagueReason } from './vagueReason.js';
import { isResearch, productRefusals } from './withoutProduct.js';

/** What a ticket that is more than quick says against itself. */
export function largerProblems(ticket: Ticket, where: Whereabouts): Problem[] {
  if (ticket.class === 'quick') return [];
  const { specs, intensity, experts = [], max_iterations: rounds } = ticket;
  const vague = specs.mode === 'no_spec' && isVagueReason(specs.reason);
  const expertless = (intensity === 'expert_supported' || intensity === 'bounded_expert_rounds') && experts.length === 0;
  const unbounded = intensity === 'bounded_expert_rounds' && rounds === undefined && ticket.class === 'standard';
  return [
    ...(vague ? [complain('no-spec-reason-vague', { reason: specs.reason }, where.value(['specs', 'reason'], 'says no reason'))] : []),
    ...(expertless ? [complain('experts-missing', { intensity }, where.value(['intensity'], 'wants experts'))] : []),
    ...experts.flatMap(({ profile }, at) => (isExpert(profile) ? [] : [unknownExpert(profile, where.value(['experts', at, 'profile'], 'no such expert'))])),
    ...(unbounded ? [complain('rounds-unbounded', { intensity }, where.value(['intensity'], 'wants max_iterations'))] : []),
  ];
}

const unknownExpert = (profile: string, place: Place): Problem => complain('expert-unknown', { profile, known: [...EXPERTS], near: nearest(profile, EXPERTS)[0] }, place);

/** What the policy does not allow: no spec where one is needed, product in the scope of research. */
export function largerRefusals(ticket: Ticket, policy: Policy): Refusal[] {
  if (ticket.class === 'quick') return [];
  return [...specRefusals(ticket, policy), ...(isResearch(ticket) ? productRefusals(ticket, ticket.scope.allowed as RepoPath[], policy) : [])];
}

/** The same with their places. */
export function largerPolicyProblems(ticket: Ticket, policy: Policy, where: Whereabouts): Problem[] {
  if (ticket.class === 'quick') return [];
  const { allowed } = ticket.scope;
  return largerRefusals(ticket, policy).map((refusal) => {
    if (refusal.code === 'spec-needed') return { ...refusal, place: where.value(['specs', 'mode'], 'its paths want a spec') };
    return { ...refusal, place: where.value(['scope', 'allowed', allowed.indexOf((refusal.facts['paths'] as string[])[0]!)], 'no documentation') };
  });
}

/** Proofs that guard what held before hold on the base as well. */
export function regressionProblems({ proof }: Ticket, where: Whereabouts): Problem[] {
  return proof.flatMap((one, at) => (one.regression === true && one.must_fail_on_base === true
    ? [complain('regression-fails-on-base', { proof: one.id }, where.value(['proof', at, 'must_fail_on_base'], 'cannot be'))]
    : []));
}
