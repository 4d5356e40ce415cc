import { differingPaths } from '../changeSet.js';
import { compileGlobs } from '../globs.js';
import type { Policy } from '../policy.js';
import { refuse, type Refusal } from '../problem.js';
import { isWaived, type Run } from '../run.js';

/** Repairs that were to come with a test, and were cleared with none touched since they were asked for. */
export function untestedGate(run: Run, { proofs }: Policy): Refusal[] {
  const now = run.change?.changeSet.entries ?? [];
  const bare = run.testRepairs.filter(({ id, found }) => run.clearedFindings.includes(id) && !isWaived(run, `finding:${id}`)
    && !differingPaths(found?.entries ?? [], now).some(compileGlobs(proofs.tests)));
  return bare.length === 0 ? [] : [refuse('repair-untested', { ticket: run.ticket, findings: bare.map(({ id }) => id) })];
}
