import type { Problem } from '../domain/problem.js';
import type { State } from '../domain/road.js';
import { fold, hasEnded, type Run } from '../domain/run.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';

/** Deliveries of this worktree that were begun and are neither finished nor undone. */
export async function deliveriesBegun({ ledger }: Pick<World, 'ledger'>): Promise<Begun[]> {
  const runs = await Promise.all((await ledger.tickets()).map(async (ticket) => fold(ticket, (await ledger.read(ticket)).facts)));
  return runs.flatMap(begunIn);
}

/** The same as far as ledgers can be read, and why the others cannot: for who changes nothing by the answer. */
export async function deliveriesSeen({ ledger, attempt }: Pick<World, 'ledger' | 'attempt'>): Promise<{ begun: Begun[]; unread: Problem[] }> {
  const runs = await Promise.all((await ledger.tickets()).map((ticket) => attempt(async () => fold(ticket, (await ledger.read(ticket)).facts))));
  return { begun: runs.flatMap((run) => (run.ok ? begunIn(run.value) : [])), unread: runs.flatMap((run) => (run.ok ? [] : [run.problem])) };
}

interface Begun {
  ticket: TicketId;
  state: State;
}

const begunIn = (run: Run): Begun[] => (run.delivery === undefined || run.state === undefined || hasEnded(run) ? [] : [{ ticket: run.ticket, state: run.state }]);
