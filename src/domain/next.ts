import type { Digest } from './changeSet.js';
import type { Policy } from './policy.js';
import { inspected } from './codes/reviews.js';
import { unanswered } from './experts/gate.js';
import { inspectionsOf, roundsLeft } from './gates.js';
import { hasReached } from './road.js';
import { isWaived, recordFor, reviewOf, type Run } from './run.js';

/**
 * The one thing to do now, and what comes beside it. `changeSet` is the change as it is, where somebody has looked;
 * without it the last one that evidence was gathered for.
 */
export function nextCommands(run: Run, changeSet?: Digest): string[] {
  const id = run.ticket;
  // What was not delivered, no clone can verify.
  if (run.end !== undefined) return run.end.how === 'done' && run.delivery !== undefined ? [`cxw verify ${id}`] : ['cxw ticket new --quick TITLE --file PATH'];
  if (run.blocked !== undefined) return [`cxw unblock ${id}`];
  if (run.delivery !== undefined) return [`cxw deliver ${id}`];
  if (!hasReached(run.state, 'writer_assigned')) return [`cxw advance ${id} --until-blocked`];
  const digest = changeSet ?? run.change?.changeSet.digest;
  if (digest === undefined) return [`cxw brief writer ${id}`, `cxw advance ${id} --until-blocked`];
  const due = attestationsDue(run, digest);
  return isFailed(run, digest) ? due : [...due, `cxw deliver ${id}`].slice(0, 2);
}

/** The documents that this change still lacks, as the commands that record them, in the order of the road. */
export function attestationsDue(run: Run, digest: Digest): string[] {
  const id = run.ticket;
  const policy: Policy | undefined = run.lock?.policy.content;
  if (isFailed(run, digest)) {
    return policy !== undefined && roundsLeft(run, policy) === 0 ? [`cxw unblock ${id} --rounds 1 --reason TEXT`] : [`cxw rework ${id}`];
  }
  const review = reviewOf(run, digest);
  const selfReview = recordFor(run, 'self-review', digest);
  const verdict = `--verdict pass --change-set ${digest} --summary TEXT`;
  return [
    ...(selfReview === undefined && !isWaived(run, 'self_review_complete') ? [`cxw record self-review ${id} ${verdict}`] : []),
    ...(isWaived(run, 'independent_review_complete') ? [] : unanswered(run, digest).map((profile) => `cxw brief ${profile} ${id}`)),
    ...(review === undefined && !isWaived(run, 'independent_review_complete') ? [`cxw record review ${id} --as reviewer:NAME --verdict pass --change-set ${digest}${inspected(inspectionsOf(run))} --summary TEXT`] : []),
    ...(run.records.curation === undefined ? [`cxw record curation ${id} --memory none`] : []),
  ];
}

/** Writer or reviewer said no to this change: it is not delivered. */
const isFailed = (run: Run, digest: Digest): boolean =>
  [reviewOf(run, digest), recordFor(run, 'self-review', digest)].some((record) => record?.document.verdict === 'fail');
