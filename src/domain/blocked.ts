import { refuse, type Refusal } from './problem.js';
import type { Run } from './run.js';

/** That somebody stopped the ticket, why, and what would release it. Of one that has ended nothing is stopped. */
export const blockedRefusals = ({ ticket, blocked, end }: Run): Refusal[] =>
  (blocked === undefined || end !== undefined ? [] : [refuse('ticket-blocked', { ticket, reason: blocked.reason, release: blocked.release })]);

/** What was decided about the blocker asks a person: an agent neither releases the ticket nor gives it up. */
export const personRefusals = ({ ticket, question }: Run, agent: string | undefined): Refusal[] =>
  (agent === undefined || question === undefined ? [] : [refuse('blocker-for-a-person', { ticket, question, agent })]);
