import type { Policy } from './policy.js';
import type { Ticket } from './ticket.js';

/** How often an orchestrator's final verification may fail, where it does not say. */
const CHAIN_ROUNDS = 5;

/** Repair rounds that a ticket has from the beginning: the policy's, or fewer where it says so; of an orchestrator, its own. */
export function roundsAllowed(ticket: Ticket, policy: Policy): number {
  if (ticket.class === 'orchestrator') return ticket.max_iterations ?? CHAIN_ROUNDS;
  return Math.min(policy.limits.repair_rounds, ticket.class === 'quick' ? Infinity : ticket.max_iterations ?? Infinity);
}
