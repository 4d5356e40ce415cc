import { done, type Outcome } from '../domain/outcome.js';
import type { RepoPath } from '../domain/paths.js';
import { fold, type Run } from '../domain/run.js';
import type { TicketClass, TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';

export interface ListedTicket {
  id: TicketId;
  path: string;
  title?: string;
  class?: TicketClass;
  /** Where its live run stands in this worktree; absent when it has none. */
  state?: string;
  /** How it ended. */
  end?: string;
  /** Its closing records stand in tickets/records/: it was delivered, here or elsewhere. */
  recorded?: true;
  /** How many problems keep it from being read. */
  broken?: number;
}

type ListWorld = Pick<World, 'documents' | 'files' | 'ledger'>;

/** Every ticket in tickets/, with where it stands. One that cannot be read is listed as broken, and the list goes on. */
export async function ticketList(world: ListWorld): Promise<Outcome<{ tickets: ListedTicket[] }>> {
  const [ids, begun] = await Promise.all([world.documents.ticketIds(), world.ledger.tickets()]);
  const tickets = await Promise.all(ids.map((id) => listed(world, id, begun.includes(id))));
  return done('ticket list', { tickets }, nextFor(tickets));
}

async function listed(world: ListWorld, id: TicketId, hasLedger: boolean): Promise<ListedTicket> {
  const path = `tickets/${id}.yaml`;
  const [reading, run, records] = await Promise.all([
    world.documents.ticket(id),
    hasLedger ? runOf(world, id) : undefined,
    world.files.kind(`tickets/records/${id}/ledger.jsonl` as RepoPath),
  ]);
  const words = reading?.ok ? { title: reading.value.title, class: reading.value.class } : { broken: reading?.problems.length ?? 1 };
  return { id, path, ...words, state: run?.state, end: run?.end?.how, recorded: records === 'file' ? true : undefined };
}

const runOf = async ({ ledger }: Pick<World, 'ledger'>, id: TicketId): Promise<Run> => fold(id, (await ledger.read(id)).facts);

function nextFor(tickets: readonly ListedTicket[]): string[] {
  const broken = tickets.find((ticket) => ticket.broken !== undefined);
  if (broken !== undefined) return [`cxw validate ${broken.path}`];
  const open = tickets.find((ticket) => ticket.end === undefined && ticket.recorded === undefined);
  return [open === undefined ? 'cxw ticket new --quick TITLE --file PATH' : `cxw status ${open.id}`];
}
