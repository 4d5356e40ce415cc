import { done, no, type Outcome } from '../../domain/outcome.js';
import { showPath } from '../../domain/paths.js';
import type { Refusal } from '../../domain/problem.js';
import { PROGRESS_INDEX } from '../../domain/progress/places.js';
import { planProgress, type KnownTicket } from '../../domain/progress/plan.js';
import { reviewPath } from '../../domain/review/places.js';
import { fold } from '../../domain/run.js';
import type { TicketId } from '../../domain/ticket.js';
import type { World } from '../../world/index.js';
import { factsOf, recordedTickets } from '../ticketFacts.js';
import { linkedProblems } from '../linked.js';
import { standingProgress } from './pages.js';

export interface ProgressData {
  dryRun: boolean;
  files: string[];
  /** Tickets that are new among the completed, and those that moved to the archive. */
  completed: string[];
  archived: string[];
}

type ProgressWorld = Pick<World, 'assets' | 'digest' | 'files' | 'ledger' | 'lock' | 'tickets'>;

/** Brings docs/progress/index.md up to date with the ledgers: what is in progress here, and what was completed. */
export function progressUpdate(world: ProgressWorld, { dryRun }: { dryRun: boolean }): Promise<Outcome<ProgressData>> {
  return world.lock.hold('cxw progress update', async () => {
    const standing = await standingProgress(world);
    if (standing.problems.length > 0) return no('invalid', 'progress update', { dryRun, files: [], completed: [], archived: [] }, standing.problems);
    const index = standing.index ?? await world.assets.template(PROGRESS_INDEX);
    const { known, refusals } = await knownTickets(world, new Set([...standing.archive.values()].flatMap((text) => [...text.matchAll(/^\|\s*([^\s|]+)/gm)].map(([, ticket]) => ticket!))));
    if (refusals.length > 0) return no('refused', 'progress update', { dryRun, files: [], completed: [], archived: [] }, refusals);
    const plan = planProgress({ index, archive: standing.archive }, known);
    const isNew = standing.index === undefined && !plan.pages.some(({ path }) => path === PROGRESS_INDEX);
    const pages = isNew ? [...plan.pages, { path: PROGRESS_INDEX, text: index }] : plan.pages;
    if (!dryRun) for (const { path, text } of pages) await world.files.write(path, text);
    const data: ProgressData = { dryRun, files: pages.map(({ path }) => showPath(path)), completed: plan.completed, archived: plan.archived };
    return done('progress update', data, [dryRun && pages.length > 0 ? 'cxw progress update' : 'cxw validate docs/progress']);
  });
}

/** Every ticket that has a ledger here, live or sealed; the archived ones are known already. */
async function knownTickets(world: ProgressWorld, archived: ReadonlySet<string>): Promise<{ known: KnownTicket[]; refusals: Refusal[] }> {
  const live = await world.ledger.tickets();
  const ids = [...new Set([...live, ...await recordedTickets(world)])].filter((ticket) => !archived.has(ticket)).sort();
  const sealed = await world.tickets.sealed(ids);
  const known: KnownTicket[] = [];
  const refusals: Refusal[] = [];
  for (const ticket of ids) {
    const found = await knownTicket(world, ticket, sealed.has(ticket));
    if ('refusals' in found) refusals.push(...found.refusals);
    else known.push(...found.known);
  }
  return { known, refusals };
}

/** Completed is what the sealed records prove: those of a delivery that was reverted are gone, whatever the ledger here says. */
async function knownTicket(world: ProgressWorld, ticket: TicketId, isSealed: boolean): Promise<{ known: KnownTicket[] } | { refusals: Refusal[] }> {
  const facts = await factsOf(world, ticket);
  if (!facts.ok) return facts;
  const run = fold(ticket, facts.value.facts);
  if (run.lock === undefined || run.last === undefined) return { known: [] };
  const hasReview = (await linkedProblems(world, reviewPath(ticket))).length === 0 && await world.files.kind(reviewPath(ticket)) === 'file';
  const isDone = isSealed && (facts.value.source === 'sealed' || run.end?.how === 'done');
  const stand = isDone ? { completed: run.last.slice(0, 10) } : run.end === undefined ? { state: run.state ?? 'not begun' } : 'ended';
  return { known: [{ ticket, title: run.lock.ticket.content.title, stand, hasReview }] };
}
