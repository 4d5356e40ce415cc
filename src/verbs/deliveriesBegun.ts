import type { State } from '../domain/road.js';
import { fold, hasEnded } from '../domain/run.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';

/** Deliveries of this worktree that were begun and are neither finished nor undone. */
export async function deliveriesBegun({ ledger }: Pick<World, 'ledger'>): Promise<{ ticket: TicketId; state: State }[]> {
  const runs = await Promise.all((await ledger.tickets()).map(async (ticket) => fold(ticket, (await ledger.read(ticket)).facts)));
  return runs.flatMap((run) => (run.delivery === undefined || run.state === undefined || hasEnded(run) ? [] : [{ ticket: run.ticket, state: run.state }]));
}
