import type { Digest } from '../changeSet.js';
import { answersDemanded } from '../experts/gate.js';
import type { Expert } from '../roles.js';
import { isOutdated, reviewOf, type Run } from '../run.js';

/** The review of this change that lets it pass by the words of before. A no stays a no. */
export function outdatedReview(run: Run, changeSet: Digest): Run['reviews'][number] | undefined {
  const review = reviewOf(run, changeSet);
  return review !== undefined && review.document.verdict === 'pass' && isOutdated(run, review) ? review : undefined;
}

/** The demanded experts who have spoken of this change, and by the words of before. */
export const outdatedExperts = (run: Run, changeSet: Digest): Expert[] =>
  answersDemanded(run, changeSet).flatMap(({ profile, answer }) => (answer !== undefined && isOutdated(run, answer) ? [profile] : []));
