import { refused, type Verdict } from '../domain/problem.js';
import type { TicketId } from '../domain/ticket.js';
import { endElsewhere, endRefusal } from './endsElsewhere.js';
import { whichTicket, type TicketReader } from './whichTicket.js';

/** The ticket that is meant by a command that moves it: one that came to its end elsewhere does not move. */
export async function ticketToMove(world: TicketReader, named: string | undefined, command: string): Promise<Verdict<TicketId>> {
  const which = await whichTicket(world, named, command);
  const end = which.ok && named !== undefined ? await endElsewhere(world, which.value) : undefined;
  return which.ok && end !== undefined ? refused([await endRefusal(world, which.value, end)]) : which;
}
