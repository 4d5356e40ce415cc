import type { Digest } from '../changeSet.js';
import type { Evidence } from '../facts.js';
import { isNoOp } from '../noOp.js';
import { inspectionRefusals, proofCommand, summarizeProof } from '../proofs.js';
import { isWaived, type Run } from '../run.js';
import type { Hash } from '../seal.js';
import type { Criterion, Proof } from '../ticket.js';
import type { EvidenceFault } from './evidence.js';

type Shown = Evidence<'focused_tests_passed'>['proofs'][number];

/** Every proof of the locked ticket was shown on exactly this change, and every criterion has one. */
export function proofFaults(run: Run, changeSet: Digest, hash: Hash): EvidenceFault[] {
  const { proof: proofs, acceptance } = run.lock!.ticket.content;
  const shown = new Map((run.proofs?.proofs ?? []).map((line) => [line.proof, line]));
  return [
    ...proofs.map((proof) => objectionTo(run, proof, shown.get(proof.id), changeSet, hash)),
    ...inspectionObjections(run),
    ...uncovered(acceptance, proofs).map((criterion) => `No proof of the ticket covers ${criterion}.`),
  ].filter((why) => why !== undefined).map((why) => ({ state: 'focused_tests_passed', why }));
}

/** Why the proof does not count, or nothing. */
function objectionTo(run: Run, proof: Proof, shown: Shown | undefined, changeSet: Digest, hash: Hash): string | undefined {
  if (shown === undefined) return `${proof.id} was not shown.`;
  if (shown.how === 'waived') return isWaived(run, `proof:${proof.id}`) ? undefined : `${proof.id} is said to be waived, and nobody waived it.`;
  if (shown.how === 'inspection') return proof.inspect === undefined ? `${proof.id} is a command, and is said to be an inspection.` : undefined;
  return runObjection(run, proof, shown, changeSet, hash);
}

/** Judges the runs of a proof again, by the rule that they were judged by. */
function runObjection(run: Run, proof: Proof, shown: Shown, changeSet: Digest, hash: Hash): string | undefined {
  const command = proofCommand(proof);
  if (!command.ok) return command.refusals[0]?.message;
  const question = {
    ticket: run.ticket, proof, command: command.value, changeSet, since: run.workSince, locked: run.lockedAt ?? 0,
    definition: hash(new TextEncoder().encode(command.value.definition)), retries: run.lock!.policy.content.proofs.retries,
  };
  const standing = summarizeProof(question, run.proofRuns);
  if (!standing.ok) return standing.refusals[0]?.message;
  if (standing.value.how !== shown.how) return `${proof.id} is ${standing.value.how} by its runs, and is said to be ${shown.how}.`;
  const ran = run.proofRuns.find((candidate) => candidate.seq === shown.run && candidate.proof === proof.id && candidate.changeSet === changeSet);
  if (ran === undefined) return `${proof.id} names a run that is not in the facts.`;
  if (ran.exit !== 0 || (ran.tests?.failed ?? 0) > 0) return `${proof.id} is said to have passed, with exit code ${ran.exit ?? 'none'} and ${ran.tests?.failed ?? 0} failed tests.`;
  if (ran.argv.join('\0') !== command.value.argv.join('\0')) return `${proof.id} was run as another command than the ticket's.`;
  const passed = ran.tests?.passed;
  const empty = isNoOp(ran.argv) || (passed ?? 1) < (proof.expect?.tests_min ?? 1) || (passed === undefined && proof.expect !== undefined);
  return empty ? `${proof.id} is vacuous: it ran ${passed ?? 'no'} tests that count.` : undefined;
}

/** Inspections stand only where the whole change is documentation. */
function inspectionObjections(run: Run): string[] {
  const { ticket, policy } = run.lock!;
  const paths = (run.change?.changeSet.entries ?? []).map((entry) => entry.path);
  return inspectionRefusals(run.ticket, ticket.content.proof, paths, policy.content.docs)
    .map(({ message }) => message);
}

function uncovered(criteria: readonly Criterion[], proofs: readonly Proof[]): string[] {
  const known = new Set(proofs.map((proof) => proof.id));
  return criteria.filter((criterion) => !criterion.proofs.some((proof) => known.has(proof))).map((criterion) => criterion.id);
}
