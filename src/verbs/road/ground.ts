import { sealedLedgerPath } from '../../domain/closing/places.js';
import { deliveryRefusals, targetOf, type Ground, type RemoteAnswer } from '../../domain/delivery/preconditions.js';
import type { Target } from '../../domain/facts.js';
import { withoutDoubles, type Refusal } from '../../domain/problem.js';
import type { RepoPath } from '../../domain/paths.js';
import type { CommitInfo, RemoteConfiguration, Survey } from '../../domain/repository.js';
import { sealedElsewhere } from './sealedElsewhere.js';
import { lookOf, movedHead } from './sighting.js';
import { locked, type Standing } from './standing.js';

/** What a delivery would stand on, and everything that speaks against delivering from it. */
export interface GroundView {
  refusals: Refusal[];
  target?: Target;
  /** The remote's own tip, where it was asked. */
  remoteTip?: string;
}

/**
 * Looks at branch, state of git, identity, target and the remote itself. Discovery does it so that a ticket is refused
 * before the work and not after the review; `deliver` does it again. The remote is asked only when nothing else speaks
 * against it.
 */
export async function lookAtGround(standing: Standing, survey: Survey): Promise<GroundView> {
  const { world: { git }, ticket, run } = standing;
  const { policy } = locked(standing);
  const look = await lookOf(standing);
  const [operation, author, committer, replacements, locks, remote] = await Promise.all([
    look.operation(),
    look.identity('author'),
    look.identity('committer'),
    look.replacements(),
    look.locks(),
    survey.branch === undefined ? noRemote : look.settings().then((settings) => git.remote.configuration(survey.branch!, settings)),
  ]);
  const ground: Ground = { ticket, survey, operation, identity: author && committer, replacements, locks, remote, begun: run.discovery !== undefined };
  const target = survey.branch === undefined ? undefined : targetOf(remote, survey.branch, policy);
  const local = withoutDoubles([...await movedFrom(standing, survey), ...deliveryRefusals(ground, policy)]);
  if (target === undefined || local.length > 0) return { refusals: local, target };
  const asked = await askRemote(standing, target, survey.head!);
  return { refusals: deliveryRefusals({ ...ground, asked }, policy), target, remoteTip: asked.tip };
}

const noRemote: RemoteConfiguration = { remotes: [], pushUrls: [], mirror: false };

/** A ticket that is discovered, for the first time or anew, stands nowhere yet; unless it came to its end below HEAD. */
const movedFrom = async (standing: Standing, survey: Survey): Promise<Refusal[]> =>
  (standing.run.state === 'source_lock_validated' ? sealedElsewhere(standing, survey) : movedHead(standing, survey));

/** The remote's own answer, and which commits lie between it and HEAD as far as they are known here. */
async function askRemote(standing: Standing, target: Target, head: string): Promise<RemoteAnswer> {
  const { git } = standing.world;
  const tip = await git.remote.ask(target, locked(standing).policy.delivery.timeout);
  if (tip === undefined || tip === head) return { target, tip, unpushed: [] };
  const [unpushed, incoming] = await Promise.all([git.history.between(tip, head, 5), git.history.between(head, tip, 5)]);
  const base = await baseOfOwnWork(standing, head, unpushed);
  const delivered = incoming.length === 0 ? undefined : await deliveredMeanwhile(standing, head, tip);
  if (delivered !== undefined) return { target, tip, unpushed, base, incoming, delivered, left: await leftOf(standing) };
  const left = incoming.length === 0 ? [] : await inTheWayOf(standing, head, tip);
  return { target, tip, unpushed, base, incoming, ...(left.length === 0 ? {} : { left }) };
}

/** Uncommitted work of the ticket where these commits, which were fetched, changed something too: git does not pull over it. */
async function inTheWayOf(standing: Standing, head: string, tip: string): Promise<RepoPath[]> {
  const [left, theirs] = [await leftOf(standing), await standing.world.git.trees.difference(head, tip)];
  const changed = new Set(theirs.map(({ path }) => path));
  return left.filter((path) => changed.has(path));
}

/** Where commits that nobody else has seen took up work of the ticket. A merge among them brings other work than its own. */
async function baseOfOwnWork(standing: Standing, head: string, unpushed: readonly CommitInfo[]): Promise<string | undefined> {
  const { world: { git }, run: { discovery } } = standing;
  if (discovery === undefined || unpushed.length === 0 || unpushed.some(({ parents }) => parents.length > 1)) return undefined;
  if (await git.remote.contains(head, discovery.head) !== true) return undefined;
  const { scope } = locked(standing);
  return (await git.trees.difference(discovery.head, head)).some(({ path }) => scope.covers(path)) ? discovery.head : undefined;
}

const leftOf = async ({ world, run }: Standing): Promise<RepoPath[]> => (await (await import('./leftovers.js')).remaining(world, run)).stashable;

/**
 * The commit by which the remote has the sealed ledger of this ticket, and the branch has not. A ticket that began
 * elsewhere too may be done there. A message that names the ticket delivers nothing, nor does what was reverted since.
 */
async function deliveredMeanwhile({ world: { git }, ticket }: Standing, head: string, tip: string): Promise<CommitInfo | undefined> {
  const path = sealedLedgerPath(ticket);
  const [sealed] = await git.trees.idsAt([{ commit: tip, path }]);
  for (const commit of sealed === undefined ? [] : await git.history.writing(path, tip)) {
    if (await git.remote.contains(head, commit.id) === false) return commit;
  }
  return undefined;
}
