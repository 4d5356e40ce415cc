import { sameHand, sameName, showActor, type Actor, type Origin } from './actors.js';
import { differingPaths, type ChangedPath, type ChangeSet, type Digest } from './changeSet.js';
import type { FactOf } from './facts.js';
import { showPath, type RepoPath } from './paths.js';
import type { Policy } from './policy.js';
import { refuse, type Refusal } from './problem.js';
import type { Curation, Plan } from './records.js';
import { roundsAllowed } from './repairRounds.js';
import { isWaived, recordFor, reviewOf, type Run } from './run.js';
import { driftLines, isBetter, type Drift, type DriftVerdict } from './specs/verdict.js';
import type { Ticket } from './ticket.js';

/** What the locked sources are now, by digest; absent when a file is gone. */
export interface SourcesNow {
  ticket?: Digest;
  policy?: Digest;
  /** Specs that differ from what was locked, or are gone. */
  editedSpecs?: readonly RepoPath[];
}

/** The ticket, its specs and the policy are still what was locked. */
export function lockGate(run: Run, now: SourcesNow): Refusal[] {
  if (run.lock === undefined) return [];
  const { ticket } = run;
  return [
    ...(now.ticket === undefined ? [refuse('ticket-missing', { ticket })] : []),
    ...(now.ticket !== undefined && now.ticket !== run.lock.ticket.digest ? [refuse('ticket-edited', { ticket })] : []),
    ...(now.policy !== run.lock.policy.digest ? [refuse('policy-edited', { ticket })] : []),
    ...(now.editedSpecs?.length ? [refuse('spec-edited', { ticket, specs: [...now.editedSpecs] })] : []),
  ];
}

/** Every criterion is mapped to a proof of the ticket, and nothing that blocks is undecided. */
export function planGate(run: Run, ticket: Ticket, plan: Plan | undefined): Refusal[] {
  const open = ticket.class === 'quick' ? [] : (ticket.decisions?.open ?? []).filter((decision) => decision.blocks !== false);
  const undecided = open.length === 0 ? [] : [refuse('decision-open', { ticket: run.ticket, decisions: open.map((decision) => decision.id) })];
  if (ticket.class === 'quick') return undecided;
  if (plan === undefined) return [refuse('plan-missing', { ticket: run.ticket }), ...undecided];
  const proofs = new Set(ticket.proof.map((proof) => proof.id));
  const covered = new Set(plan.coverage.filter((line) => line.proofs.some((proof) => proofs.has(proof))).map((line) => line.criterion));
  const criteria = ticket.acceptance.map((criterion) => criterion.id).filter((id) => !covered.has(id));
  const known = new Set(ticket.acceptance.map((criterion) => criterion.id));
  const unknown = plan.coverage.flatMap((line) => [
    ...(known.has(line.criterion) ? [] : [line.criterion]),
    ...line.proofs.filter((proof) => !proofs.has(proof)),
  ]);
  const gaps = criteria.length + unknown.length === 0 ? [] : [refuse('plan-incomplete', { ticket: run.ticket, criteria, unknown })];
  return [...gaps, ...undecided];
}

/** The change that the evidence is for is the change that is there now. */
export function freshGate(run: Run, now: ChangeSet, rawUnchanged: (path: RepoPath) => boolean = () => false): Refusal[] {
  const proved = run.change?.changeSet;
  if (proved === undefined || proved.digest === now.digest) return [];
  const files = differingPaths(proved.entries, now.entries);
  return [files.every(rawUnchanged) ? refuse('filters-changed', { ticket: run.ticket, files }) : refuse('stale-evidence', { ticket: run.ticket, files })];
}

/** The writer stands by the change. */
export function selfReviewGate(run: Run, changeSet: Digest): Refusal[] {
  if (isWaived(run, 'self_review_complete')) return [];
  const review = recordFor(run, 'self-review', changeSet);
  if (review === undefined) return [refuse('self-review-missing', { ticket: run.ticket, digest: changeSet })];
  return review.document.verdict === 'pass' ? [] : [refuse('self-review-failed', { ticket: run.ticket, summary: review.document.summary })];
}

