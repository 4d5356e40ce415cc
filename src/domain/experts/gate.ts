import type { Digest } from '../changeSet.js';
import { refuse, type Refusal } from '../problem.js';
import type { Expert } from '../roles.js';
import { isWaived, type ExpertAnswer, type Run } from '../run.js';
import { demandsOf } from './demands.js';

/** The latest answer of an expert about exactly this change. */
export const answerOf = (run: Run, profile: Expert, changeSet: Digest): ExpertAnswer | undefined =>
  run.experts.findLast((answer) => answer.document.profile === profile && answer.changeSet?.digest === changeSet);

/** The experts whose answer the ticket demands, each once, with what they said of this change. */
export const answersDemanded = (run: Run, changeSet: Digest): { profile: Expert; answer?: ExpertAnswer }[] =>
  [...new Set(demandsOf(run.lock?.ticket.content).map(({ profile }) => profile))].map((profile) => ({ profile, answer: answerOf(run, profile, changeSet) }));

/** The experts whose answer the ticket demands, and who have not spoken of this change. */
export const unanswered = (run: Run, changeSet: Digest): Expert[] =>
  answersDemanded(run, changeSet).flatMap(({ profile, answer }) => (answer === undefined ? [profile] : []));

/** Every expert that the ticket demands has read exactly this change. */
export function expertGate(run: Run, changeSet: Digest): Refusal[] {
  if (isWaived(run, 'independent_review_complete')) return [];
  return unanswered(run, changeSet).map((profile) => refuse('expert-missing', { ticket: run.ticket, profile, digest: changeSet }));
}
