import type { ObjectId } from '../../domain/changeSet.js';
import type { Sight } from '../../domain/delivery/resume.js';
import { pushOf, unansweredRemarks } from '../../domain/delivery/unanswered.js';
import type { Target } from '../../domain/facts.js';
import { refuse, remark, type Refusal } from '../../domain/problem.js';
import type { HookName, PushReport } from '../../world/git/index.js';
import type { Standing } from '../road/standing.js';
import { asWarnings, besideHook } from './besideHook.js';
import { alteredBeside, goingOn, stopped, type Progress } from './sight.js';
import { enter, underway } from './underway.js';

/** Pushes the very commit. What came of it is asked, whatever git says; no answer is not a failed push. */
export async function push(standing: Standing, { head }: Sight): Promise<Progress> {
  const { world, ticket } = standing;
  const { delivery, intent, seconds } = underway(standing);
  const commit = delivery.committed!;
  const target = intent.target!;
  const { result: report, touched } = await besideHook(standing, HOOKS_OF_A_PUSH, () => send(standing, target, commit));
  if (report.accepted) {
    await enter(standing, { state: 'pushed', evidence: { assigned: true, commit, how: 'accepted' } });
    standing.remarks.push(...asWarnings(touched));
    // HEAD was read before the push; it is read again after the remote has answered.
    return goingOn({ head, sent: true });
  }
  const unanswered = report.unanswered === true ? unansweredRemarks({ unanswered: pushOf(delivery) }) : [];
  const altered = await alteredWhileRefused(standing, touched);
  if (altered.length > 0) {
    standing.remarks.push(...unanswered);
    return stopped(...altered, ...touched);
  }
  const answer = await world.git.remote.answer(target, seconds);
  if (!answer.reached) return stopped(refuse('pushed-unconfirmed', { ticket, commit, remote: target.remote, said: answer.said }), ...touched);
  // Anything but the parent is told by the next look: the commit arrived, or somebody else's did.
  if (answer.tip !== intent.parent) {
    standing.remarks.push(...asWarnings(touched));
    return goingOn();
  }
  standing.remarks.push(...unanswered);
  return stopped(refuse('push-rejected', { ticket, remote: target.remote, ref: target.ref, said: report.said }), ...touched);
}

/**
 * Why the remote must not be asked: a hook had time to plant what git would start for the question. What keeps that from
 * being seen does not hide what the hook did to work.
 */
async function alteredWhileRefused(standing: Standing, touched: readonly Refusal[]): Promise<readonly Refusal[]> {
  if (standing.look === standing.compared) return [];
  const compared = await standing.world.attempt(() => alteredBeside(standing), touched.length > 0 ? undefined : []);
  // The next step compares once more: it has other reasons to refuse than where a question goes.
  standing.compared = undefined;
  if (!compared.ok) return [{ ...compared.problem, severity: 'error' }];
  return compared.value?.redirects === true ? compared.value.refusals : [];
}

/** What git may start for a push, and for what it then knows of the remote. */
export const HOOKS_OF_A_PUSH: readonly HookName[] = ['pre-push', 'reference-transaction'];

/** Starts a push of one commit, whose process is remembered for as long as it runs: it may outlive us. */
export async function send(standing: Standing, target: Target, commit: ObjectId): Promise<PushReport> {
  const { world, ticket } = standing;
  const earlierUnanswered = await awaitEarlierPush(standing);
  let noted = Promise.resolve();
  const report = await world.git.remote.push(target, commit, underway(standing).seconds, ({ pid, started }) => {
    noted = world.private.saveChild(ticket, { pid, started });
    // It is awaited below; until then a failure is nobody's.
    noted.catch(() => undefined);
  });
  // A hook of the push may have taken away all that is remembered: then that is told, and not the one write that met it.
  await noted.catch(async (error: unknown) => {
    await world.ledger.read(ticket);
    throw error;
  });
  // Of one that has no answer it stays known that it was begun, until the remote takes a later one: a refusal of that is no answer to the first.
  const unanswered = report.unanswered ?? (earlierUnanswered && !report.accepted ? true : undefined);
  if (unanswered === undefined) await world.private.saveChild(ticket, undefined);
  return { ...report, unanswered };
}

/** A push that outlived its run must not race with a second one: waits until nobody here is at one any more. Answers whether there was one that nobody had an answer to. */
export async function awaitEarlierPush({ world, ticket, run }: Standing): Promise<boolean> {
  const child = await world.private.child(ticket);
  if (child !== undefined) await world.git.remote.settle(child, run.lock!.policy.content.delivery.timeout);
  return child !== undefined;
}

/** The remote has the commit although no push of ours is remembered: its answer was lost. */
export async function found(standing: Standing): Promise<Progress> {
  await enter(standing, { state: 'pushed', evidence: { assigned: true, commit: underway(standing).delivery.committed!, how: 'found' } });
  return goingOn();
}

/** Remembers the remote's own answer. */
export async function confirm(standing: Standing, sight: Sight): Promise<Progress> {
  const { head, remote, tip } = sight;
  const { delivery, intent } = underway(standing);
  const commit = delivery.committed!;
  const there = remote!.tip;
  const superseded = there === commit ? undefined : there;
  await enter(standing, { state: 'head_equals_origin_main_proved', evidence: { assigned: true, commit, ref: intent.target!.ref, superseded, head: head.id } });
  if (superseded !== undefined) standing.remarks.push(remark('delivered-superseded', { commit, by: superseded, ref: intent.target!.ref }));
  if (tip !== undefined && tip !== commit && tip !== superseded) standing.remarks.push(remark('local-elsewhere', { branch: intent.branch, commit, now: tip }, 'warning'));
  return goingOn(sight);
}
