import { intentOf, setRefusals, workRefusals, type Work } from '../../domain/delivery/intent.js';
import { overlapping, union, type Sets } from '../../domain/delivery/sets.js';
import type { ChangedPath, ChangeSet, ObjectId } from '../../domain/changeSet.js';
import type { IndexEntry, Target } from '../../domain/facts.js';
import { truthOf } from '../../domain/gitSettings.js';
import { isUnder, type RepoPath } from '../../domain/paths.js';
import { rawDiff } from '../../domain/porcelain.js';
import { granted, refused, withoutDoubles, type Verdict } from '../../domain/problem.js';
import type { Survey } from '../../domain/repository.js';
import type { ClosingRecord } from '../../domain/closing.js';
import { recordsFolder, sealedLedgerPath } from '../../domain/closing/places.js';
import { sealedLines } from '../../domain/seal.js';
import type { Gathering, Look } from '../../world/git/index.js';
import { lookAtGround } from '../road/ground.js';
import { pristineAmong } from '../road/pristine.js';
import { layDown, obstaclesAt } from '../road/recordPlaces.js';
import { alteredRefusals, groundRefusals, lookOf, measurable, sourceRefusals, type Sighting } from '../road/sighting.js';
import { locked, LostRace, ticketPath, type Standing } from '../road/standing.js';
import { COMMIT_HOOKS } from './besideHook.js';
import { readEvidence, rewrittenEvidence, type EvidenceOnDisk } from './evidenceFiles.js';
import { rememberTree } from './prepare.js';
import { stopped, type Progress } from './sight.js';
import { enter } from './underway.js';

/** What a delivery would carry, and to where. */
export interface Plan {
  paths: RepoPath[];
  target?: Target;
  look: Look;
  head: { ref?: string; id?: ObjectId };
  index: readonly IndexEntry[];
  /** Product, memory and records as they stand, measured in one index. */
  gathering: Gathering;
}

/**
 * Looks at ground and work, and answers what would be delivered, or all reasons why nothing is. Everything that the
 * states before demanded is demanded again: time has passed since. Writes nothing in a dry run.
 */
export const planDelivery = (standing: Standing): Promise<Verdict<Plan>> => measurable(standing, () => planOf(standing));

async function planOf(standing: Standing): Promise<Verdict<Plan>> {
  const paths = deliveredPaths(standing);
  // Before git compares a file or asks the remote: either may run or follow what nobody agreed to.
  const altered = await alteredRefusals(standing);
  if (altered.length > 0) return refused([...await sourceRefusals(standing), ...altered]);
  const look = await lookOf(standing);
  const survey = await look.fullSurvey();
  const [gathering, ground] = await Promise.all([gather(standing, survey), lookAtGround(standing, survey)]);
  const product = partOf(standing, gathering, (path) => locked(standing).scope.covers(path) || isProved(standing, path));
  const sighting: Sighting = { look, survey, change: product, besides: 0, by: 'measure' };
  const index = await look.entriesAt(paths);
  const evidence = await readEvidence(standing);
  const work = await lookAtWork(standing, { paths, look, survey, index, product: product.entries, gathering, evidence, target: ground.target });
  const refusals = withoutDoubles([
    ...await groundRefusals(standing, sighting),
    ...ground.refusals,
    ...workRefusals(standing.run, paths, work),
    ...await rewrittenEvidence(standing, evidence.intact, gathering.change.entries),
    ...await obstaclesAt(standing.world, [sealedLedgerPath(standing.ticket)]),
  ]);
  if (refusals.length > 0) return refused(refusals);
  return granted({ paths, target: ground.target, look, index, gathering, head: { ref: survey.branch, id: survey.head } });
}

/**
 * Seals the records and remembers the intent: from here on, everything that will be done is fixed. The tree is made of
 * what was measured, and what git finds in it must be exactly the three sets. Answers what is known to be so now.
 */
