import { plainText } from '../../domain/documents/plainText.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import type { Problem } from '../../domain/problem.js';
import { isReviewable } from '../../domain/review/facts.js';
import { reviewProblems } from '../../domain/review/judging.js';
import { REVIEW_FOLDER } from '../../domain/review/places.js';
import { fold } from '../../domain/run.js';
import { isTicketId } from '../../domain/verification/trailers.js';
import type { World } from '../../world/index.js';
import { hasRecordOf } from '../review/write.js';
import { factsOf } from '../ticketFacts.js';

type Reader = Pick<World, 'assets' | 'files' | 'ledger' | 'digest'>;

/** The ticket whose review this page is by its name. */
export function reviewedTicket(path: RepoPath): string | undefined {
  const name = path.slice(REVIEW_FOLDER.length + 1, -'.md'.length);
  return path.startsWith(`${REVIEW_FOLDER}/`) && isTicketId(name) ? name : undefined;
}

/** What is wrong with the review of a ticket. Where the ticket's facts are not here, or are broken, there is nothing to hold it against. */
export async function writtenReviewProblems(world: Reader, path: RepoPath): Promise<Problem[]> {
  const ticket = reviewedTicket(path);
  const bytes = ticket === undefined ? undefined : await world.files.read(path);
  if (ticket === undefined || bytes === undefined) return [];
  const known = await factsOf(world, ticket);
  const run = known.ok ? fold(ticket, known.value.facts) : undefined;
  if (run === undefined || !isReviewable(run)) return [];
  const plain = plainText(bytes, showPath(path));
  return plain.ok ? reviewProblems({ run, text: plain.text, hasRecord: await hasRecordOf(world, ticket) }) : plain.problems;
}
