import type { Actor, Origin } from '../../domain/actors.js';
import { claimHolder } from '../../domain/claim.js';
import type { TicketId } from '../../domain/ticket.js';
import type { World } from '../../world/index.js';

/** Gives the worktree back and drops what was kept privately. Safe to repeat after it was cut short. */
export async function release(world: Pick<World, 'ledger' | 'private'>, ticket: TicketId, told: { by: Actor; origin: Origin; how: 'done' | 'abandoned' }): Promise<void> {
  for (;;) {
    const claims = await world.ledger.claims();
    if (claimHolder(claims.facts) !== ticket) break;
    if (await world.ledger.appendClaim(claims, { kind: 'released', ticket, ...told })) break;
  }
  await world.private.forget(ticket);
}
