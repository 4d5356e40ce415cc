import { planGate } from '../../domain/gates.js';
import { granted, refused } from '../../domain/problem.js';
import { steeringRefusals } from '../steering/ofTicket.js';
import { locked, type Step } from './standing.js';

/** State 3: the plan covers every criterion. A quick ticket carries its plan itself. */
export const recordPlan: Step = async (standing) => {
  const { ticket } = locked(standing);
  const plan = standing.run.records.plan;
  const refusals = [...planGate(standing.run, ticket, plan?.document), ...await steeringRefusals(standing)];
  if (refusals.length > 0) return refused(refusals);
  const evidence = ticket.class === 'quick' || plan === undefined ? { source: 'ticket' as const } : { source: 'record' as const, record: plan.seq };
  return granted([{ kind: 'entered', state: 'plan_recorded', by: standing.actor, origin: standing.origin, evidence }]);
};
