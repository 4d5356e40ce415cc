import { claimHolder } from '../domain/claim.js';
import { sealedLedgerPath } from '../domain/closing/places.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';

/**
 * Those of these tickets without facts here whose sealed ledger HEAD holds: they were delivered, in another clone or by
 * facts that are lost. One that only lies in the worktree may be of a delivery that never made its commit.
 */
export async function deliveredElsewhere({ tickets, git }: Pick<World, 'tickets' | 'git'>, ids: readonly TicketId[]): Promise<Set<TicketId>> {
  const sealed = [...await tickets.sealed(ids)];
  if (sealed.length === 0) return new Set();
  const committed = await git.trees.idsAt(sealed.map((id) => ({ commit: 'HEAD', path: sealedLedgerPath(id) })));
  return new Set(sealed.filter((_, at) => committed[at] !== undefined));
}

/** The same of one ticket, whatever is known of it here. One that holds the writer claim has lost its facts, which is told by itself. */
export async function isDeliveredElsewhere(world: Pick<World, 'ledger' | 'tickets' | 'git'>, ticket: TicketId): Promise<boolean> {
  if (await world.ledger.has(ticket) || !(await deliveredElsewhere(world, [ticket])).has(ticket)) return false;
  return claimHolder((await world.ledger.claims()).facts) !== ticket;
}
