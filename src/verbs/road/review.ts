import { answerOf, expertGate } from '../../domain/experts/gate.js';
import { demandsOf } from '../../domain/experts/demands.js';
import type { Draft } from '../../domain/facts.js';
import { inspectionsOf, repairGate, reviewGate, selfReviewGate } from '../../domain/gates.js';
import { granted, refused, type Refusal } from '../../domain/problem.js';
import { outdatedGate } from '../../domain/review/outdatedGate.js';
import { untestedGate } from '../../domain/review/untested.js';
import { isWaived, recordFor, reviewOf } from '../../domain/run.js';
import type { Digest } from '../../domain/changeSet.js';
import { groundRefusals, sight } from './sighting.js';
import { locked, type Standing, type Step } from './standing.js';

/** State 8: the writer stands by exactly this change. */
export const completeSelfReview: Step = bound((standing, changeSet) => ({
  refusals: selfReviewGate(standing.run, changeSet),
  drafts: () => [{
    ...by(standing), state: 'self_review_complete',
    evidence: { changeSet, ...attestation(standing, 'self_review_complete', recordFor(standing.run, 'self-review', changeSet)?.seq) },
  }],
}));

/** State 9: somebody who wrote none of it has read exactly this change. */
export const completeReview: Step = bound((standing, changeSet) => ({
  refusals: reviewRefusals(standing, changeSet),
  drafts: () => [{
    ...by(standing), state: 'independent_review_complete',
    evidence: { changeSet, ...attestation(standing, 'independent_review_complete', reviewOf(standing.run, changeSet)?.seq), ...answers(standing, changeSet) },
  }],
}));

/** State 10: the verdict is pass and nothing is open. */
export const settleRepairs: Step = bound((standing, changeSet) => ({
  refusals: openRefusals(standing, changeSet),
  drafts: () => {
    const waived = standing.run.waivers.map((waiver) => waiver.what).filter((what) => what.startsWith('finding:'));
    return [{
      ...by(standing), state: 'repair_loop_complete_or_not_needed',
      evidence: { changeSet, rounds: standing.run.rounds, cleared: standing.run.clearedFindings, ...(waived.length === 0 ? {} : { waived }) },
    }];
  },
}));

/** What state 9 asks of reviewer and experts. */
export const reviewRefusals = ({ run }: Standing, changeSet: Digest): Refusal[] =>
  [...reviewGate(run, changeSet, inspectionsOf(run)), ...expertGate(run, changeSet), ...outdatedGate(run, changeSet)];

/** What state 10 asks of them. */
export function openRefusals(standing: Standing, changeSet: Digest): Refusal[] {
  const { policy } = locked(standing);
  return [...repairGate(standing.run, changeSet, policy), ...untestedGate(standing.run, policy)];
}

/** All that writer, reviewers and experts must have said of a change: whoever spoke since these states were entered counts as well. */
export const attestationRefusals = (standing: Standing, changeSet: Digest): Refusal[] =>
  [...selfReviewGate(standing.run, changeSet), ...reviewRefusals(standing, changeSet), ...openRefusals(standing, changeSet)];

interface Judgement {
  refusals: Refusal[];
  drafts: () => Draft[];
}

/** A step whose evidence belongs to the change: the ground must hold and the change must be the proved one. */
export function bound(judge: (standing: Standing, changeSet: Digest) => Judgement): Step {
  return async (standing) => {
    const sighting = await sight(standing);
    const refusals = await groundRefusals(standing, sighting);
    if (refusals.length > 0) return refused(refusals);
    const judgement = judge(standing, sighting.change.digest);
    return judgement.refusals.length > 0 ? refused(judgement.refusals) : granted(judgement.drafts());
  };
}

const by = ({ actor, origin }: Standing) => ({ kind: 'entered' as const, by: actor, origin });

/** The experts' answers that the ticket demands. */
function answers({ run }: Standing, changeSet: Digest): { experts?: number[] } {
  const seqs = demandsOf(run.lock?.ticket.content).flatMap(({ profile }) => answerOf(run, profile, changeSet)?.seq ?? []);
  return seqs.length === 0 ? {} : { experts: [...new Set(seqs)] };
}

/** The record that the state stands on; or the waiver in its place, which says so. */
function attestation(standing: Standing, what: string, record: number | undefined): { record: number; waived?: true } {
  const waiver = isWaived(standing.run, what);
  if (record !== undefined && waiver === undefined) return { record };
  return { record: waiver?.seq ?? record!, waived: true };
}
