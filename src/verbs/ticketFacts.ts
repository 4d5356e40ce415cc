import { RECORDS, sealedLedgerPath } from '../domain/closing/places.js';
import type { Fact } from '../domain/facts.js';
import { resolveTicket } from '../domain/ids.js';
import { granted, refuse, refused, type Verdict } from '../domain/problem.js';
import type { TicketId } from '../domain/ticket.js';
import { isTicketId } from '../domain/verification/trailers.js';
import type { World } from '../world/index.js';
import { knownTickets, whichTicket, type TicketReader } from './whichTicket.js';

/** What happened to a ticket, and where that stands. */
export interface KnownFacts {
  /** The live ledger, or the sealed one among the closing records. */
  source: 'live' | 'sealed';
  facts: readonly Fact[];
}

/** The facts of a ticket: from its live ledger, else from the sealed one in the worktree; none where neither is. */
export async function factsOf(world: Pick<World, 'ledger' | 'files' | 'digest'>, ticket: TicketId): Promise<Verdict<KnownFacts>> {
  const live = (await world.ledger.read(ticket)).facts;
  return live.length > 0 ? granted({ source: 'live', facts: live }) : sealedFacts(world, ticket);
}

async function sealedFacts(world: Pick<World, 'files' | 'digest'>, ticket: TicketId): Promise<Verdict<KnownFacts>> {
  const bytes = await world.files.read(sealedLedgerPath(ticket));
  if (bytes === undefined) return granted({ source: 'live', facts: [] });
  const { readSealed } = await import('../domain/sealReading.js');
  const reading = readSealed(bytes, ticket, world.digest);
  return reading.ok ? granted({ source: 'sealed', facts: reading.facts }) : refused(reading.faults.slice(0, 5).map((fault) => refuse('chain-broken', { ticket, ...fault })));
}

/** Tickets whose closing records stand in the worktree. */
export const recordedTickets = async ({ files }: Pick<World, 'files'>): Promise<TicketId[]> =>
  (await files.list(RECORDS)).map((folder) => folder.replace(/\/$/, '')).filter(isTicketId);

/** A ticket that is known here, or one of which only the closing records are left. */
export async function rememberedTicket(world: TicketReader & Pick<World, 'files'>, named: string | undefined, command: string): Promise<Verdict<TicketId>> {
  if (named === undefined) return whichTicket(world, undefined, command);
  return resolveTicket(named, [...new Set([...await knownTickets(world), ...await recordedTickets(world)])].sort());
}
