import type { Kin } from '../../domain/family/kin.js';
import { slugOf } from '../../domain/ids.js';
import type { TicketId } from '../../domain/ticket.js';
import type { NewTicket } from '../../domain/ticketText.js';
import type { World } from '../../world/index.js';
import { textFor, type Made } from './creating.js';

/**
 * The child that an earlier run of the same command made, and was kept from naming in its parent: it has these words to
 * the letter, under an id of this title or the wished one, and its parent does not name it. The command completes it;
 * another one beside it would leave the first invalid for ever.
 */
export async function unnamedChild({ documents, files }: Pick<World, 'documents' | 'files'>, ticket: NewTicket, { children }: Kin, wished: TicketId | undefined): Promise<Made | undefined> {
  const ofTitle = new RegExp(`^TKT-[\\d-]{10}-${slugOf(ticket.title)}(-\\d+)?$`);
  for (const id of await documents.ticketIds()) {
    if (children.includes(id) || !(wished === undefined ? ofTitle.test(id) : id === wished)) continue;
    const { text, ...made } = textFor(id, ticket);
    if ((await files.read(made.path))?.equals(Buffer.from(text)) === true) return made;
  }
  return undefined;
}

/** Whoever made it may still be at work, and about to name it. */
export const isAbandoned = async ({ reservations }: Pick<World, 'reservations'>, { id }: Made): Promise<boolean> =>
  await reservations.take(id) || await reservations.takeOver(id);
