import { lineDiff } from '../../domain/lineDiff.js';
import { done, no, type Outcome } from '../../domain/outcome.js';
import { showPath } from '../../domain/paths.js';
import { refuse, type Refusal } from '../../domain/problem.js';
import { deniedWords, isReviewable, type ReviewedRun } from '../../domain/review/facts.js';
import { reviewPath } from '../../domain/review/places.js';
import { reviewWordsSchema, type ReviewWords } from '../../domain/review/words.js';
import { writtenReview } from '../../domain/review/written.js';
import { fold } from '../../domain/run.js';
import type { TicketId } from '../../domain/ticket.js';
import type { World } from '../../world/index.js';
import { linkedProblems } from '../linked.js';
import { adrFolder } from '../adr/folder.js';
import { factsOf, rememberedTicket } from '../ticketFacts.js';

export interface ReviewWriteRequest {
  ticket?: string;
  /** A file with the writer's words, or `-` for standard input. */
  from?: string;
  /** Write over a review that says something else. */
  replace: boolean;
  dryRun: boolean;
}

export interface ReviewWriteData {
  ticket?: TicketId;
  path?: string;
  lines?: number;
  dryRun?: boolean;
  /** What changes in a review that stands already. */
  diff?: string;
  /** The review, where it is only shown. */
  text?: string;
}

const COMMAND = 'review write';

/** Writes the review of a ticket: files, proofs and findings out of its ledger, and the writer's words. The same facts and words give the same bytes. */
export async function reviewWrite(world: World, request: ReviewWriteRequest): Promise<Outcome<ReviewWriteData>> {
  const which = await rememberedTicket(world, request.ticket, `cxw ${COMMAND}`);
  if (!which.ok) return no('refused', COMMAND, {}, which.refusals);
  const ticket = which.value;
  const known = await factsOf(world, ticket);
  if (!known.ok) return no('refused', COMMAND, { ticket }, known.refusals);
  const run = fold(ticket, known.value.facts);
  if (!isReviewable(run)) return no('refused', COMMAND, { ticket }, [refuse('too-early', { ticket, record: 'review', state: run.state ?? 'not begun' })]);
  const reading = request.from === undefined ? undefined : await world.documents.reviewWords(await world.input(request.from), request.from);
  if (reading?.ok === false) return no('invalid', COMMAND, { ticket }, reading.problems);
  const words = reading?.value ?? reviewWordsSchema.parse({});

  const text = writtenReview(run, words);
  const path = reviewPath(ticket);
  const linked = await linkedProblems(world, path);
  if (linked.length > 0) return no('refused', COMMAND, { ticket }, linked);
  const standing = (await world.files.read(path))?.toString('utf8');
  const differs = standing !== undefined && standing !== text;
  const data: ReviewWriteData = {
    ticket, path: showPath(path), lines: text.split('\n').length - 1, dryRun: request.dryRun,
    diff: differs ? lineDiff(standing, text) : undefined, text: request.dryRun && standing === undefined ? text : undefined,
  };
  const refusals = [...await wordRefusals(world, run, words), ...(differs && !request.replace && !request.dryRun ? [refuse('review-there', { ticket, path })] : [])];
  if (refusals.length > 0) return no('refused', COMMAND, { ticket }, refusals);
  if (request.dryRun) return done(COMMAND, data, [[`cxw ${COMMAND} ${ticket}`, ...(differs ? ['--replace'] : [])].join(' ')]);
  if (standing !== text) await world.files.write(path, text);
  return done(COMMAND, data, ['cxw progress update', `cxw validate ${path}`]);
}

async function wordRefusals(world: Pick<World, 'assets' | 'files'>, run: ReviewedRun, words: ReviewWords): Promise<Refusal[]> {
  const denied = deniedWords(run, words);
  if (words.new_adr === 'no' || await hasRecordOf(world, run.ticket)) return denied;
  return [...denied, refuse('review-adr-missing', { ticket: run.ticket })];
}

/** Whether a decision record names the ticket. */
export const hasRecordOf = async (world: Pick<World, 'assets' | 'files'>, ticket: TicketId): Promise<boolean> =>
  (await adrFolder(world)).readings.some(({ decision }) => decision?.text.includes(ticket) === true);
