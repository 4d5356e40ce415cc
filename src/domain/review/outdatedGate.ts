import { showActor } from '../actors.js';
import type { Digest } from '../changeSet.js';
import { inspectionsOf } from '../gates.js';
import { refuse, type Refusal } from '../problem.js';
import { isWaived, type Run } from '../run.js';
import { outdatedExperts, outdatedReview } from './outdated.js';

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
