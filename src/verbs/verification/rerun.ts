import type { ObjectId } from '../../domain/changeSet.js';
import type { Policy } from '../../domain/policy.js';
import { refuse, remark, type Problem } from '../../domain/problem.js';
import { judgeRun, proofCommand, type RunVerdict } from '../../domain/proofs.js';
import type { Run } from '../../domain/run.js';
import { readTestCounts, readTestReport, type TestCounts } from '../../domain/testCounts.js';
import type { Proof } from '../../domain/ticket.js';
import type { VerifiedTicket } from '../../domain/verification/report.js';
import type { ProgramResult } from '../../world/programs.js';
import type { World } from '../../world/index.js';

export interface Rerun {
  results: NonNullable<VerifiedTicket['rerun']>;
  problems: Problem[];
}

type Prover = Pick<World, 'git' | 'programs' | 'tell'>;

/** Runs every proof of the locked ticket once more, on the files of the commit alone, outside the repository. */
export async function proveAgain(world: Prover, run: Run, commit: ObjectId): Promise<Rerun> {
  const lock = run.lock!;
  const exported = await world.git.changes.export(commit, []);
  try {
    const rerun: Rerun = { results: [], problems: [] };
    const unready = await prepare(world, lock.policy.content, exported.folder);
    for (const proof of lock.ticket.content.proof) {
      if (proof.inspect !== undefined) {
        rerun.results.push({ proof: proof.id, verdict: 'inspection' });
        rerun.problems.push(remark('inspection-not-rerun', { ticket: run.ticket, proof: proof.id }));
        continue;
      }
      const { verdict, why, duration } = unready ?? await prove(world, lock.policy.content, proof, exported.folder);
      rerun.results.push({ proof: proof.id, verdict, duration });
      if (verdict !== 'passed') rerun.problems.push(refuse('proof-not-repeated', { ticket: run.ticket, proof: proof.id, why: why ?? verdict }));
    }
    return rerun;
  } finally {
    await exported.remove();
  }
}

type Result = RunVerdict & { duration?: number };

/** Makes the export ready as the locked policy says. Answers why it is not, or nothing. */
async function prepare(world: Prover, policy: Policy, folder: string): Promise<Result | undefined> {
  for (const argv of policy.proofs.prepare) {
    world.tell(`Preparing the export: ${argv.join(' ')}`);
    const result = await runThere(world, policy, argv as [string, ...string[]], folder);
    if (result.ending !== 'exited' || result.exit !== 0) {
      return { verdict: 'not-exportable', why: `the preparation ${argv.join(' ')} did not succeed (${result.why ?? result.signal ?? result.exit ?? result.ending})` };
    }
  }
  return undefined;
}

async function prove(world: Prover, policy: Policy, proof: Proof, folder: string): Promise<Result> {
  const command = proofCommand(proof);
  if (!command.ok) return { verdict: 'not-started', why: command.refusals[0]?.message };
  world.tell(`Running ${proof.id} again: ${command.value.display}`);
  const timeout = proof.timeout ?? policy.proofs.timeout;
  const result = await runThere(world, policy, command.value.argv, folder, timeout);
  const counts = await countsOf(world, policy, proof, folder, result);
  // An export is nobody's worktree: there is no change set that the run could have moved.
  const verdict = judgeRun({ proof, argv: command.value.argv, result, timeout, counts, before: '', after: '', othersChanged: 0 });
  return { ...verdict, duration: result.duration };
}

async function countsOf(world: Prover, policy: Policy, proof: Proof, folder: string, result: ProgramResult): Promise<TestCounts | undefined> {
  if (proof.junit === undefined) return readTestCounts(result.log.toString('utf8'));
  const report = await runThere(world, policy, ['cat', '--', proof.junit], folder);
  return report.exit === 0 ? readTestReport(report.log.toString('utf8')) : undefined;
}

/** Counts stand at the end of what was printed, and reports must be whole: more is kept than for a log. */
const KEPT = 8_388_608;

const runThere = (world: Prover, policy: Policy, argv: readonly [string, ...string[]], cwd: string, timeout = policy.proofs.timeout): Promise<ProgramResult> =>
  world.programs.run({ argv, cwd, timeout, logBytes: KEPT, pass: policy.proofs.env });
