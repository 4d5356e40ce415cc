import type { Claim } from './facts.js';
import type { TicketId } from './ticket.js';

/** The ticket that owns the changes of this worktree, if any. */
export function claimHolder(claims: readonly Claim[]): TicketId | undefined {
  const last = claims.at(-1);
  return last?.kind === 'claimed' ? last.ticket : undefined;
}

/** The ticket that gave this worktree back last, if it was delivered. */
export function lastDelivered(claims: readonly Claim[]): TicketId | undefined {
  const last = claims.at(-1);
  return last?.kind === 'released' && last.how === 'done' ? last.ticket : undefined;
}
