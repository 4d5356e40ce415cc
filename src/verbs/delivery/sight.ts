import type { ChangedPath, ObjectId } from '../../domain/changeSet.js';
import { sealedLedgerPath } from '../../domain/closing/places.js';
import type { Intent } from '../../domain/delivery/intent.js';
import type { Sight } from '../../domain/delivery/resume.js';
import { madeFor, union } from '../../domain/delivery/sets.js';
import { isCredential } from '../../domain/executingSettings.js';
import type { RepoPath } from '../../domain/paths.js';
import type { Refusal } from '../../domain/problem.js';
import type { CommitInfo } from '../../domain/repository.js';
import type { RemoteTip } from '../../world/git/index.js';
import { uncomparedRefusals } from '../road/agreement.js';
import { keptFingerprints, usableFingerprints } from '../road/keptBaseline.js';
import { alteredThings, lookAgain, type Altered } from '../road/sighting.js';
import type { Standing } from '../road/standing.js';
import { underway } from './underway.js';

/** How many commits are named in an answer. */
const MOST = 5;

/** What a step leaves behind that need not be asked again: it has just been asked, or the step itself made it so. */
export type Known = Partial<Pick<Sight, 'head' | 'remote' | 'index' | 'sent' | 'tidiedAway'>>;

/** What came of a step: why it stopped, and what is known after it. */
export interface Progress {
  refusals: readonly Refusal[];
  known: Known;
}

export const stopped = (...refusals: Refusal[]): Progress => ({ refusals, known: {} });
export const goingOn = (known: Known = {}): Progress => ({ refusals: [], known });
/** Goes on with what is known, unless there is a reason not to. */
export const goingOnUnless = (refusals: readonly Refusal[], known: Known = {}): Progress => (refusals.length > 0 ? stopped(...refusals) : goingOn(known));

/** `filters`: git could start what nobody agreed to as soon as it compares files. */
export type AlteredMeanwhile = NonNullable<Sight['altered']> & { filters: boolean };

/**
 * What executes or redirects is compared when a delivery is planned. One that was begun before has lain open since, so
 * it is compared again when it is taken up.
 */
export async function alteredMeanwhile(standing: Standing): Promise<AlteredMeanwhile | undefined> {
  const { run: { delivery, end } } = standing;
  if (delivery === undefined || end !== undefined) return undefined;
  // Once git has pushed, only the remote's word is missing, which must not hang upon what is kept privately.
  const kept = delivery.pushed === undefined ? await keptFingerprints(standing) : await usableFingerprints(standing);
  if (kept === undefined) return uncompared(standing);
  lookAgain(standing);
  const altered = await alteredThings(standing, kept);
  return { redirects: altered.some((one) => leadsElsewhere(standing, one)), filters: altered.some(({ kind }) => FILTERING.has(kind)), refusals: altered.map(({ refusal }) => refusal) };
}

/** What was altered while a program ran. One that removed what is remembered took along what there is to compare with. */
export async function alteredBeside(standing: Standing): Promise<AlteredMeanwhile | undefined> {
  await standing.world.ledger.demand(standing.ticket);
  return alteredMeanwhile(standing);
}

function uncompared(standing: Standing): AlteredMeanwhile | undefined {
  standing.compared = standing.look;
  const refusals = uncomparedRefusals(standing);
  return refusals.length === 0 ? undefined : { redirects: true, filters: true, refusals };
}

/**
 * Any setting can lead to another remote, or let another one answer. A person who asks what the remote has taken may
 * have other credentials by then.
 */
function leadsElsewhere({ run: { delivery }, world: { session: { agent } } }: Standing, { kind, names }: Altered): boolean {
  return kind === 'config' && !(delivery?.pushed !== undefined && agent === undefined && names.every((key) => isCredential({ key })));
}

/** What decides which filters git starts when it compares files. */
const FILTERING: ReadonlySet<Altered['kind']> = new Set(['filters', 'attributes', 'config']);

/** Looks at branch, index and remote: everything that tells how far a delivery got. Only what is not known is asked. */
export async function lookAtDelivery(standing: Standing, known: Known = {}, altered?: Sight['altered']): Promise<Sight> {
  const { git } = standing.world;
  const { delivery, intent } = underway(standing);
  const [{ head, remote }, operation, index] = await Promise.all([
    askBetweenHeads(standing, known, altered),
    git.repository.operation(),
    // Once the branch has the commit, what the index holds decides nothing any more.
    known.index ?? (delivery.committed === undefined ? git.trees.readIndex(deliveredPaths(intent)) : []),
  ]);
  const tip = head.ref === intent.branch ? head.id : await git.branch.read(intent.branch);
  const [place, theirs] = await Promise.all([lookAtBranch(standing, delivery.prepared, intent.parent, tip), whereTheirsStands(standing, remote, tip)]);
  return { head, tip, operation, index, remote, theirs, altered, sent: known.sent, ...place };
}