/** Somebody who wrote none of it has read exactly this change. */
export function reviewGate(run: Run, changeSet: Digest, inspections: readonly string[]): Refusal[] {
  if (isWaived(run, 'independent_review_complete')) return [];
  const review = reviewOf(run, changeSet);
  if (review === undefined) return [refuse('review-missing', { ticket: run.ticket, digest: changeSet, inspections: [...inspections] })];
  const unseen = review.document.verdict === 'pass' ? inspections.filter((id) => !review.document.inspected.includes(id)) : [];
  return [
    ...independenceRefusals(run, review.by, review.origin),
    ...verifierRefusals(run, review.by, changeSet),
    ...(unseen.length === 0 ? [] : [refuse('inspection-missing', { ticket: run.ticket, proofs: [...unseen], digest: changeSet })]),
  ];
}

/** The end of a chain is verified by whom the parent names. */
function verifierRefusals({ ticket, lock }: Run, by: Actor, digest: Digest): Refusal[] {
  const parent = lock?.ticket.content;
  const verifier = parent?.class === 'orchestrator' ? parent.final_verifier : undefined;
  return verifier === undefined || [by.role, by.name, showActor(by)].includes(verifier) ? [] : [refuse('final-verifier-missing', { ticket, verifier, by: showActor(by), digest })];
}

/** The views of a visual gate. */
export const viewsOf = (ticket: Ticket | undefined): readonly { id: string }[] =>
  (ticket === undefined || ticket.class === 'quick' ? [] : ticket.visual?.views ?? []);

/** What a reviewer shows by looking: inspections among the proofs, and views. */
export function inspectionsOf(run: Run): string[] {
  const ticket = run.lock?.ticket.content;
  const proofs = (ticket?.proof ?? []).filter((proof) => proof.inspect !== undefined);
  return [...proofs, ...viewsOf(ticket)].map(({ id }) => id).filter((id) => !isWaived(run, `proof:${id}`));
}

/** Nobody who wrote reviews: by name, and by session and process where they can be seen. */
export function independenceRefusals(run: Run, reviewer: Actor, origin: Origin): Refusal[] {
  const facts = (writer: Actor): { reviewer: string; writer: string; ticket: string } => ({ reviewer: showActor(reviewer), writer: showActor(writer), ticket: run.ticket });
  const named = run.writers.find((hand) => sameName(hand.actor, reviewer));
  if (named) return [refuse('reviewer-is-writer', facts(named.actor))];
  for (const hand of run.writers) {
    const by = sameHand(hand.origin, origin);
    if (by && origin.seen === 'agent') return [refuse('reviewer-same-session', { ...facts(hand.actor), by })];
  }
  return [];
}

/** The latest verdict is pass, no finding is open, and the rounds are within what is allowed. */
export function repairGate(run: Run, changeSet: Digest, policy: Policy): Refusal[] {
  const review = reviewOf(run, changeSet);
  const waived = isWaived(run, 'independent_review_complete');
  const failed = review !== undefined && review.document.verdict === 'fail' && !waived;
  if (failed && roundsLeft(run, policy) === 0) return [refuse('rounds-used-up', { ticket: run.ticket, rounds: run.rounds })];
  const open = unsettledFindings(run);
  return [
    ...(failed ? [refuse('review-failed', { ticket: run.ticket, reviewer: showActor(review.by), summary: review.document.summary })] : []),
    ...(open.length === 0 ? [] : [refuse('findings-open', { ticket: run.ticket, findings: open.map((finding) => `${finding.id} (${finding.severity})`), digest: changeSet })]),
  ];
}

/** Findings that nobody has cleared or waived. */
export const unsettledFindings = (run: Run): Run['openFindings'] => run.openFindings.filter((finding) => !isWaived(run, `finding:${finding.id}`));

/** Who said no to exactly this change, reviewer or writer, and why: it is not delivered. */
export function failureOf(run: Run, changeSet: Digest): { by: Actor; summary: string } | undefined {
  const verdicts = [
    ...(isWaived(run, 'independent_review_complete') ? [] : [reviewOf(run, changeSet)]),
    ...(isWaived(run, 'self_review_complete') ? [] : [recordFor(run, 'self-review', changeSet)]),
  ];
  const failed = verdicts.find((record) => record?.document.verdict === 'fail');
  return failed && { by: failed.by, summary: failed.document.summary };
}

