import type { ChangedPath, ObjectId } from '../changeSet.js';
import type { IndexEntry } from '../facts.js';
import { blockedRefusals } from '../blocked.js';
import { refuse, type Refusal } from '../problem.js';
import type { CommitInfo, Operation } from '../repository.js';
import type { Delivery, Run } from '../run.js';
import { sameWork } from './instead.js';
import { inWords } from './preconditions.js';
import { changedInIndex, isIndexWritten } from './sets.js';

/** Whether a commit holds another: `unknown` when it is not here, `cut-off` when its history here ends too early to tell. */
export type Containment = boolean | 'unknown' | 'cut-off';

/** What one look at the world shows while a delivery is under way. */
export interface Sight {
  head: { ref?: string; id?: ObjectId };
  /** Where the intent's branch is now. */
  tip?: ObjectId;
  /** Where the prepared commit stands on that branch: at its tip, below it, or not on it. */
  place: 'tip' | 'below' | 'absent';
  /** Commits on the branch since the prepared commit, or else since the parent; newest first. */
  since: readonly CommitInfo[];
  /** Where the branch's tree differs from the parent's, when the branch is at neither the parent nor the commit. */
  difference?: readonly ChangedPath[];
  /** Another commit of the branch that brings the sealed ledger of this delivery. */
  rewritten?: CommitInfo;
  operation?: Operation;
  /** The real index at the delivered paths. */
  index: readonly IndexEntry[];
  /** What the remote said between two equal readings of HEAD. Absent when there was nothing to ask it yet. */
  remote?: { reached: true; tip?: ObjectId; contains: Containment } | { reached: false; tip?: undefined; said: string };
  /**
   * Where the remote's tip stands that is neither the parent nor has the commit: behind the parent, as the remote went
   * back; on the branch, as somebody merged it; or apart from it.
   */
  theirs?: 'behind' | 'merged' | 'apart';
  /**
   * What executes or redirects and is not as it was discovered, when a delivery is taken up again. `redirects`: the
   * remote's own word could be another's, so it was not asked.
   */
  altered?: { redirects: boolean; refusals: readonly Refusal[] };
  /** The commit was pushed right before this look, and git said that it was taken. */
  sent?: boolean;
  /** Of what was made for the delivery something is not in git any more: until the branch names it nothing does, so tidying up takes it. */
  tidiedAway?: boolean;
}

/**
 * The one thing to do next, told from the world and not from a phase: going on and resuming are the same. `again`: a
 * fact came in between that the records must show, or what was made is not there any more, so the intent is made anew.
 */
export type NextStep =
  | { step: 'again' | 'build' | 'prepare' | 'stage' | 'move' | 'acknowledge' | 'push' | 'found' | 'confirm' | 'finish' }
  | { step: 'refuse'; refusals: Refusal[] };

export function nextStep(run: Run, sight: Sight): NextStep {
  const delivery = run.delivery;
  if (delivery === undefined) throw new Error(`${run.ticket} has no delivery to go on with`);
  const { mode } = delivery.intent;
  if (sight.altered?.redirects === true) return refusal(...sight.altered.refusals);
  if (sight.remote?.reached === false) return refusal(unconfirmed(run, delivery, sight.remote.said));
  // What the remote has is delivered, wherever the local branch has gone since.
  if (sight.remote?.contains === true) return afterPush(delivery);
  if (sight.remote?.contains === 'cut-off') return refusal(cutOff(run, delivery, sight.remote.tip!));
  if (sight.place === 'absent') return delivery.committed === undefined ? beforeCommit(run, delivery, sight) : refusal(lostCommit(run, delivery, sight));
  // No state is entered while the ticket is blocked, or its facts could not be sealed again after an abort.
  if (delivery.committed === undefined) return unlessBlocked(run, 'acknowledge');
  if (mode === 'commit-push' && sight.remote !== undefined) return beforePush(run, delivery, sight, sight.remote);
  // A local commit can still be undone; what was confirmed cannot.
  return mode === 'commit' ? unlessBlocked(run, 'finish') : { step: 'finish' };
}

function unlessBlocked(run: Run, step: 'acknowledge' | 'finish'): NextStep {
  const blocked = blockedRefusals(run);
  return blocked.length > 0 ? refusal(...blocked) : { step };
}

const refusal = (...refusals: Refusal[]): NextStep => ({ step: 'refuse', refusals });

/** The branch must still be at the parent, and everything as it was when the intent was made. */
function beforeCommit(run: Run, delivery: Delivery, sight: Sight): NextStep {
  const { ticket } = run;
  const { intent } = delivery;
  const moved = sight.tip === intent.parent ? headRefusals(run, delivery, sight) : [lostCommit(run, delivery, sight)];
  const changed = changedInIndex(intent, sight.index);
  const refusals = [
    ...moved,
    ...(sight.operation === undefined ? [] : [refuse('operation-in-progress', { ticket, operation: sight.operation })]),
    ...(changed.length === 0 ? [] : [refuse('index-changed', { ticket, paths: changed })]),
    ...holdingRefusals(run, sight),
  ];
  if (refusals.length > 0) return { step: 'refuse', refusals };
  if (sight.tidiedAway === true || run.waivers.some((waiver) => waiver.seq > delivery.intentAt)) return { step: 'again' };
  if (delivery.tree === undefined) return { step: 'build' };
  if (delivery.prepared === undefined) return { step: 'prepare' };
  return { step: isIndexWritten(intent, sight.index) ? 'move' : 'stage' };
}

