import { planGate } from '../../domain/gates.js';
import { granted, refused, type Refusal } from '../../domain/problem.js';
import { packFiles } from '../steering/packs.js';
import { locked, type Standing, type Step } from './standing.js';

/** State 3: the plan covers every criterion. A quick ticket carries its plan itself. */
export const recordPlan: Step = async (standing) => {
  const { ticket } = locked(standing);
  const plan = standing.run.records.plan;
  const refusals = await planRefusals(standing);
  if (refusals.length > 0) return refused(refusals);
  const evidence = ticket.class === 'quick' || plan === undefined ? { source: 'ticket' as const } : { source: 'record' as const, record: plan.seq };
  return granted([{ kind: 'entered', state: 'plan_recorded', by: standing.actor, origin: standing.origin, evidence }]);
};

/** Why there is no plan to go on with. */
export async function planRefusals(standing: Standing): Promise<Refusal[]> {
  const { run } = standing;
  return [...planGate(run, locked(standing).ticket, run.records.plan?.document), ...await steeringRefusals(standing)];
}

/** Most repositories have no guidance packs, and need not load what reads them. */
async function steeringRefusals({ world, run }: Standing): Promise<Refusal[]> {
  const files = await packFiles(world);
  return files.length === 0 ? [] : (await import('../steering/ofTicket.js')).steeringRefusals(world, run, files);
}