/** A change that somebody said no to, and that went back to its writer, is changed first. */
export function repairDueGate(run: Run, changeSet: Digest): Refusal[] {
  const failure = failureOf(run, changeSet);
  const findings = unsettledFindings(run).map(({ id, path, actual }) => `${id}${path === undefined ? '' : ` ${showPath(path)}`}: ${actual}`);
  return failure === undefined ? [] : [refuse('repair-due', { ticket: run.ticket, by: showActor(failure.by), summary: failure.summary, findings })];
}

/** The latest verdict on the change that evidence was gathered for is fail: taking the work back begins a repair round. */
export const isRepair = (run: Run): boolean => run.change !== undefined && reviewOf(run, run.change.changeSet.digest)?.document.verdict === 'fail';

/** A failed review may begin another repair round only while there is one left. */
export function roundsGate(run: Run): Refusal[] {
  const policy = run.lock?.policy.content;
  return isRepair(run) && policy !== undefined && roundsLeft(run, policy) === 0 ? [refuse('rounds-used-up', { ticket: run.ticket, rounds: run.rounds })] : [];
}

/** Repair rounds that may still be begun. */
export const roundsLeft = (run: Run, policy: Policy): number =>
  Math.max(0, (run.lock === undefined ? policy.limits.repair_rounds : roundsAllowed(run.lock.ticket.content, policy)) + run.grantedRounds - run.rounds);

/** What memory looks like when it is curated. */
export interface MemoryNow {
  /** Memory files that differ from the base, as changed paths. */
  changed: ChangedPath[];
  /** Those of them that were edited before the ticket began, and would be committed with what somebody else wrote there. */
  before: RepoPath[];
  /** Those of them that are scaffold nobody edited. */
  pristine: RepoPath[];
}

/** The memory that the curation names is exactly the memory that changed, and the specs, where the ticket asks for them, tell the truth. Answers the entries to deliver. */
export function curationGate(run: Run, ticket: Ticket, curation: FactOf<'recorded'> | undefined, memory: MemoryNow, drift: Drift | undefined): { refusals: Refusal[]; deliver: ChangedPath[] } {
  if (curation === undefined || curation.record !== 'curation') return { refusals: [refuse('curation-missing', { ticket: run.ticket })], deliver: [] };
  const named = namedMemory(curation.document);
  const ours = memory.changed.filter((entry) => !memory.before.includes(entry.path) && !memory.pristine.includes(entry.path)).map((entry) => entry.path);
  const missing = ours.filter((path) => !named.includes(path));
  const unchanged = named.filter((path) => !memory.changed.some((entry) => entry.path === path));
  const dirty = named.filter((path) => memory.before.includes(path));
  const right = [...named.filter((path) => !unchanged.includes(path) && !dirty.includes(path)), ...missing];
  return {
    refusals: [
      ...(missing.length + unchanged.length === 0 ? [] : [refuse('memory-differs', { ticket: run.ticket, missing, unchanged, memory: right })]),
      ...(dirty.length === 0 ? [] : [refuse('memory-dirty', { ticket: run.ticket, paths: dirty })]),
      ...(ticket.class !== 'quick' && ticket.handoff?.length && curation.document.next === undefined ? [refuse('handoff-missing', { ticket: run.ticket })] : []),
      ...driftRefusals(run, curation.document.spec_drift, drift),
    ],
    deliver: memory.changed.filter((entry) => named.includes(entry.path)),
  };
}

/** The verdict is computed; a curator may say that it is worse, but not that it is better. */
function driftRefusals({ ticket }: Run, claimed: DriftVerdict | undefined, drift: Drift | undefined): Refusal[] {
  if (drift === undefined) return [];
  const { verdict: computed } = drift;
  const findings = driftLines(drift);
  return [
    ...(claimed !== undefined && isBetter(claimed, computed) ? [refuse('spec-drift-claimed', { ticket, claimed, computed, findings })] : []),
    ...(claimed === 'fail' || computed === 'fail' ? [refuse('spec-drift-failed', { ticket, findings: findings.length === 0 ? ['the curation says so'] : findings })] : []),
  ];
}

/** The memory files that a curation names. */
export const namedMemory = (curation: Curation): RepoPath[] => (curation.memory === 'none' ? [] : curation.memory);
