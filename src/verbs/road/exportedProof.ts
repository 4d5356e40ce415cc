import type { ChangedPath, ObjectId } from '../../domain/changeSet.js';
import type { ProofCommand, RunVerdict } from '../../domain/proofs.js';
import { readTestCounts } from '../../domain/testCounts.js';
import type { Proof } from '../../domain/ticket.js';
import type { ProgramResult } from '../../world/programs.js';
import { locked, type Standing } from './standing.js';

/** The two sides on which a test must show its worth. */
export interface Sides {
  base: ObjectId;
  /** The whole change: the proof must pass. */
  whole: readonly ChangedPath[];
  /** Only the tests of the change: they must fail. */
  tests: readonly ChangedPath[];
}

/** Runs a proof on both sides, each laid out in a folder of its own outside the repository and made ready by the policy. */
export async function rehearseOnExports(standing: Standing, proof: Proof, command: ProofCommand, sides: Sides): Promise<RunVerdict> {
  if (sides.tests.length === 0) return { verdict: 'not-exportable', why: 'the change has no test paths that could fail on the base' };
  const whole = await runOn(standing, proof, command, sides.base, sides.whole);
  if (typeof whole === 'string') return { verdict: 'not-exportable', why: whole };
  if (whole.exit !== 0) return { verdict: 'not-exportable', why: `on an export of the whole change it ends with exit code ${whole.exit ?? 'none'}` };
  const alone = await runOn(standing, proof, command, sides.base, sides.tests);
  if (typeof alone === 'string') return { verdict: 'not-exportable', why: alone };
  const counts = readTestCounts(alone.log.toString('utf8'));
  if (alone.exit === 0) return { verdict: 'passed-on-base', why: 'it also passes without the change' };
  return counts !== undefined && counts.failed > 0 ? { verdict: 'passed' } : { verdict: 'not-exportable', why: 'on the base it fails, but not by a test that can be counted' };
}

/** The run, or why the export could not be made ready. */
async function runOn(standing: Standing, proof: Proof, command: ProofCommand, base: ObjectId, entries: readonly ChangedPath[]): Promise<ProgramResult | string> {
  const { world } = standing;
  const { proofs } = locked(standing).policy;
  const copy = await world.git.changes.export(base, entries);
  const program = { cwd: copy.folder, timeout: proof.timeout ?? proofs.timeout, logBytes: proofs.log_bytes, pass: proofs.env };
  try {
    for (const words of proofs.prepare) {
      world.tell(`Making a copy ready: ${words.join(' ')}`);
      const ready = await world.programs.run({ ...program, argv: words as [string, ...string[]] });
      if (ready.exit !== 0) return `"${words.join(' ')}" failed on the export`;
    }
    return await world.programs.run({ ...program, argv: command.argv });
  } finally {
    await copy.remove();
  }
}
