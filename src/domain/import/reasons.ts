/** Why fields of the old template have no place in a ticket, by how they begin; the longest that fits is said. */
const REASONS: readonly (readonly [string, string])[] = [
  ['ticket.ticket_class', 'the class is computed, not claimed'],
  ['order', 'a chain has `after` and stages'],
  ['ticket.status', 'the ledger remembers where a ticket stands'],
  ['ticket.phase', 'the ledger remembers where a ticket stands'],
  ['ticket.owner_agent', 'roles stand in the policy'],
  ['ticket.branch', 'branches stand in the policy'],
  ['ticket.repo', 'a ticket belongs to the repository that it stands in'],
  ['target_branch', 'branches stand in the policy'],
  ['target_repository', 'a ticket belongs to the repository that it stands in'],
  ['quick_classification', 'the class is computed, not claimed'],
  ['delivery', 'delivery stands in the policy'],
  ['execution.git_delivery', 'delivery stands in the policy'],
  ['execution.checkpoint_policy', 'delivery stands in the policy'],
  ['execution.single_ticket_state', 'the road is the same for every ticket'],
  ['execution.review', 'every ticket is reviewed'],
  ['review', 'every ticket is reviewed'],
  ['mandatory_plan', 'every larger ticket is planned'],
  ['context_handoff', 'every ticket is curated'],
  ['execution_result', 'what happened is in the ledger, and old results are not evidence'],
  ['discovery_evidence', 'what happened is in the ledger, and old results are not evidence'],
  ['execution.expert_routing', 'experts are named under `experts`'],
  ['execution.expert_plan', 'experts are named under `experts`'],
  ['orchestration', 'children and stages are made with `ticket new --parent`'],
  ['child_ticket_policy', 'children and stages are made with `ticket new --parent`'],
];

export function whyLeft(field: string): string {
  const fitting = REASONS.filter(([start]) => field === start || field.startsWith(`${start}.`)).sort((a, b) => b[0].length - a[0].length);
  return fitting[0]?.[1] ?? 'there is no place for it in a ticket';
}
