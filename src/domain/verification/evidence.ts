import { planGate, repairGate, reviewGate, selfReviewGate } from '../gates.js';
import { expertGate } from '../experts/gate.js';
import type { Entered, Fact } from '../facts.js';
import { refuse, type Refusal } from '../problem.js';
import type { Hash } from '../seal.js';
import { isWaived, type Run } from '../run.js';
import type { State } from '../road.js';
import { listed } from '../codes/entry.js';
import { showPath, type RepoPath } from '../paths.js';
import { roundsAllowed } from '../repairRounds.js';
import { lockedScope } from '../scope.js';
import { isResearch, mayChangeNothing, productRefusals } from '../withoutProduct.js';
import { proofFaults } from './proofs.js';

/** What a state needs and the facts do not hold. */
export interface EvidenceFault {
  state: State;
  why: string;
}

/**
 * Asks every gate of the road again, of the sealed facts alone: what was delivered is borne out by what was remembered.
 * Only a run whose states were entered in order is worth asking.
 */
export function evidenceRefusals(run: Run, facts: readonly Fact[], hash: Hash): Refusal[] {
  const { lock, change, ticket } = run;
  if (lock === undefined || change === undefined) return [refuse('evidence-wanting', { ticket, state: 'implementation_complete', why: 'there is no change.' })];
  const locked = lock.ticket.content;
  const { digest } = change.changeSet;
  const faults: EvidenceFault[] = [
    ...sourceFaults(run, hash),
    ...gateFaults('plan_recorded', planGate(run, locked, run.records.plan?.document)),
    ...scopeFaults(run),
    ...boundFaults(facts, digest),
    ...proofFaults(run, digest, hash),
    ...gateFaults('self_review_complete', selfReviewGate(run, digest)),
    ...gateFaults('repair_loop_complete_or_not_needed', repairGate({ ...run, openFindings: run.openFindings.filter((finding) => finding.displaced !== true) }, digest, lock.policy.content)),
    ...roundFaults(run),
  ];
  const inspections = locked.proof.filter((proof) => proof.inspect !== undefined && !isWaived(run, `proof:${proof.id}`)).map((proof) => proof.id);
  const review = reviewGate(run, digest, inspections);
  const answered = facts.some((fact) => fact.kind === 'entered' && fact.state === 'independent_review_complete' && fact.evidence.experts !== undefined);
  const experts = answered ? expertGate(run, digest) : [];
  const byWriter = review.filter((refusal) => refusal.code === 'reviewer-is-writer' || refusal.code === 'reviewer-same-session');
  return [
    ...[...faults, ...gateFaults('independent_review_complete', [...review.filter((refusal) => !byWriter.includes(refusal)), ...experts])]
      .map((fault) => refuse('evidence-wanting', { ticket, ...fault })),
    ...byWriter.map((refusal) => refuse('reviewer-wrote', { ticket, why: refusal.message })),
  ];
}

const gateFaults = (state: State, refusals: readonly Refusal[]): EvidenceFault[] => refusals.map((refusal) => ({ state, why: refusal.message }));

/** The locked texts have the digests that were locked, and the ticket is this one. */
function sourceFaults(run: Run, hash: Hash): EvidenceFault[] {
  const { ticket, policy } = run.lock!;
  const state = 'source_lock_validated';
  const digestOf = (text: string): string => hash(new TextEncoder().encode(text));
  return [
    ...(ticket.content.id === run.ticket ? [] : [{ state, why: 'another ticket was locked.' } as const]),
    ...(digestOf(ticket.text) === ticket.digest ? [] : [{ state, why: 'the text of the ticket is not what was locked.' } as const]),
    ...(digestOf(policy.text) === policy.digest ? [] : [{ state, why: 'the text of the policy is not what was locked.' } as const]),
  ];
}

/** There is a change, all of it where the ticket may change something; and nothing but memory is called memory. */
function scopeFaults(run: Run): EvidenceFault[] {
  const [locked, policy] = [run.lock!.ticket.content, run.lock!.policy.content];
  const scope = lockedScope(run.lock!);
  const { entries } = run.change!.changeSet;
  const outside = entries.map((entry) => entry.path).filter((path) => !scope.covers(path));
  const forbidden = entries.map((entry) => entry.path).filter((path) => scope.forbids(path) !== undefined);
  const noMemory = (run.curation?.memory ?? []).map((entry) => entry.path).filter((path) => !scope.isMemory(path));
  const faults = (state: State, words: string, paths: readonly RepoPath[]): EvidenceFault[] =>
    (paths.length === 0 ? [] : [{ state, why: `${words}: ${listed(paths.map(showPath))}.` }]);
  return [
    ...(entries.length === 0 && !mayChangeNothing(locked) ? [{ state: 'implementation_complete', why: 'the change set is empty.' } as const] : []),
    ...gateFaults('implementation_complete', isResearch(locked) ? productRefusals(locked, entries.map((entry) => entry.path), policy) : []),
    ...faults('implementation_complete', 'the change leaves the scope', outside),
    ...faults('implementation_complete', 'the change touches what is forbidden', forbidden),
    ...faults('context_curated', 'these are no memory files', noMemory),
  ];
}

/** Everything from the proofs on was shown for the change that was delivered, and not for an earlier one. */
function boundFaults(facts: readonly Fact[], digest: string): EvidenceFault[] {
  const latest = new Map(facts.filter((fact): fact is Entered => fact.kind === 'entered').map((fact) => [fact.state, fact] as const));
  const bound = ['focused_tests_passed', 'self_review_complete', 'independent_review_complete', 'repair_loop_complete_or_not_needed', 'context_curated'] as const;
  return bound.filter((state) => {
    const evidence = latest.get(state)?.evidence;
    return evidence === undefined || !('changeSet' in evidence) || evidence.changeSet !== digest;
  }).map((state) => ({ state, why: 'it names another change than the one that was delivered.' }));
}

function roundFaults(run: Run): EvidenceFault[] {
  const allowed = roundsAllowed(run.lock!.ticket.content, run.lock!.policy.content) + run.grantedRounds;
  return run.rounds <= allowed ? [] : [{ state: 'repair_loop_complete_or_not_needed', why: `${run.rounds} repair rounds were used, and ${allowed} were allowed.` }];
}
