import { sealedLedgerPath } from '../domain/closing/places.js';
import type { Fact } from '../domain/facts.js';
import { resolveTicket } from '../domain/ids.js';
import { nextCommands } from '../domain/next.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import type { RepoPath } from '../domain/paths.js';
import { refuse, type Refusal } from '../domain/problem.js';
import { fold, hasEnded } from '../domain/run.js';
import { readSealed } from '../domain/sealReading.js';
import { storyOf, type StoryLine } from '../domain/story.js';
import type { TicketId } from '../domain/ticket.js';
import { isTicketId } from '../domain/verification/trailers.js';
import type { World } from '../world/index.js';
import { knownTickets, whichTicket } from './whichTicket.js';

export interface LogData {
  ticket?: TicketId;
  /** Where the facts come from: the live ledger, or the sealed one among the closing records. */
  source?: 'live' | 'sealed';
  entries: StoryLine[];
}

type Reader = Pick<World, 'stands' | 'ledger' | 'documents' | 'files' | 'digest'>;

/** What happened to a ticket, fact by fact: from its live ledger, else from the sealed one in the worktree. */
export async function log(world: Reader, request: { ticket?: string }): Promise<Outcome<LogData>> {
  const which = await ticketOf(world, request.ticket);
  if (!which.ok) return no('refused', 'log', { entries: [] }, which.refusals);
  const ticket = which.value;
  const live = (await world.ledger.read(ticket)).facts;
  if (live.length > 0) return told(ticket, 'live', live);
  const sealed = await sealedFacts(world, ticket);
  return 'refusals' in sealed ? no('refused', 'log', { ticket, entries: [] }, sealed.refusals) : told(ticket, 'sealed', sealed.facts);
}

function told(ticket: TicketId, source: 'live' | 'sealed', facts: readonly Fact[]): Outcome<LogData> {
  const run = fold(ticket, facts);
  const next = source === 'sealed' || hasEnded(run) ? [`cxw verify ${ticket}`] : nextCommands(run).slice(0, 1);
  return done('log', { ticket, source, entries: storyOf(facts) }, next);
}

/** A ticket that is known here, or one of which only the closing records are left. */
async function ticketOf(world: Reader, named: string | undefined) {
  if (named === undefined) return whichTicket(world, undefined, 'cxw log');
  const folders = await world.files.list('tickets/records' as RepoPath);
  const sealed = folders.map((folder) => folder.replace(/\/$/, '')).filter(isTicketId);
  return resolveTicket(named, [...new Set([...await knownTickets(world), ...sealed])].sort());
}

async function sealedFacts(world: Reader, ticket: TicketId): Promise<{ facts: Fact[] } | { refusals: Refusal[] }> {
  const bytes = await world.files.read(sealedLedgerPath(ticket));
  if (bytes === undefined) return { facts: [] };
  const reading = readSealed(bytes, ticket, world.digest);
  return reading.ok ? { facts: reading.facts } : { refusals: reading.faults.slice(0, 5).map((fault) => refuse('chain-broken', { ticket, ...fault })) };
}
