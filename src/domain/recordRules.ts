import type { Whereabouts } from './documents/whereabouts.js';
import { complain, type Problem } from './problem.js';
import type { RecordKind } from './recordKinds.js';
import type { BlockerDecision, Documents } from './records.js';

/** What the fields of an attested document say against each other. */
export function recordProblems(kind: RecordKind, document: Documents[RecordKind], where: Whereabouts): Problem[] {
  return kind === 'blocker-decision' ? decisionProblems(document as BlockerDecision, where) : [];
}

/** What is a person's to decide is not approved beforehand; and a person can only answer a question. */
function decisionProblems({ class: named, authorization, question }: BlockerDecision, where: Whereabouts): Problem[] {
  const forPeople = named === 'user_decision_required' || named === 'unsafe_request';
  if (forPeople && authorization !== 'user_required') return [complain('blocker-preapproved', { class: named }, where.value(['authorization'], 'must be user_required'))];
  return authorization === 'user_required' && question === undefined ? [complain('blocker-question-missing', {}, where.value(['authorization'], 'and no question'))] : [];
}
