import type { ObjectId } from '../changeSet.js';
import type { Evidence, ProofRun, Target } from '../facts.js';
import { compileGlobs } from '../globs.js';
import type { RepoPath } from '../paths.js';
import type { Policy } from '../policy.js';
import { refuse, type Refusal } from '../problem.js';
import { isAddress } from '../remoteName.js';
import { isSamePlace, type CommitInfo, type Identity, type Operation, type RemoteConfiguration, type Survey } from '../repository.js';
import type { TicketId } from '../ticket.js';
import { isUnsafeUrl } from './url.js';

/** What was seen of the ground that a delivery stands on. Everything in it can be known before there is any work. */
export interface Ground {
  ticket: TicketId;
  /** Best a full survey, so that no setting hides a path. */
  survey: Survey;
  operation?: Operation;
  /** Who commits, where git knows both that and whom to name as the author. */
  identity?: Identity;
  /** Names of replacement refs, or of a grafts file. */
  replacements: readonly string[];
  /** Names of git's own lock files. */
  locks: readonly string[];
  /** The configuration of the survey's branch. */
  remote: RemoteConfiguration;
  /** What the remote itself said. Absent when it was not asked: another mode, or refusals that make asking pointless. */
  asked?: RemoteAnswer;
  /** The ticket was discovered before, so a refresh is the way on. */
  begun?: boolean;
}

export interface RemoteAnswer {
  target: Target;
  /** The tip of the target's ref; absent when the remote has no such branch. */
  tip?: ObjectId;
  /** Commits that the branch has and the remote has not, as far as objects here tell; empty when the tip is unknown here. */
  unpushed: readonly CommitInfo[];
  /** Where evidence was gathered, when these commits changed the ticket's scope since: they hold its own work. */
  base?: ObjectId;
  /** Commits that the remote has and the branch has not, as far as they are known here. */
  incoming?: readonly CommitInfo[];
  /** The one among them that delivers this very ticket. */
  delivered?: CommitInfo;
  /** What is not committed of the ticket and would be in the way of those commits. */
  left?: RepoPath[];
}

/**
 * Where the branch is delivered to, or nothing when git's configuration and the policy do not name exactly one safe
 * target; `deliveryRefusals` then says why.
 */
export function targetOf(remote: RemoteConfiguration, branch: string, policy: Policy): Target | undefined {
  if (policy.delivery.mode !== 'commit-push' || targetRefusals('', remote, branch, policy).length > 0) return undefined;
  return { remote: remote.upstream!.remote, ref: remote.upstream!.ref, url: remote.pushUrls[0]! };
}

/**
 * All reasons why nothing could be delivered from here: branch, operation, identity, target and remote. Discovery asks
 * it so that a ticket is refused before the work, and `deliver` asks it again. Call it without `asked` first; when it
 * has no objection and `targetOf` names a target, ask the remote and call it once more with the answer.
 */
export function deliveryRefusals(ground: Ground, policy: Policy): Refusal[] {
  const { ticket, survey, remote, asked } = ground;
  const { mode } = policy.delivery;
  const local = [...branchRefusals(ground, policy), ...stateRefusals(ground)];
  const identity = mode !== 'none' && ground.identity === undefined ? [refuse('identity-missing', { ticket })] : [];
  if (mode !== 'commit-push' || survey.branch?.isWellFormed() !== true) return [...local, ...identity];
  return [
    ...local,
    ...identity,
    ...targetRefusals(ticket, remote, survey.branch, policy),
    ...(asked === undefined ? [] : remoteRefusals(ground, survey.branch, asked)),
  ];
}

function branchRefusals({ ticket, survey: { branch, head } }: Ground, policy: Policy): Refusal[] {
  if (branch === undefined) return [refuse('detached-head', { ticket })];
  if (!branch.isWellFormed()) return [refuse('branch-not-text', { ticket, branch })];
  const allowed = policy.delivery.branches;
  return [
    ...(head === undefined ? [refuse('unborn-head', { ticket, branch })] : []),
    ...(compileGlobs(allowed)(nameOf(branch)) ? [] : [refuse('branch-not-allowed', { ticket, branch, allowed })]),
  ];
}

/** What git itself is in the middle of. */
export function stateRefusals({ ticket, survey, operation, replacements, locks }: Pick<Ground, 'ticket' | 'survey' | 'operation' | 'replacements' | 'locks'>): Refusal[] {
  const unmerged = survey.dirty.filter((dirty) => dirty.kind === 'unmerged').map((dirty) => dirty.path);
  return [
    ...(operation === undefined ? [] : [refuse('operation-in-progress', { ticket, operation })]),
    ...(unmerged.length === 0 ? [] : [refuse('unmerged-entries', { ticket, paths: unmerged })]),
    ...(replacements.length === 0 ? [] : [refuse('replace-refs', { ticket, names: [...replacements] })]),
    ...(locks.length === 0 ? [] : [refuse('git-locked', { locks: [...locks] })]),
  ];
}