export async function begin(standing: Standing, { look, index, gathering, head, target }: Plan): Promise<Progress> {
  const { world, run } = standing;
  const sealed = await sealedLedger(standing);
  const inTheWay = await layDown(standing, [sealed], []);
  if (inTheWay.length > 0) return stopped(...inTheWay);
  world.tell('Building the tree');
  const { tree, difference } = await gathering.close([sealed.path]);
  const sets = setsOf(standing, difference);
  const refusals = [...setRefusals(run, sets), ...await rewrittenEvidence(standing, [{ path: sealed.path, contents: [sealed.content] }], difference)];
  if (refusals.length > 0) return stopped(...refusals);
  const sign = truthOf(await look.settings(), 'commit.gpgsign') === true;
  const date = world.clock.now().toISOString().replace(/\.\d+Z$/, 'Z');
  const [author, committer] = await Promise.all([look.identity('author'), look.identity('committer')]);
  const evidence = intentOf(run, { ticket: locked(standing).ticket, sets, index, seal: world.digest(sealed.content), author: author!, committer: committer!, date, sign });
  await enter(standing, { state: 'git_delivery_started', evidence });
  const strange = await rememberTree(standing, tree, difference);
  // The ground was refused unless the remote stood at the parent.
  const remote = target === undefined ? undefined : { reached: true, tip: evidence.parent, contains: false } as const;
  // A ticket that is committed already stands in the index, and is no part of what is delivered.
  const delivered = overlapping(union(sets).map(({ path }) => path));
  return { refusals: strange, known: { head, index: index.filter(({ path }) => delivered(path)), remote, tidiedAway: false } };
}

/** Every path that may be delivered: the product, the memory, the records and the sealed ledger. */
function deliveredPaths({ run }: Standing): RepoPath[] {
  return [...new Set([
    ...run.change!.changeSet.entries.map((entry) => entry.path),
    ...run.curation!.memory.map((entry) => entry.path),
    ...recordPaths(run.ticket, run.curation!.records),
  ])];
}

const recordPaths = (ticket: string, records: readonly { path: RepoPath }[]): RepoPath[] =>
  [...new Set([ticketPath(ticket), ...records.map((record) => record.path), sealedLedgerPath(ticket)])];

/** Measures everything that may be delivered: the ticket's changes as they are now, and those that were recorded. */
function gather({ world: { git }, run, wishes, ticket }: Standing, survey: Survey): Promise<Gathering> {
  const { scope } = locked({ run, ticket });
  const product = survey.dirty.map((dirty) => dirty.path).filter((path) => scope.covers(path));
  const { base, entries } = run.change!.changeSet;
  const { memory, records } = run.curation!;
  const paths = [...product, ...entries.map((entry) => entry.path), ...memory.map((entry) => entry.path), ...records.map((record) => record.path), ticketPath(ticket)];
  return git.changes.gather(base, [...new Set(paths)], wishes.dryRun ? 'private' : 'repository');
}

/** The part of what was measured that lies at some paths, with a digest of its own. */
function partOf({ world }: Standing, { change }: Gathering, isPart: (path: RepoPath) => boolean): ChangeSet {
  const entries = change.entries.filter((entry) => isPart(entry.path));
  return { base: change.base, entries, digest: world.digest(rawDiff(entries)) };
}

const isProved = ({ run }: Standing, path: RepoPath): boolean => run.change!.changeSet.entries.some((entry) => entry.path === path);

interface Found extends Pick<Work, 'index' | 'product' | 'target'> {
  paths: readonly RepoPath[];
  look: Look;
  survey: Survey;
  gathering: Gathering;
  evidence: EvidenceOnDisk;
}

async function lookAtWork(standing: Standing, { paths, look, survey, index, product, gathering, evidence, target }: Found): Promise<Work> {
  const { world: { git }, run } = standing;
  const memory = new Set(run.curation!.memory.map((entry) => entry.path));
  // No rule was meant for records: a log of a proof is no log that lies about.
  const meant = paths.filter((path) => !isUnder(path, recordsFolder(run.ticket)));
  const [ignored, hooks] = await Promise.all([look.ignored(meant), git.hooks.existing(COMMIT_HOOKS, await look.hooksFolder())]);
  const delivered = new Set(paths);
  const besides = survey.dirty.map((dirty) => dirty.path).filter((path) => !delivered.has(path));
  const dirtyBesides = besides.length - (await pristineAmong(standing.world, besides)).length;
  return { product, memory: partOf(standing, gathering, (path) => memory.has(path)).entries, changedRecords: evidence.edited, index, ignored, hooks, dirty: survey.dirty, dirtyBesides, target };
}

/** The facts, to lie beside the other records byte for byte. The digest of that file is the seal. */
async function sealedLedger({ world, ticket, view }: Standing): Promise<ClosingRecord> {
  const lines = await world.ledger.lines(ticket);
  if (lines.length !== view.facts.length) throw new LostRace(ticket);
  return { path: sealedLedgerPath(ticket), content: sealedLines(lines) };
}

/** The three sets: product and memory are what was proved; records are what stands on disk now. */
function setsOf({ run }: Standing, difference: readonly ChangedPath[]): Sets {
  const records = new Set(recordPaths(run.ticket, run.curation!.records));
  return { product: run.change!.changeSet.entries, memory: run.curation!.memory, records: difference.filter((entry) => records.has(entry.path)) };
}
