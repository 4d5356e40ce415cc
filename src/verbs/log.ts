import { nextCommands } from '../domain/next.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { fold } from '../domain/run.js';
import { storyOf, type StoryLine } from '../domain/story.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { factsOf, rememberedTicket, type KnownFacts } from './ticketFacts.js';

export interface LogData {
  ticket?: TicketId;
  /** Where the facts come from: the live ledger, or the sealed one among the closing records. */
  source?: 'live' | 'sealed';
  entries: StoryLine[];
  /** What the delivery's note says, where the live ledger is not here and the note agrees with the commit. */
  noted?: { at: string; says: string };
}

type Reader = Pick<World, 'stands' | 'ledger' | 'documents' | 'files' | 'tickets' | 'digest' | 'git'>;

/** What happened to a ticket, fact by fact: from its live ledger, else from the sealed one in the worktree. */
export async function log(world: Reader, request: { ticket?: string }): Promise<Outcome<LogData>> {
  const which = await rememberedTicket(world, request.ticket, 'cxw log');
  if (!which.ok) return no('refused', 'log', { entries: [] }, which.refusals);
  const known = await factsOf(world, which.value);
  return known.ok ? told(world, which.value, known.value) : no('refused', 'log', { ticket: which.value, entries: [] }, known.refusals);
}

async function told(world: Reader, ticket: TicketId, { source, facts }: KnownFacts): Promise<Outcome<LogData>> {
  const run = fold(ticket, facts);
  const next = source === 'sealed' ? [`cxw verify ${ticket}`] : nextCommands(run).slice(0, 1);
  const data: LogData = { ticket, source, entries: storyOf(facts) };
  if (source === 'live' || facts.length === 0) return done('log', data, next);
  const found = await (await import('./verification/note.js')).noteOfDelivery(world, run);
  return done('log', { ...data, noted: found?.noted }, next, found?.problems);
}
