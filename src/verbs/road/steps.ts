import { refuse } from '../../domain/problem.js';
import type { State } from '../../domain/road.js';
import type { Step } from './standing.js';

/** `advance` gathers evidence; the rest of the road is a delivery. That is said only while the evidence is fresh. */
const isDelivery = async (): Promise<Step> =>
  (await import('./review.js')).bound(({ ticket }) => ({ refusals: [refuse('delivery-due', { ticket })], drafts: () => [] }));

/** Steps are loaded when they are taken: `advance` pays only for the state it enters. */
const steps: Record<State, () => Promise<Step>> = {
  source_lock_validated: async () => (await import('./lockSource.js')).lockSource,
  repository_discovered: async () => (await import('./discover.js')).discover,
  plan_recorded: async () => (await import('./plan.js')).recordPlan,
  repository_ticket_recorded: async () => (await import('./recordTicket.js')).recordTicket,
  writer_assigned: async () => (await import('./assignWriter.js')).assignWriter,
  implementation_complete: async () => (await import('./implementation.js')).completeImplementation,
  focused_tests_passed: async () => (await import('./proofs.js')).passProofs,
  self_review_complete: async () => (await import('./review.js')).completeSelfReview,
  independent_review_complete: async () => (await import('./review.js')).completeReview,
  repair_loop_complete_or_not_needed: async () => (await import('./review.js')).settleRepairs,
  context_curated: async () => (await import('./curate.js')).curate,
  git_delivery_started: isDelivery,
  explicit_paths_staged: isDelivery,
  committed: isDelivery,
  pushed: isDelivery,
  head_equals_origin_main_proved: isDelivery,
  done: isDelivery,
};

/** The step that enters a state. */
export const stepInto = (state: State): Step => async (standing) => (await steps[state]())(standing);

