import { compileGlobs } from '../globs.js';
import { count, listed } from '../codes/entry.js';
import type { RepoPath } from '../paths.js';
import type { Policy } from '../policy.js';
import type { Ticket, TicketId } from '../ticket.js';

/** From so many files on, planning and reviewing apart pay. */
const MANY_FILES = 5;

/** What is known of a piece of work. */
export interface Work {
  ticket: Ticket;
  policy: Policy;
  /** Files that it changed or names; none where only patterns are known. */
  files: readonly RepoPath[];
  /** Tickets of the same kind that failed a review, were repaired or were given up. */
  failedBefore: readonly TicketId[];
}

export interface Worth {
  worth: boolean;
  reasons: string[];
  against: string[];
}

/** Whether planning, implementing, reviewing and learning apart is worth it for this work, and why. */
export function worthOf({ ticket, policy, files, failedBefore }: Work): Worth {
  const open = ticket.class === 'quick' ? [] : ticket.decisions?.open ?? [];
  const isTest = compileGlobs(policy.proofs.tests);
  const strict = ticket.proof.filter(({ expect, must_fail_on_base: mustFail }) => expect !== undefined || mustFail === true).map(({ id }) => id);
  const reasons = [
    ...(files.length >= MANY_FILES ? [`it touches ${count(files.length, 'file')}`] : []),
    ...(open.length > 0 ? [`${listed(open.map(({ id }) => id))} can be decided in more than one way`] : []),
    ...(strict.length > 0 || files.some(isTest) ? [strict.length > 0 ? `tests matter: ${listed(strict)} must show what the work changed` : 'tests matter: it changes some'] : []),
    ...(failedBefore.length > 0 ? [`work of the kind ${ticket.kind} went wrong before: ${listed(failedBefore)}`] : []),
  ];
  const against = [
    ...(files.length === 1 ? ['it is a change of one file'] : []),
    ...(['diagnosis', 'documentation'].includes(ticket.kind) ? [`it is ${ticket.kind}`] : []),
  ];
  return { worth: reasons.length > against.length, reasons, against };
}
