import { claimHolder } from '../domain/claim.js';
import { resolveTicket } from '../domain/ids.js';
import { granted, refuse, refused, type Verdict } from '../domain/problem.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { ticketsHere } from './ticketsHere.js';

/** Every ticket that is known here: by its file, or by what the ledger remembers. */
export async function knownTickets(world: Pick<World, 'documents' | 'ledger'>): Promise<TicketId[]> {
  const [files, ledgers] = await Promise.all([world.documents.ticketIds(), world.ledger.tickets()]);
  return [...new Set([...files, ...ledgers])].sort();
}

/** Where tickets are looked for. */
export type TicketReader = Pick<World, 'documents' | 'ledger' | 'stands' | 'tickets' | 'git' | 'digest'>;

/**
 * The ticket that is meant: named in full or by a part that fits no other; left out, the one that holds the writer
 * claim here, or the only open one.
 */
export async function whichTicket(world: TicketReader, named: string | undefined, command: string): Promise<Verdict<TicketId>> {
  if (named !== undefined) return await isKnown(world, named) ? granted(named) : resolveTicket(named, await knownTickets(world));
  const holder = claimHolder((await world.ledger.claims()).facts);
  if (holder !== undefined) return granted(holder);
  const open = (await ticketsHere(world)).filter(({ end }) => end === undefined).map(({ id }) => id);
  if (open.length === 1) return granted(open[0]!);
  return refused([open.length === 0 ? refuse('no-ticket', {}) : refuse('which-ticket', { tickets: open, command })]);
}

/** Whoever names a ticket in full need not wait for a look at all the others. */
const isKnown = async ({ documents, ledger }: Pick<World, 'documents' | 'ledger'>, id: string): Promise<boolean> =>
  await documents.hasTicket(id) || await ledger.has(id);
