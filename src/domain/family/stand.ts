import { hasReached, type State } from '../road.js';
import type { Run } from '../run.js';
import type { TicketId } from '../ticket.js';

/** How far a relative got: `deferred` is held with a reason, `missing` is no ticket here. */
export interface KinStand {
  ticket: TicketId;
  how: 'done' | 'no-change' | 'deferred' | 'abandoned' | 'open' | 'missing';
  title?: string;
  state?: State;
  /** Why it is held or was given up. */
  reason?: string;
}

/** Where a ticket stands, by its run here; or, where that says nothing of an end, by the sealed run that the branch holds. */
export function standFrom(ticket: TicketId, here: Run, sealed: Run | undefined): KinStand {
  const { end, blocked, state } = here;
  if (end !== undefined) return { ticket, how: end.how, state, reason: end.reason };
  if (sealed !== undefined && hasReached(sealed.state, 'context_curated')) return { ticket, how: 'done', state: 'done' };
  if (blocked !== undefined) return { ticket, how: 'deferred', state, reason: blocked.reason };
  return { ticket, how: 'open', state };
}

/** Its work is in, or it needed none. */
export const isFinished = ({ how }: Pick<KinStand, 'how'>): boolean => how === 'done' || how === 'no-change';

/** Nobody waits for it any more: finished, or put off with a reason. */
export const isSettled = (stand: KinStand): boolean => isFinished(stand) || stand.how === 'deferred';
