import { candidateIds } from '../../domain/ids.js';
import type { RepoPath } from '../../domain/paths.js';
import { refuse, type Refusal } from '../../domain/problem.js';
import type { TicketId } from '../../domain/ticket.js';
import { ticketText, type NewTicket } from '../../domain/ticketText.js';
import type { World } from '../../world/index.js';

export type CreatingWorld = Pick<World, 'clock' | 'documents' | 'files' | 'git' | 'ledger' | 'reservations'>;

/** A ticket as its file was written. */
export interface Made {
  id: TicketId;
  path: RepoPath;
  lines: number;
  wants: number[];
}

/** Makes the file under the first id that nobody has. */
export async function createUnderFreeId(world: CreatingWorld, ticket: NewTicket): Promise<Made> {
  const taken = new Set([...await idsHere(world), ...await world.git.repository.ticketIdsElsewhere()]);
  for (const id of candidateIds(ticket.title, world.clock.now())) {
    if (taken.has(id) || !await world.reservations.take(id)) continue;
    const made = await create(world, id, ticket);
    if (made !== undefined) return made;
  }
  throw new Error('there is always one more id');
}

/** Makes it under an id that somebody wishes. */
export async function createUnder(world: CreatingWorld, id: TicketId, ticket: NewTicket): Promise<Made | { refusal: Refusal }> {
  const taken = (where: string): { refusal: Refusal } => ({ refusal: refuse('ticket-id-taken', { id, where }) });
  if ((await idsHere(world)).includes(id)) return taken('here');
  if ((await world.git.repository.ticketIdsElsewhere()).includes(id)) return taken('in another branch or worktree');
  // Nothing of it is anywhere. Where its maker has ended too, nothing will come of it.
  if (!await world.reservations.take(id) && !await world.reservations.takeOver(id)) return taken('since it was given out before');
  return await create(world, id, ticket) ?? taken('here');
}

/** A ticket whose file is gone may still have a ledger. */
const idsHere = async ({ documents, ledger }: Pick<World, 'documents' | 'ledger'>): Promise<TicketId[]> =>
  [...await documents.ticketIds(), ...await ledger.tickets()];

async function create({ files }: Pick<World, 'files'>, id: TicketId, ticket: NewTicket): Promise<Made | undefined> {
  const { text, ...made } = textFor(id, ticket);
  return await files.create(made.path, text) ? made : undefined;
}

/** A ticket as its file is written, with its text. */
export function textFor(id: TicketId, ticket: NewTicket): Made & { text: string } {
  const { text, wants } = ticketText(id, ticket);
  return { id, path: `tickets/${id}.yaml` as RepoPath, lines: text.split('\n').length - 1, wants, text };
}

/** The id that it would have now, by itself or as wished. */
export async function idToBe(world: CreatingWorld, title: string, wished: TicketId | undefined): Promise<TicketId> {
  if (wished !== undefined) return wished;
  const taken = new Set([...await idsHere(world), ...await world.git.repository.ticketIdsElsewhere()]);
  for (const id of candidateIds(title, world.clock.now())) if (!taken.has(id)) return id;
  throw new Error('there is always one more id');
}
