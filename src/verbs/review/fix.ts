import { done, no, type Outcome } from '../../domain/outcome.js';
import { argumentPath, shellWord, showPath } from '../../domain/paths.js';
import { findingWords, routed, type RoutedPoint } from '../../domain/review/points.js';
import { fold, type Run } from '../../domain/run.js';
import type { TicketId } from '../../domain/ticket.js';
import type { World } from '../../world/index.js';
import { factsOf, rememberedTicket } from '../ticketFacts.js';

export interface ReviewFixRequest {
  ticket?: string;
  /** A file with the points, or `-` for standard input. */
  points: string;
}

export interface ReviewFixData {
  ticket?: TicketId;
  points?: { class: string; because: string; route: string; text: string; path?: string }[];
}

const COMMAND = 'review fix';

/** Says of each point of a reader what becomes of it: a question for a person, a repair with a test, or a repair. Writes nothing. */
export async function reviewFix(world: World, request: ReviewFixRequest): Promise<Outcome<ReviewFixData>> {
  const which = await rememberedTicket(world, request.ticket, `cxw ${COMMAND}`);
  if (!which.ok) return no('refused', COMMAND, {}, which.refusals);
  const ticket = which.value;
  const reading = await world.documents.reviewPoints(await world.input(request.points), request.points);
  if (!reading.ok) return no('invalid', COMMAND, { ticket }, reading.problems);
  const known = await factsOf(world, ticket);
  if (!known.ok) return no('refused', COMMAND, { ticket }, known.refusals);

  const points = reading.value.points.map(routed);
  const told = points.map(({ path, ...point }) => ({ ...point, path: path === undefined ? undefined : showPath(path) }));
  return done(COMMAND, { ticket, points: told }, waysOn(fold(ticket, known.value.facts), known.value.source, points));
}

/** Repairs come first, as findings of the change that is there, or as a ticket of their own once that was delivered; then the questions. */
function waysOn(run: Run, source: 'live' | 'sealed', points: readonly RoutedPoint[]): string[] {
  const { ticket } = run;
  const repairs = points.filter(({ class: named }) => named !== 'architecture');
  const questions = points.filter(({ class: named }) => named === 'architecture');
  return [
    ...(repairs.length === 0 ? [] : [isOpen(run, source) ? review(run, repairs) : repairTicket(ticket, repairs)]),
    ...questions.map(({ text }) => `cxw adr new ${shellWord(text.replace(/\s+/g, ' ').slice(0, 120))} --origin ${ticket}`),
  ];
}

const isOpen = (run: Run, source: 'live' | 'sealed'): boolean => source === 'live' && run.end === undefined && run.delivery === undefined && run.change !== undefined;

const review = (run: Run, repairs: readonly RoutedPoint[]): string =>
  `cxw record review ${run.ticket} --as reviewer:NAME --verdict fail --change-set ${run.change!.changeSet.digest} --summary TEXT ${repairs.map((point) => `--finding ${findingWords(point)}`).join(' ')}`;

function repairTicket(ticket: TicketId, repairs: readonly RoutedPoint[]): string {
  const paths = [...new Set(repairs.flatMap(({ path }) => (path === undefined ? [] : [argumentPath(path)])))];
  const scope = paths.length === 0 ? ['--allow GLOB'] : paths.map((path) => `--allow ${path}`);
  const accept = repairs.map(({ text, route }) => `--accept ${shellWord(`Repaired: ${text.replace(/\s+/g, ' ')}${route === 'repair with a test' ? ' (a test shows it)' : ''}`)}`);
  return ['cxw ticket new', shellWord(`Repair what the review of ${ticket} found`.slice(0, 120)), '--kind bugfix', ...scope, ...accept, `--why ${shellWord(`It repairs findings about ${ticket}, which its specs cover.`)}`].join(' ');
}
