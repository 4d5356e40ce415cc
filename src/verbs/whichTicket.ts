import { claimHolder } from '../domain/claim.js';
import { resolveTicket } from '../domain/ids.js';
import { granted, refuse, refused, type Verdict } from '../domain/problem.js';
import { fold, hasEnded } from '../domain/run.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';

/** Every ticket that is known here: by its file, or by what the ledger remembers. */
export async function knownTickets(world: Pick<World, 'documents' | 'ledger'>): Promise<TicketId[]> {
  const [files, ledgers] = await Promise.all([world.documents.ticketIds(), world.ledger.tickets()]);
  return [...new Set([...files, ...ledgers])].sort();
}

/**
 * The ticket that is meant: named in full or by a part that fits no other; left out, the one that holds the writer
 * claim here, or the only open one.
 */
export async function whichTicket(world: Pick<World, 'documents' | 'ledger'>, named: string | undefined, command: string): Promise<Verdict<TicketId>> {
  if (named !== undefined) return resolveTicket(named, await knownTickets(world));
  const holder = claimHolder((await world.ledger.claims()).facts);
  if (holder !== undefined) return granted(holder);
  const open = await openTickets(world);
  if (open.length === 1) return granted(open[0]!);
  return refused([open.length === 0 ? refuse('no-ticket', {}) : refuse('which-ticket', { tickets: open, command })]);
}

async function openTickets(world: Pick<World, 'documents' | 'ledger'>): Promise<TicketId[]> {
  const known = await knownTickets(world);
  const ended = await Promise.all(known.map(async (id) => hasEnded(fold(id, (await world.ledger.read(id)).facts))));
  return known.filter((_, at) => !ended[at]);
}
