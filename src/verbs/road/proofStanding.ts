import type { Digest } from '../../domain/changeSet.js';
import type { Refusal, Verdict } from '../../domain/problem.js';
import { proofCommand, summarizeProof, type ProofCommand, type ProofStanding } from '../../domain/proofs.js';
import { isWaived } from '../../domain/run.js';
import type { Proof } from '../../domain/ticket.js';
import { locked, type Standing } from './standing.js';

/** How a proof stands on one change, by the runs that are remembered. */
export function standingOfProof(standing: Standing, proof: Proof, command: ProofCommand, changeSet: Digest): Verdict<ProofStanding> {
  const { run, ticket, world } = standing;
  const { policy } = locked(standing);
  return summarizeProof({ ticket, proof, command, changeSet, definition: world.digest(command.definition), since: run.workSince, locked: run.lockedAt ?? 0, retries: policy.proofs.retries }, run.proofRuns);
}

/** The proofs that were run on this change and do not hold. Those that were not run yet are the tool's to run. */
export function brokenProofs(standing: Standing, changeSet: Digest): Refusal[] {
  return locked(standing).ticket.proof.filter(({ id, inspect }) => inspect === undefined && !isWaived(standing.run, `proof:${id}`)).flatMap((proof) => {
    const command = proofCommand(proof);
    const stands = command.ok ? standingOfProof(standing, proof, command.value, changeSet) : command;
    return stands.ok ? [] : stands.refusals.filter(({ code }) => code !== 'proof-missing');
  });
}
