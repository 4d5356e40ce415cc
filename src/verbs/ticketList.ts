import { NEW_TICKET } from '../domain/newTicketCommand.js';
import { done, type Outcome } from '../domain/outcome.js';
import { argumentPath, type RepoPath } from '../domain/paths.js';
import { asWritten, sh } from '../domain/shellLine.js';
import type { TicketClass, TicketId } from '../domain/ticket.js';
import { ticketPath } from '../domain/verification/sets.js';
import type { World } from '../world/index.js';
import { firstCommand } from './firstCommand.js';
import type { Judgement } from '../world/tickets/index.js';
import { unsettledEnds } from './endsElsewhere.js';
import { ticketsHere, unreadable, type TicketHere } from './ticketsHere.js';

export interface ListedTicket {
  id: TicketId;
  path: RepoPath;
  title?: string;
  class?: TicketClass;
  /** Where its live run stands in this worktree; absent when it has none. */
  state?: string;
  /** How it ended, here or elsewhere. */
  end?: string;
  /** How many problems keep it from being read. */
  broken?: number;
}

type ListWorld = Pick<World, 'documents' | 'files' | 'tickets' | 'stands' | 'ledger' | 'git' | 'digest'>;

/** Every ticket in tickets/, with where it stands. One that cannot be read is listed as broken, and the list goes on. */
export async function ticketList(world: ListWorld): Promise<Outcome<{ tickets: ListedTicket[] }>> {
  const ids = await world.documents.ticketIds();
  const [heads, known] = await Promise.all([world.tickets.heads(ids.map(ticketPath)), ticketsHere(world)]);
  const here = new Map(known.map((ticket) => [ticket.id, ticket]));
  const tickets = ids.map((id, at): ListedTicket => ({
    id, path: ticketPath(id), ...wordsOf(heads[at]), state: stateOf(here.get(id)), end: here.get(id)?.end,
  }));
  return done('ticket list', { tickets }, [tickets.length === 0 ? await firstCommand(world) : await nextFor(world, tickets)], unreadable(known));
}

const stateOf = (known: TicketHere | undefined): string | undefined => (known?.stand?.problem === undefined ? known?.stand?.state : 'unreadable');

const wordsOf = (judgement: Judgement | undefined): Pick<ListedTicket, 'title' | 'class' | 'broken'> => (judgement?.head === undefined
  ? { broken: judgement?.problems.length ?? 1 }
  : { title: judgement.head.title, class: judgement.head.class });

async function nextFor(world: ListWorld, tickets: readonly ListedTicket[]): Promise<string> {
  const broken = tickets.find((ticket) => ticket.broken !== undefined);
  if (broken !== undefined) return sh`cxw validate ${asWritten(argumentPath(broken.path))}`;
  const unsettled = await unsettledEnds(world);
  const open = tickets.find(({ end }) => end === undefined) ?? tickets.find(({ end }) => unsettled.some((how) => how === end));
  return open === undefined ? NEW_TICKET : `cxw status ${open.id}`;
}
