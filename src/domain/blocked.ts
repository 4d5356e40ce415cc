import { refuse, type Refusal } from './problem.js';
import type { Run } from './run.js';

/** That somebody stopped the ticket, why, and what would release it. */
export const blockedRefusals = ({ ticket, blocked }: Run): Refusal[] =>
  (blocked === undefined ? [] : [refuse('ticket-blocked', { ticket, reason: blocked.reason, release: blocked.release })]);
