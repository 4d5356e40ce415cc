import { refuse, refused, type Verdict } from '../domain/problem.js';
import type { TicketId } from '../domain/ticket.js';
import { isDeliveredElsewhere } from './deliveredElsewhere.js';
import { whichTicket, type TicketReader } from './whichTicket.js';

/** The ticket that is meant by a command that moves it: one that was delivered elsewhere has ended. */
export async function ticketToMove(world: TicketReader, named: string | undefined, command: string): Promise<Verdict<TicketId>> {
  const which = await whichTicket(world, named, command);
  if (!which.ok || named === undefined || !await isDeliveredElsewhere(world, which.value)) return which;
  return refused([refuse('ticket-ended', { ticket: which.value, how: 'delivered' })]);
}