/** The same look for going on, which stands on what was made so far: whether it is all there still. */
export async function lookToGoOn(standing: Standing, known: Known, altered: Sight['altered']): Promise<Sight> {
  const sight = await lookAtDelivery(standing, known, altered);
  return { ...sight, tidiedAway: known.tidiedAway ?? await isTidiedAway(standing, sight) };
}

/** It is asked only where that decides something: what the branch names, git keeps. */
async function isTidiedAway(standing: Standing, { tip }: Sight): Promise<boolean> {
  const { delivery, intent } = underway(standing);
  return delivery.committed === undefined && tip === intent.parent && (await standing.world.git.trees.lacking(madeFor(delivery))).length > 0;
}

/** Where what somebody else put on the remote stands here. It is asked only where that decides something. */
async function whereTheirsStands(standing: Standing, remote: Sight['remote'], tip: ObjectId | undefined): Promise<Sight['theirs']> {
  const { intent: { parent } } = underway(standing);
  if (tip === undefined || remote?.tip === undefined || remote.contains !== false || remote.tip === parent) return undefined;
  const { contains } = standing.world.git.remote;
  if (await contains(parent, remote.tip) === true) return 'behind';
  return await contains(tip, remote.tip) === true ? 'merged' : 'apart';
}

export const deliveredPaths = (intent: Intent): RepoPath[] => union(intent).map((entry) => entry.path);

/** Where the prepared commit stands on the branch, and what came since. */
export async function lookAtBranch(standing: Standing, commit: ObjectId | undefined, parent: ObjectId, tip: ObjectId | undefined): Promise<Pick<Sight, 'place' | 'since' | 'difference' | 'rewritten'>> {
  const { git } = standing.world;
  if (tip === undefined || tip === parent) return { place: 'absent', since: [] };
  if (tip === commit) return { place: 'tip', since: [] };
  if (commit !== undefined && await git.remote.contains(tip, commit) === true) return { place: 'below', since: await git.history.between(commit, tip, MOST) };
  const [since, difference] = await Promise.all([git.history.between(parent, tip, MOST), git.trees.difference(parent, tip)]);
  return { place: 'absent', since, difference, rewritten: commit === undefined ? undefined : await rewrittenAs(standing, difference, tip) };
}

/** The commit that brought the sealed ledger of this delivery to where the branch is. A message can be copied onto anything, and a stranger's commit is not to be taken back. */
async function rewrittenAs(standing: Standing, difference: readonly ChangedPath[], tip: ObjectId): Promise<CommitInfo | undefined> {
  const { intent } = underway(standing);
  const path = sealedLedgerPath(standing.ticket);
  const there = difference.find((entry) => entry.path === path);
  if (there === undefined || intent.records.every((entry) => entry.path !== path || entry.newId !== there.newId)) return undefined;
  return (await standing.world.git.history.writing(path, tip, intent.parent))[0];
}

/** Asks the remote between two equal readings of HEAD, so that the answer and HEAD belong to one moment. */
async function askBetweenHeads(standing: Standing, known: Known, altered: Sight['altered']): Promise<Pick<Sight, 'head' | 'remote'>> {
  const { git } = standing.world;
  const { delivery, intent, seconds } = underway(standing);
  let head = await (known.head ?? git.branch.head());
  const isAsked = known.remote === undefined && altered?.redirects !== true;
  if (!isAsked || delivery.committed === undefined || intent.target === undefined) return { head, remote: known.remote };
  for (;;) {
    // Before a push, a remote that does not answer is a failure of the world; after it, the delivery waits for an answer.
    const answer: RemoteTip = delivery.pushed === undefined
      ? { reached: true, tip: await git.remote.ask(intent.target, seconds) }
      : await git.remote.answer(intent.target, seconds);
    const now = await git.branch.head();
    const isSame = now.ref === head.ref && now.id === head.id;
    head = now;
    if (!isSame) continue;
    if (!answer.reached) return { head, remote: answer };
    const { tip } = answer;
    const contains = tip === undefined ? false : tip === delivery.committed || await git.remote.contains(tip, delivery.committed);
    return { head, remote: { reached: true, tip, contains } };
  }
}
