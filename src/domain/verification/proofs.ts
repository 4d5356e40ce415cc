import type { Digest } from '../changeSet.js';
import type { Evidence, FactOf } from '../facts.js';
import { isWaived, type Run } from '../run.js';
import type { Criterion, Proof } from '../ticket.js';
import type { EvidenceFault } from './evidence.js';

type Shown = Evidence<'focused_tests_passed'>['proofs'][number];

/** Every proof of the locked ticket was shown on exactly this change, and every criterion has one. */
export function proofFaults(run: Run, changeSet: Digest): EvidenceFault[] {
  const { proof: proofs, acceptance } = run.lock!.ticket.content;
  const shown = new Map((run.proofs?.proofs ?? []).map((line) => [line.proof, line]));
  return [
    ...proofs.flatMap((proof) => {
      const objection = objectionTo(run, proof, shown.get(proof.id), changeSet);
      return objection === undefined ? [] : [`${proof.id} ${objection}.`];
    }),
    ...uncovered(acceptance, proofs).map((criterion) => `no proof of the ticket covers ${criterion}.`),
  ].map((why) => ({ state: 'focused_tests_passed', why }));
}

/** Why the proof does not count, or nothing. */
function objectionTo(run: Run, proof: Proof, shown: Shown | undefined, changeSet: Digest): string | undefined {
  if (shown === undefined) return 'was not shown';
  if (shown.how === 'waived') return isWaived(run, `proof:${proof.id}`) ? undefined : 'is said to be waived, and nobody waived it';
  if (shown.how === 'inspection') return proof.inspect === undefined ? 'is a command, and is said to be an inspection' : undefined;
  if (proof.inspect !== undefined) return 'is an inspection, and is said to have been run';
  const ran = run.proofRuns.find((candidate) => candidate.seq === shown.run);
  if (ran === undefined || ran.proof !== proof.id) return 'names a run that is not in the facts';
  if (ran.changeSet !== changeSet) return 'was run on another change';
  return runObjection(ran, proof) ?? flakyObjection(run, ran, shown);
}

function runObjection(ran: FactOf<'proof-ran'>, proof: Proof): string | undefined {
  if (ran.verdict !== 'passed' || ran.exit !== 0) return `did not pass: ${ran.verdict}`;
  if (ran.tests === undefined) return proof.expect === undefined ? undefined : 'had to pass tests, and none were counted';
  if (ran.tests.failed > 0) return `passed although ${ran.tests.failed} tests failed`;
  return ran.tests.passed < (proof.expect?.tests_min ?? 1) ? `ran too few tests: ${ran.tests.passed}` : undefined;
}

/** Failures on the same change since the writer last worked, which a later pass may follow only so often. */
function flakyObjection(run: Run, ran: FactOf<'proof-ran'>, shown: Shown): string | undefined {
  const failures = run.proofRuns.filter((other) => other.proof === ran.proof && other.changeSet === ran.changeSet
    && other.seq < ran.seq && other.seq > run.workSince && FAILURES.has(other.verdict)).length;
  if (failures > 0 && shown.how !== 'flaky') return 'failed before on the same change, and is not shown as flaky';
  const { retries } = run.lock!.policy.content.proofs;
  return failures > retries ? `failed ${failures} times on the same change, and ${retries} are allowed` : undefined;
}

const FAILURES: ReadonlySet<string> = new Set(['failed', 'vacuous', 'timed-out', 'unstable']);

function uncovered(criteria: readonly Criterion[], proofs: readonly Proof[]): string[] {
  const known = new Set(proofs.map((proof) => proof.id));
  return criteria.filter((criterion) => !criterion.proofs.some((proof) => known.has(proof))).map((criterion) => criterion.id);
}
