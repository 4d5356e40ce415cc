import { isByPerson, showActor } from './actors.js';
import { refuse, type Refusal } from './problem.js';
import type { Run } from './run.js';

/** That somebody stopped the ticket, why, and what would release it. Of one that has ended nothing is stopped. */
export const blockedRefusals = ({ ticket, blocked, end }: Run): Refusal[] =>
  (blocked === undefined || end !== undefined ? [] : [refuse('ticket-blocked', { ticket, reason: blocked.reason, release: blocked.release })]);

/**
 * What a person stopped, and what a decision about the blocker leaves to one: an agent neither releases the ticket nor
 * gives it up, unless a person decided that it may.
 */
export function personRefusals(run: Run, agent: string | undefined): Refusal[] {
  const { ticket, question, blocked } = run;
  if (agent === undefined) return [];
  if (question !== undefined) return [refuse('blocker-for-a-person', { ticket, question, agent })];
  if (blocked === undefined || !isByPerson(blocked) || isApproved(run, blocked)) return [];
  return [refuse('blocker-for-a-person', { ticket, by: showActor(blocked.by), agent })];
}

/** Since then a person decided about it, and asked for nobody. */
function isApproved({ records }: Run, { seq }: NonNullable<Run['blocked']>): boolean {
  const decision = records['blocker-decision'];
  return decision !== undefined && decision.seq > seq && isByPerson(decision);
}
