import type { Actor } from '../domain/actors.js';
import type { ObjectId } from '../domain/changeSet.js';
import { abortRefusals } from '../domain/delivery/undo.js';
import { sameWork } from '../domain/delivery/instead.js';
import { pushOf, unansweredRemarks } from '../domain/delivery/unanswered.js';
import type { Sight } from '../domain/delivery/resume.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { refuse, type Problem, type Refusal } from '../domain/problem.js';
import type { CommitInfo } from '../domain/repository.js';
import type { State } from '../domain/road.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { actorOr } from './actor.js';
import { putBack } from './delivery/anew.js';
import { asWarnings, besideHook } from './delivery/besideHook.js';
import { alteredMeanwhile, deliveredPaths, lookAtDelivery } from './delivery/sight.js';
import { awaitEarlierPush } from './delivery/push.js';
import { underway } from './delivery/underway.js';
import { LostRace, remember, standingOf, type Standing } from './road/standing.js';
import { tellLeftBehind } from './road/watching.js';

export interface AbortRequest {
  ticket: TicketId;
  actor?: Actor;
}

export interface AbortData {
  ticket: TicketId;
  state?: State;
  /** The commit that the branch does not name any more; absent when it never did. */
  undone?: ObjectId;
  /** How many index entries were put back. */
  restored?: number;
  /** Where the branch is, when somebody had moved it; it was left there. */
  movedTo?: ObjectId;
  /** What stands there holds the work, in a commit that the evidence is not for. */
  holdsWork?: boolean;
}

/**
 * Undoes a delivery that is not on the remote: first the branch, by compare-and-swap, then the index entries that the
 * delivery wrote. A branch that somebody had moved stays where it is, and the index is made to agree with it. Files are
 * not touched. Safe to repeat after it was cut short. The caller holds the lock.
 */
export async function abort(world: World, request: AbortRequest): Promise<Outcome<AbortData>> {
  const actor = await actorOr(world, request.actor, 'deliverer');
  for (;;) {
    const standing = await standingOf(world, request.ticket, actor, { adopt: false, dryRun: false });
    try {
      return await undo(standing);
    } catch (error) {
      if (!(error instanceof LostRace)) throw error;
    }
  }
}

async function undo(standing: Standing): Promise<Outcome<AbortData>> {
  const { world: { git }, run, ticket, actor: by, origin } = standing;
  if (run.delivery === undefined || run.end !== undefined) return refusal(standing, [refuse('nothing-to-abort', { ticket })]);
  const isUnanswered = await awaitEarlierPush(standing);
  const index = await git.trees.readIndex(deliveredPaths(run.delivery.intent));
  const altered = run.delivery.pushed === undefined ? undefined : await alteredMeanwhile(standing);
  if (altered?.redirects === true) return refusal(standing, [...altered.refusals]);
  const { sight, elsewhere } = await lookFor(standing, index, isUnanswered);
  const refusals = abortRefusals(run, sight);
  if (refusals.length > 0) return refusal(standing, refusals);

  const { delivery, intent } = underway(standing);
  const undone = sight.place === 'tip' ? delivery.prepared : undefined;
  if (undone !== undefined) {
    const { result: { moved, refused }, touched } = await besideHook(standing, ['reference-transaction'], () => git.branch.move(intent.branch, undone, intent.parent, `cxw: abort ${ticket}`));
    standing.remarks.push(...asWarnings(touched));
    if (refused !== undefined) return refusal(standing, [refuse('branch-held', { ticket, branch: intent.branch, said: refused })]);
    if (!moved) throw new LostRace(ticket);
  }
  const restored = await putBack(standing, sight);
  const movedTo = undone === undefined && sight.tip !== intent.parent ? sight.tip : undefined;
  await remember(standing, [{ kind: 'delivery-aborted', by, origin, reason: reasonOf(undone, movedTo), restored, unanswered: isUnanswered ? pushOf(delivery) : undefined }]);
  if (isUnanswered) await standing.world.private.saveChild(ticket, undefined);
  await tellLeftBehind(standing);
  const same = sameWork(intent, sight);
  const data: AbortData = { ticket, state: standing.run.state, undone, restored, movedTo, holdsWork: movedTo === undefined ? undefined : same !== undefined };
  const isElsewhere = movedTo !== undefined || elsewhere.length > 0;
  return done('abort', data, waysAfter(ticket, isElsewhere, same), [...standing.remarks, ...elsewhere, ...unansweredRemarks(standing.run)]);
}

/**
 * The remote that the delivery was for is asked whether it has the commit. Where git would go elsewhere by now, nobody
 * can be asked; a commit that was never taken, nor sent without an answer, is undone all the same: else a remote that
 * moved would hold it for ever.
 */
async function lookFor(standing: Standing, index: Sight['index'], isUnanswered: boolean): Promise<{ sight: Sight; elsewhere: Problem[] }> {
  const isNowhere = standing.run.delivery!.pushed === undefined && !isUnanswered;
  const seen = await standing.world.attempt(() => lookAtDelivery(standing, { index }), isNowhere ? ['push-url-changed'] : []);
  if (seen.ok) return { sight: seen.value, elsewhere: [] };
  return { sight: await lookAtDelivery(standing, { index }, { redirects: true, refusals: [] }), elsewhere: [{ ...seen.problem, severity: 'warning' }] };
}

function reasonOf(undone: ObjectId | undefined, movedTo: ObjectId | undefined): string {
  if (undone !== undefined) return `The branch was moved back from ${undone}.`;
  return movedTo === undefined ? 'The branch stood where the delivery began.' : `Somebody had moved the branch to ${movedTo}; it was left there.`;
}

/** A branch that somebody had moved is another base, and a remote that moved another target; unless all that the branch has more is this very work, which can be taken back. */
function waysAfter(ticket: TicketId, isElsewhere: boolean, same: CommitInfo | undefined): string[] {
  if (same !== undefined) return [`git reset --soft ${same.id.slice(0, 12)}^`, `cxw deliver ${ticket}`, `cxw abandon ${ticket} --reason TEXT`];
  return isElsewhere ? [`cxw rework ${ticket} --refresh`] : [`cxw rework ${ticket}`, `cxw deliver ${ticket}`];
}

const refusal = ({ ticket, run }: Standing, refusals: Refusal[]): Outcome<AbortData> =>
  no('refused', 'abort', { ticket, state: run.state }, refusals);
