import { leftBranch, type Sight } from '../../domain/delivery/resume.js';
import { deliveredEntries, isWritten, writtenOver } from '../../domain/delivery/sets.js';
import { refuse, remark } from '../../domain/problem.js';
import type { Standing } from '../road/standing.js';
import { besideHook } from './besideHook.js';
import { goingOn, goingOnUnless, lookAtBranch, stopped, type Known, type Progress } from './sight.js';
import { onlyStagedBefore } from './staged.js';
import { enter, underway } from './underway.js';

/**
 * Writes the delivered entries, and only those, into the real index. It comes before the branch moves: cut short in
 * between, paths are visibly staged; the other way round, the person's next commit would silently undo the delivery.
 */
export async function stage(standing: Standing, sight: Sight): Promise<Progress> {
  const { delivery, intent } = underway(standing);
  const { trees } = standing.world.git;
  const entries = deliveredEntries(intent).filter((entry) => !isWritten(entry, sight.index));
  await trees.keepBlobs(onlyStagedBefore(delivery).map(({ id }) => id));
  const { touched } = await besideHook(standing, ['post-index-change'], () => trees.writeIndex(entries));
  return goingOnUnless(touched, { ...sight, index: writtenOver(intent, sight.index) });
}

/** Moves the branch from the parent to the commit, only if it still is at the parent; then the post-commit hook runs. */
export async function move(standing: Standing, { remote }: Sight): Promise<Progress> {
  const { world: { git }, ticket } = standing;
  const { delivery, intent } = underway(standing);
  const commit = delivery.prepared!;
  const { result: { moved, refused, head }, touched } = await besideHook(standing, ['reference-transaction'], () => git.branch.move(intent.branch, intent.parent, commit, `cxw: deliver ${ticket}`));
  if (refused !== undefined) return stopped(refuse('branch-held', { ticket, branch: intent.branch, said: refused }), ...touched);
  // Somebody else moved it: the next look says who, and what to do.
  if (!moved) return goingOnUnless(touched);
  await enter(standing, { state: 'committed', evidence: { commit, tree: delivery.tree! } });
  if (touched.length > 0) return stopped(...touched);
  return intent.hooks === 'skip' ? goingOn({ head, remote }) : afterCommit(standing, { head, remote });
}

/** Runs the post-commit hook, which can stop nothing any more, but may have moved the branch or changed other work. */
async function afterCommit(standing: Standing, known: Known): Promise<Progress> {
  const { world: { git }, remarks } = standing;
  const { delivery, intent, seconds } = underway(standing);
  const commit = delivery.prepared!;
  const { result: report, touched } = await besideHook(standing, ['post-commit'], () => git.hooks.run('post-commit', delivery.tree!, [], seconds));
  if (!report.ran) return goingOn(known);
  if (!report.ok) remarks.push(remark('post-commit-failed', { said: report.timedOut ? `it did not end within ${seconds} s` : report.said }, 'warning'));
  const now = await git.branch.read(intent.branch);
  if (now === commit) return goingOnUnless(touched);
  const sight = await lookAtBranch(standing, commit, intent.parent, now);
  return stopped(leftBranch(standing.run, underway(standing).delivery, { ...sight, tip: now }), ...touched);
}

/** The commit was found on the branch: an earlier attempt got that far. */
export async function acknowledge(standing: Standing): Promise<Progress> {
  const { delivery } = underway(standing);
  await enter(standing, { state: 'committed', evidence: { commit: delivery.prepared!, tree: delivery.tree! } });
  return goingOn();
}
