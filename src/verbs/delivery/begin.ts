import { intentOf, setRefusals, workRefusals, type Work } from '../../domain/delivery/intent.js';
import { deliveredEntries, type Sets } from '../../domain/delivery/sets.js';
import type { Target } from '../../domain/facts.js';
import type { RepoPath } from '../../domain/paths.js';
import { freshGate } from '../../domain/gates.js';
import { granted, refused, withoutDoubles, type Verdict } from '../../domain/problem.js';
import type { Survey } from '../../domain/repository.js';
import { sealedLedgerPath } from '../../domain/closing/places.js';
import { sealedLines } from '../../domain/seal.js';
import type { HookName } from '../../world/git/index.js';
import { lookAtGround } from '../road/ground.js';
import { pristineAmong } from '../road/pristine.js';
import { alteredRefusals, groundRefusals, sight, strayRefusals } from '../road/sighting.js';
import { locked, LostRace, ticketPath, type Standing } from '../road/standing.js';
import { enter } from './underway.js';

/** What a delivery would carry, and to where. */
export interface Plan {
  paths: RepoPath[];
  target?: Target;
}

/**
 * Looks at ground and work, and answers what would be delivered, or all reasons why nothing is. Everything that the
 * states before demanded is demanded again: time has passed since. Writes nothing in a dry run.
 */
export async function planDelivery(standing: Standing): Promise<Verdict<Plan>> {
  const paths = deliveredPaths(standing);
  const { survey, change } = await sight(standing);
  const ground = await lookAtGround(standing, survey);
  const work = await lookAtWork(standing, paths, survey, ground.target);
  const refusals = withoutDoubles([
    ...await groundRefusals(standing, survey),
    ...freshGate(standing.run, change),
    ...await strayRefusals(standing, survey),
    ...await alteredRefusals(standing),
    ...ground.refusals,
    ...workRefusals(standing.run, paths, work),
  ]);
  return refusals.length > 0 ? refused(refusals) : granted({ paths, target: ground.target });
}

/** Seals the records and remembers the intent: from here on, everything that will be done is fixed. */
export async function begin(standing: Standing): Promise<Verdict<void>> {
  const { world, run } = standing;
  const { git } = world;
  const seal = await sealRecords(standing);
  const sets = await measureSets(standing);
  const doubled = setRefusals(run, sets);
  if (doubled.length > 0) return refused(doubled);
  const [identity, sign, index] = await Promise.all([
    git.repository.identity(), git.trees.signs(), git.trees.readIndex(deliveredEntries(sets).map((entry) => entry.path)),
  ]);
  const date = world.clock.now().toISOString().replace(/\.\d+Z$/, 'Z');
  const evidence = intentOf(run, { ticket: locked(standing).ticket, sets, index, seal, identity: identity!, date, sign });
  await enter(standing, { state: 'git_delivery_started', evidence });
  return granted(undefined);
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

async function lookAtWork(standing: Standing, paths: readonly RepoPath[], survey: Survey, target: Target | undefined): Promise<Work> {
  const { world: { git }, run, wishes } = standing;
  const store = wishes.dryRun ? 'private' : 'repository';
  const base = run.change!.changeSet.base;
  const product = await git.changes.of(base, run.change!.changeSet.entries.map((entry) => entry.path), store);
  const memory = await git.changes.of(base, run.curation!.memory.map((entry) => entry.path), store);
  const [changedRecords, index, ignored, hooks] = await Promise.all([
    editedRecords(standing), git.trees.readIndex(paths), git.repository.ignored(paths), existingHooks(standing),
  ]);
  const delivered = new Set(paths);
  const besides = survey.dirty.map((dirty) => dirty.path).filter((path) => !delivered.has(path));
  const dirtyBesides = besides.length - (await pristineAmong(standing.world, besides)).length;
  return { product, memory: memory.entries, changedRecords, index, ignored, hooks, dirtyBesides, target };
}

/** Records on disk that are not, byte for byte, what curation listed. */
async function editedRecords({ world, run }: Standing): Promise<RepoPath[]> {
  const edited: RepoPath[] = [];
  for (const { path, digest } of run.curation!.records) {
    const content = await world.files.read(path);
    if (content === undefined || world.digest(content) !== digest) edited.push(path);
  }
  return edited;
}

const COMMIT_HOOKS: readonly HookName[] = ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit'];

async function existingHooks({ world: { git } }: Standing): Promise<HookName[]> {
  const exist = await Promise.all(COMMIT_HOOKS.map((hook) => git.hooks.exists(hook)));
  return COMMIT_HOOKS.filter((_, at) => exist[at]);
}

/** Lays the facts down beside the other records, byte for byte. The digest of that file is the seal. */
async function sealRecords({ world, ticket, view }: Standing): Promise<string> {
  const lines = await world.ledger.lines(ticket);
  if (lines.length !== view.facts.length) throw new LostRace(ticket);
  const sealed = sealedLines(lines);
  await world.files.write(sealedLedgerPath(ticket), sealed);
  return world.digest(sealed);
}

/** The three sets as objects of the repository. Product and memory are what was proved; records are what stands on disk now. */
async function measureSets({ world: { git }, run }: Standing): Promise<Sets> {
  const { base, entries: product } = run.change!.changeSet;
  const { memory, records } = run.curation!;
  const measured = await git.changes.of(base, recordPaths(run.ticket, records), 'repository');
  return { product, memory, records: measured.entries };
}
