import { isByPerson, showActor } from './actors.js';
import { unsettledFindings } from './gates.js';
import { refuse, type Refusal } from './problem.js';
import { isWaived, type Run } from './run.js';

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

/** What reviewers and experts objected to stands in the ledger of this ticket alone: an agent that gave it up would begin another without. */
export function objectedRefusals(run: Run, agent: string | undefined): Refusal[] {
  const last = isWaived(run, 'independent_review_complete') ? undefined : run.reviews.at(-1);
  const objections = [
    ...(last?.document.verdict === 'fail' ? [`${showActor(last.by)} says fail: ${last.document.summary}`] : []),
    ...unsettledFindings(run).map(({ id, actual }) => `${id} is open: ${actual}`),
  ];
  return agent === undefined || objections.length === 0 ? [] : [refuse('objections-for-a-person', { ticket: run.ticket, objections, agent })];
}
