import type { Digest } from './changeSet.js';
import { clearing, inspected } from './codes/reviews.js';
import { unanswered } from './experts/gate.js';
import { failureOf, inspectionsOf, roundsGate, unsettledFindings } from './gates.js';
import { NEW_TICKET } from './newTicketCommand.js';
import { outdatedExperts, outdatedReview } from './review/outdated.js';
import { hasReached } from './road.js';
import { isWaived, recordFor, reviewOf, type Run } from './run.js';
import type { TicketId } from './ticket.js';

/**
 * The one thing to do now, and what comes beside it. `changeSet` is the change as it is, where somebody has looked;
 * without it the last one that evidence was gathered for.
 */
export function nextCommands(run: Run, changeSet?: Digest): string[] {
  const id = run.ticket;
  // What was not delivered, no clone can verify.
  if (run.end !== undefined) return run.end.how === 'done' && run.delivery !== undefined ? [`cxw verify ${id}`] : [NEW_TICKET];
  if (run.blocked !== undefined) return [`cxw unblock ${id}`];
  if (run.delivery !== undefined) return [`cxw deliver ${id}`];
  if (!hasReached(run.state, 'writer_assigned')) return [`cxw advance ${id} --until-blocked`];
  const digest = changeSet ?? run.change?.changeSet.digest;
  if (digest === undefined) return writing(id);
  const due = attestationsDue(run, digest);
  return failureOf(run, digest) !== undefined ? due : [...due, `cxw deliver ${id}`].slice(0, 2);
}

const writing = (id: TicketId): string[] => [`cxw brief writer ${id}`, `cxw advance ${id} --until-blocked`];

/** What somebody said no to goes back to its writer, and is changed before it is looked at again. */
function repairing(run: Run): string[] {
  if (!hasReached(run.state, 'implementation_complete')) return writing(run.ticket);
  return [roundsGate(run).length > 0 ? `cxw unblock ${run.ticket} --rounds 1 --reason TEXT` : `cxw rework ${run.ticket}`];
}

/** The documents that this change still lacks, as the commands that record them, in the order of the road. */
export function attestationsDue(run: Run, digest: Digest): string[] {
  const id = run.ticket;
  if (failureOf(run, digest) !== undefined) return repairing(run);
  const open = unsettledFindings(run).map((finding) => finding.id);
  const isReviewDue = open.length > 0 || ((reviewOf(run, digest) === undefined || outdatedReview(run, digest) !== undefined) && !isWaived(run, 'independent_review_complete'));
  const selfReview = recordFor(run, 'self-review', digest);
  const verdict = `--verdict pass --change-set ${digest} --summary TEXT`;
  return [
    ...(selfReview === undefined && !isWaived(run, 'self_review_complete') ? [`cxw record self-review ${id} ${verdict}`] : []),
    ...(isWaived(run, 'independent_review_complete') ? [] : [...unanswered(run, digest), ...outdatedExperts(run, digest)].map((profile) => `cxw brief ${profile} ${id}`)),
    ...(isReviewDue ? [`cxw record review ${id} --as reviewer:NAME --verdict pass --change-set ${digest}${inspected(inspectionsOf(run))}${clearing(open)} --summary TEXT`] : []),
    ...(run.records.curation === undefined ? [`cxw record curation ${id} --memory none`] : []),
  ];
}