/** Exactly one target, on a real remote, under the branch's own name. */
function targetRefusals(ticket: TicketId, configuration: RemoteConfiguration, branch: string, policy: Policy): Refusal[] {
  const wanted = policy.delivery.remote;
  const { upstream, remotes, pushUrls } = configuration;
  if (upstream === undefined) {
    const absent = remotes.includes(wanted) ? [] : [refuse('unknown-remote', { ticket, remote: wanted, remotes })];
    return [...absent, refuse('no-upstream', { ticket, branch, remote: wanted })];
  }
  const { remote, ref } = upstream;
  if (remote === '.') return [refuse('upstream-local', { ticket, branch, remote: wanted })];
  if (isAddress(remote)) return [refuse('upstream-is-url', { ticket, branch, url: remote, remote: wanted, remotes })];
  if (!remotes.includes(remote)) return [refuse('unknown-remote', { ticket, remote, remotes })];
  const push = configuration.pushRemote ?? remote;
  const unsafe = remote.startsWith('-') || /\s/.test(remote) ? [remote] : pushUrls.filter(isUnsafeUrl);
  return [
    ...(remote === wanted && push === remote
      ? []
      : [refuse('ambiguous-target', { ticket, branch, remotes: [`${remote} (upstream)`, `${push} (push)`, `${wanted} (policy)`] })]),
    ...(ref === branch || isNamedPair(policy, branch, ref) ? [] : [refuse('upstream-name-differs', { ticket, branch, upstream: ref, remote })]),
    ...(pushUrls.length === 1 ? [] : [refuse('several-push-urls', { ticket, remote, urls: pushUrls })]),
    ...(configuration.mirror ? [refuse('mirror-remote', { ticket, remote })] : []),
    ...unsafe.map((url) => refuse('unsafe-remote-url', { ticket, remote, url })),
  ];
}

function isNamedPair(policy: Policy, branch: string, ref: string): boolean {
  return policy.delivery.upstream_pairs.some((pair) => pair.local === nameOf(branch) && pair.upstream === nameOf(ref));
}

/** The remote stands where the branch stands: nothing of others would be missed, and nothing private published. */
function remoteRefusals({ ticket, survey, begun, remote: { fetchesElsewhere } }: Ground, branch: string, { target, tip, unpushed, base, incoming, delivered, left }: RemoteAnswer): Refusal[] {
  const { remote, ref } = target;
  if (tip === undefined) return [refuse('remote-branch-missing', { ticket, branch, ref, remote })];
  if (tip === survey.head) return [];
  if (delivered !== undefined) return [refuse('delivered-elsewhere', { ticket, remote, ref, commit: delivered.id, left })];
  const stage = begun === true ? 'begun' : 'new';
  const moved = unpushed.length === 0 || (incoming?.length ?? 0) > 0;
  return [
    ...(moved ? [refuse('remote-moved', { ticket, remote, ref, tip, commits: (incoming ?? []).map(inWords), stage, ...(left === undefined ? {} : { left }), ...(fetchesElsewhere === undefined ? {} : { fetchesElsewhere }) })] : []),
    ...(unpushed.length === 0 ? [] : [refuse('unpushed-commits', { ticket, branch, remote, ref, commits: unpushed.map(inWords), ...(base === undefined ? {} : { base }) })]),
  ];
}

/**
 * HEAD is where it was when the ticket was discovered. `commits` are those that came since, for the answer; `lastRun` is
 * the last run of a proof, which may have taken it there; `gone`, that the ticket's branch does not exist any more.
 */
export function movedRefusals({ ticket, discovery, survey, commits, lastRun, gone = false }: {
  ticket: TicketId;
  discovery: Evidence<'repository_discovered'>;
  survey: Survey;
  commits: readonly CommitInfo[];
  lastRun?: Pick<ProofRun, 'proof' | 'moved'>;
  gone?: boolean;
}): Refusal[] {
  const { branch, head } = discovery;
  const moved = lastRun?.moved;
  if (moved !== undefined && isSamePlace(moved.was, { branch, head }) && isSamePlace(moved.now, survey)) return [refuse('proof-moved-head', { ticket, proof: lastRun!.proof, ...moved })];
  if (survey.branch === undefined) return [refuse('detached-head', { ticket })];
  if (survey.branch !== branch) return [refuse('branch-switched', { ticket, was: branch, now: survey.branch, ...(gone ? { gone: { head, renamed: isRenamed(discovery, survey) } } : {}) })];
  if (survey.head === undefined) return [refuse('unborn-head', { ticket, branch })];
  return survey.head === head ? [] : [refuse('head-moved', { ticket, branch, was: head, now: survey.head, commits: commits.map(inWords) })];
}

/** A branch that is renamed keeps its upstream. */
const isRenamed = ({ target }: Pick<Evidence<'repository_discovered'>, 'target'>, { upstream }: Survey): boolean =>
  target !== undefined && upstream === `${target.remote}/${nameOf(target.ref)}`;

/** A branch's name without `refs/heads/`. */
export const nameOf = (ref: string): string => ref.replace(/^refs\/heads\//, '');

/** A commit as a line for people. */
export const inWords = (commit: CommitInfo): string => `${commit.id.slice(0, 12)} ${commit.subject}`;
