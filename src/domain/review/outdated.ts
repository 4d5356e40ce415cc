import { showActor } from '../actors.js';
import type { Digest } from '../changeSet.js';
import { answersDemanded } from '../experts/gate.js';
import { inspectionsOf } from '../gates.js';
import { refuse, type Refusal } from '../problem.js';
import type { Expert } from '../roles.js';
import { isOutdated, isWaived, reviewOf, type Run } from '../run.js';

/** The review of this change that lets it pass by the words of before. A no stays a no. */
export function outdatedReview(run: Run, changeSet: Digest): Run['reviews'][number] | undefined {
  const review = reviewOf(run, changeSet);
  return review !== undefined && review.document.verdict === 'pass' && isOutdated(run, review) ? review : undefined;
}

/** The demanded experts who have spoken of this change, and by the words of before. */
export const outdatedExperts = (run: Run, changeSet: Digest): Expert[] =>
  answersDemanded(run, changeSet).flatMap(({ profile, answer }) => (answer !== undefined && isOutdated(run, answer) ? [profile] : []));

/**
 * Reviewer and experts have read what is locked now. It is asked where a ticket moves, and not of a sealed ledger: one
 * from before this was asked holds what was enough then.
 */
export function outdatedGate(run: Run, changeSet: Digest): Refusal[] {
  if (isWaived(run, 'independent_review_complete')) return [];
  const { ticket } = run;
  const review = outdatedReview(run, changeSet);
  return [
    ...(review === undefined ? [] : [refuse('review-outdated', { ticket, reviewer: showActor(review.by), digest: changeSet, inspections: inspectionsOf(run) })]),
    ...outdatedExperts(run, changeSet).map((profile) => refuse('expert-outdated', { ticket, profile })),
  ];
}
