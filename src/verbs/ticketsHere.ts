import type { Problem } from '../domain/problem.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import type { Stand } from '../world/stands.js';
import { endsElsewhere, type EndElsewhere } from './endsElsewhere.js';

/** A ticket that is known here, and how far it came. */
export interface TicketHere {
  id: TicketId;
  /** What its facts here say; absent when it has none. */
  stand?: Stand;
  /** How it ended, here or elsewhere. */
  end?: Stand['end'] | EndElsewhere['how'];
}

/** Why some cannot be read: told beside an answer about all. */
export const unreadable = (here: readonly TicketHere[]): Problem[] => here.flatMap(({ stand }) => (stand?.problem === undefined ? [] : [{ ...stand.problem, severity: 'warning' as const }]));

/** Every ticket that has a file or facts here, by its id. */
export async function ticketsHere(world: Pick<World, 'documents' | 'stands' | 'tickets' | 'git' | 'digest'>): Promise<TicketHere[]> {
  const [files, stands] = await Promise.all([world.documents.ticketIds(), world.stands.all()]);
  const elsewhere = await endsElsewhere(world, files.filter((id) => !stands.has(id)));
  return [...new Set([...files, ...stands.keys()])].sort().map((id) => {
    const stand = stands.get(id);
    return { id, stand, end: elsewhere.get(id)?.how ?? stand?.end };
  });
}