/** Nothing is run or published by what nobody agreed to, nor against a person's word. What is so already is remembered all the same. */
const holdingRefusals = (run: Run, { altered }: Sight): readonly Refusal[] => [...blockedRefusals(run), ...altered?.refusals ?? []];

/** HEAD must name the branch, so that index and worktree are those of the delivery. */
export function headRefusals({ ticket }: Run, { intent, committed }: Delivery, { head, tip }: Pick<Sight, 'head' | 'tip'>): Refusal[] {
  const { branch, parent } = intent;
  if (head.ref === branch) return [];
  if (head.ref === undefined) return [refuse('detached-head', { ticket })];
  const was = committed ?? parent;
  // Nobody can switch to a branch that is gone.
  return [refuse('branch-switched', { ticket, was: branch, now: head.ref, ...(tip === undefined ? { gone: { head: was, renamed: head.id === was } } : {}) })];
}

/** What stands on a branch. */
type BranchSight = Pick<Sight, 'place' | 'tip' | 'since' | 'difference' | 'rewritten'>;

/** The branch had the commit and names another: one upon it, with which the push takes the commit along, or one that has it not. */
export function leftBranch(run: Run, delivery: Delivery, sight: BranchSight): Refusal {
  if (sight.place !== 'below') return lostCommit(run, delivery, sight);
  const { intent: { branch, target }, committed } = delivery;
  return refuse('branch-moved', { ticket: run.ticket, branch, commit: committed!, now: sight.tip!, commits: sight.since.map(inWords), remote: target?.remote, ref: target?.ref });
}

/** The branch is at neither the parent nor the commit, or has left the commit again. */
function lostCommit({ ticket }: Run, { intent, prepared, committed }: Delivery, sight: BranchSight): Refusal {
  const { tip, since } = sight;
  const same = sameWork(intent, sight);
  const instead = sight.rewritten ?? same;
  if (prepared !== undefined && instead !== undefined) {
    return refuse('commit-rewritten', { ticket, commit: prepared, rewritten: instead.id, tip: instead.id === tip, sameWork: instead.id === same?.id || undefined });
  }
  return refuse('branch-moved', { ticket, branch: intent.branch, commit: committed ?? intent.parent, now: tip ?? 'nothing', commits: since.map(inWords) });
}

/** The commit is on the branch and not, as far as is known, on the remote. */
function beforePush(run: Run, delivery: Delivery, sight: Sight, answer: { tip?: ObjectId; contains: Containment }): NextStep {
  const { ticket } = run;
  const { intent, committed, pushed } = delivery;
  const { branch, parent } = intent;
  const { remote, ref } = intent.target!;
  const back = sight.theirs === 'behind' && answer.tip !== undefined
    ? [refuse('remote-went-back', { ticket, branch, remote, ref, tip: answer.tip, parent, commits: sight.since.map(inWords) })]
    : [];
  // The push that is offered for commits upon ours would publish what was taken away.
  const moved = back.length === 0 && sight.place === 'below' ? [leftBranch(run, delivery, sight)] : headRefusals(run, delivery, sight);
  if (answer.tip === undefined) return refusal(...moved, refuse('remote-branch-missing', { ticket, branch, ref, remote }));
  if (answer.contains === 'unknown') return refusal(refuse('remote-unknown', { ticket, remote, ref, tip: answer.tip, pushed: pushed !== undefined }));
  if (answer.tip !== parent && sight.theirs !== 'merged' && back.length === 0) {
    return refusal(sight.place === 'below'
      ? refuse('both-moved', { ticket, branch, remote, ref, tip: answer.tip, commit: committed!, commits: sight.since.map(inWords) })
      : refuse('remote-moved', { ticket, remote, ref, tip: answer.tip, commits: [], stage: 'committed' }));
  }
  const refusals = [...moved, ...back, ...holdingRefusals(run, sight)];
  if (refusals.length > 0) return { step: 'refuse', refusals };
  return sight.sent ? refusal(refuse('push-rejected', { ticket, remote, ref, said: 'it answered that it took the commit, and the branch there is where it was.' })) : { step: 'push' };
}

/** Nothing is told of the commit, neither that it is there nor that it is lost, before the history is whole. */
export function cutOff({ ticket }: Run, { intent }: Delivery, tip: ObjectId): Refusal {
  const { remote, ref } = intent.target!;
  return refuse('remote-cut-off', { ticket, remote, ref, tip });
}

/** It was pushed, and then the remote could not be asked. */
function unconfirmed({ ticket }: Run, { intent, committed }: Delivery, said: string): Refusal {
  return refuse('pushed-unconfirmed', { ticket, commit: committed!, remote: intent.target!.remote, said });
}

/** The remote has the commit: what is left is to remember it. */
function afterPush({ committed, pushed, confirmed }: Delivery): NextStep {
  if (committed === undefined) return { step: 'acknowledge' };
  if (pushed === undefined) return { step: 'found' };
  return { step: confirmed === undefined ? 'confirm' : 'finish' };
}
