import { resolveTicket } from '../../domain/ids.js';
import { granted, type Verdict } from '../../domain/problem.js';
import type { TicketId } from '../../domain/ticket.js';
import type { World } from '../../world/index.js';
import { knownTickets } from '../whichTicket.js';

/** The ticket that a person named, in full or in part; nothing when they named none. */
export async function namedTicket(world: Pick<World, 'documents' | 'ledger'>, named: string | undefined): Promise<Verdict<TicketId | undefined>> {
  return named === undefined ? granted(undefined) : resolveTicket(named, await knownTickets(world));
}
