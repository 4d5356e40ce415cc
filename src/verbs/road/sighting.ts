import { sameInWorktree, strays } from '../../domain/baseline.js';
import type { ChangeSet } from '../../domain/changeSet.js';
import { compileGlobs } from '../../domain/globs.js';
import { freshGate, lockGate, roundsGate } from '../../domain/gates.js';
import type { RepoPath } from '../../domain/paths.js';
import { granted, refuse, refused, type Refusal, type Verdict } from '../../domain/problem.js';
import { claimHolder } from '../../domain/claim.js';
import { isSamePlace, type FingerprintDetails, type RawContent, type Survey } from '../../domain/repository.js';
import { hasReached } from '../../domain/road.js';
import { writerOf } from '../../domain/temporaries.js';
import type { World } from '../../world/index.js';
import type { Look } from '../../world/git/index.js';
import type { PrivateBaseline } from '../../world/privateState.js';
import { copiesOf } from './copies.js';
import { keptBaseline, keptFingerprints } from './keptBaseline.js';
import { discovered, locked, ticketPath, type Standing } from './standing.js';

/** What a look at the repository shows once a ticket is under way. */
export interface Sighting {
  look: Look;
  survey: Survey;
  /** The ticket's change as it is now. */
  change: ChangeSet;
  /** How many paths besides are not clean. */
  besides: number;
  /** Whether git measured the change, or the bytes that it was measured from still stand there. */
  by: 'measure' | 'bytes';
}

/** The look that is still true, or a new one. */
export async function lookOf(standing: Standing): Promise<Look> {
  return standing.look ??= await standing.world.git.look();
}

/** Something ran or was written: what was seen before may not be so any more. */
export function lookAgain(standing: Standing): void {
  standing.look = undefined;
  standing.sighting = undefined;
}

/** What stands in the worktree where a file is needed: it waits for a person, and the world did not fail. */
const NO_FILES = ['not-a-file', 'nested-repository', 'path-through-link'] as const;

/** Decides by what needs files to be files. Where something else stands, that is a reason to say no. */
export async function measurable<T>({ world }: Pick<Standing, 'world'>, decide: () => Promise<Verdict<T>>): Promise<Verdict<T>> {
  const tried = await world.attempt(decide, NO_FILES);
  return tried.ok ? tried.value : refused([tried.problem]);
}

/** A file's bytes; nothing where none stands there, and a no where something else does. */
export const readMeasurable = (world: World, path: RepoPath): Promise<Verdict<Buffer | undefined>> =>
  measurable({ world }, async () => granted(await world.files.read(path)));

/**
 * Looks at the change of the ticket. While its files hold the very bytes that the change was measured from, it is that
 * change; git is not asked again, and `measure` finds out whether filters make something else of those bytes by now.
 */
export async function sight(standing: Standing): Promise<Sighting> {
  return standing.sighting ??= await sightByBytes(standing) ?? await measure(standing);
}

/** Measures the change of the ticket: the paths in scope that differ from the base, as git would commit them. */
export async function measure(standing: Standing): Promise<Sighting> {
  if (standing.sighting?.by === 'measure') return standing.sighting;
  const look = await lookOf(standing);
  const survey = await look.fullSurvey();
  const product = productOf(standing, survey);
  const change = await standing.world.git.changes.of(discovered(standing).head, product, 'private');
  return standing.sighting = { look, survey, change, besides: survey.dirty.length - product.length, by: 'measure' };
}

async function sightByBytes(standing: Standing): Promise<Sighting | undefined> {
  const { change } = standing.run;
  if (change?.raw === undefined || change.changeSet.base !== discovered(standing).head) return undefined;
  const look = await lookOf(standing);
  const survey = await look.survey();
  const product = productOf(standing, survey);
  const same = survey.head === change.changeSet.base && await isUnchanged(look, product, change.raw);
  return same ? { look, survey, change: change.changeSet, besides: survey.dirty.length - product.length, by: 'bytes' } : undefined;
}

const productOf = (standing: Standing, { dirty }: Survey): RepoPath[] => {
  const { scope } = locked(standing);
  return dirty.map(({ path }) => path).filter((path) => scope.covers(path));
};

/** The bytes of a change's paths are as they were when it was measured, and no other path of the scope is dirty. */
async function isUnchanged(look: Look, product: readonly RepoPath[], raw: readonly RawContent[]): Promise<boolean> {
  const before = new Map(raw.map((content) => [content.path, content]));
  if (!product.every((path) => before.has(path))) return false;
  return (await look.contents([...before.keys()])).every((content) => sameInWorktree(before.get(content.path), content));
}

/** Paths of the change that hold the very bytes that the evidence was gathered for: only filters can have changed them. */
export async function unchangedBytes(standing: Standing): Promise<(path: RepoPath) => boolean> {
  const raw = standing.run.change?.raw ?? [];
  const now = await (await lookOf(standing)).contents(raw.map(({ path }) => path));
  const same = new Set(now.filter((content, at) => sameInWorktree(raw[at], content)).map(({ path }) => path));
  return (path) => same.has(path);
}

/**
 * Everything that evidence stands on must still hold, whatever comes next: the locked sources, the claim, branch and
 * HEAD; the change that it was gathered for; and no other work moved.
 */
export async function groundRefusals(standing: Standing, sighting: Sighting): Promise<Refusal[]> {
  const [anchors, strayed] = await Promise.all([anchorRefusals(standing, sighting), strayRefusals(standing, sighting)]);
  return [...anchors, ...await freshRefusals(standing, sighting), ...strayed];
}

async function freshRefusals(standing: Standing, { change, survey }: Sighting): Promise<Refusal[]> {
  const { run } = standing;
  // What was committed meanwhile differs from HEAD no more: that it moved is told, and nothing can be told of the change.
  if (survey.head !== discovered(standing).head) return [];
  // A writer to whom the work went back makes another change; evidence for that is gathered anew.
  const isSettled = !hasReached(run.state, 'implementation_complete') || change.digest === run.change?.changeSet.digest;
  const stale = isSettled ? [] : freshGate(run, change, await unchangedBytes(standing));
  // The way on is to take the work back, which may need a person first.
  return stale.length === 0 ? [] : [...roundsGate(run), ...stale];
}

/** The locked sources, the claim, branch and HEAD. */
export const anchorRefusals = async (standing: Standing, { survey }: Pick<Sighting, 'survey'>): Promise<Refusal[]> =>
  [...await sourceRefusals(standing), ...await movedHead(standing, survey)];

/** The locked sources and the claim, for which git is not asked. */
export async function sourceRefusals(standing: Standing): Promise<Refusal[]> {
  const { world, run, ticket } = standing;
  const [file, policy, claims] = await Promise.all([
    world.files.read(ticketPath(ticket)), world.files.read(run.lock!.policy.path), world.ledger.claims(),
  ]);
  const holder = claimHolder(claims.facts);
  return [
    ...lockGate(run, {
      ...(file === undefined ? {} : { ticket: world.digest(file) }),
      ...(policy === undefined ? {} : { policy: world.digest(policy) }),
      editedSpecs: await editedSpecs(standing),
    }),
    ...(holder === undefined || holder === ticket ? [] : [refuse('writer-busy', { ticket, holder })]),
  ];
}

async function editedSpecs({ world, run }: Standing): Promise<RepoPath[]> {
  const { scope } = locked({ run, ticket: run.ticket });
  // A ticket may have its own specs in scope: then their change is its product.
  const others = run.lock!.specs.filter(({ path }) => !scope.covers(path));
  const edited = await Promise.all(others.map(async ({ path, digest }) => {
    const bytes = await readMeasurable(world, path);
    return bytes.ok && bytes.value !== undefined && world.digest(bytes.value) === digest ? [] : [path];
  }));
  return edited.flat();
}

/** Whether HEAD is still where evidence is being gathered. */
export async function movedHead(standing: Standing, survey: Survey): Promise<Refusal[]> {
  const { world, ticket, run } = standing;
  const { discovery } = run;
  // After a refresh the discovery is that of the lock before, and the next one looks anew.
  if (discovery === undefined || !hasReached(run.state, 'repository_discovered')) return [];
  if (isSamePlace(discovery, survey)) return [];
  const moved = survey.head !== undefined && survey.head !== discovery.head;
  const elsewhere = moved && survey.branch === discovery.branch ? await (await import('./sealedElsewhere.js')).sealedElsewhere(standing, survey) : [];
  if (elsewhere.length > 0) return elsewhere;
  const commits = moved ? await world.git.history.between(discovery.head, survey.head!, 5) : [];
  const gone = survey.branch !== undefined && survey.branch !== discovery.branch && await world.git.branch.read(discovery.branch) === undefined;
  const { movedRefusals } = await import('../../domain/delivery/preconditions.js');
  return movedRefusals({ ticket, discovery, survey, commits, lastRun: run.proofRuns.at(-1), gone });
}

/**
 * Work outside the scope that was not there when the ticket began; and what must go from there because the change takes
 * its place, whoever removed it: a file where a folder is tracked, or the reverse.
 */
export async function strayRefusals(standing: Standing, { look, survey, change }: Pick<Sighting, 'look' | 'survey' | 'change'>): Promise<Refusal[]> {
  const { scope, policy } = locked(standing);
  const { ticket } = standing;
  const displaced = change.entries.map(({ path }) => path).filter((path) => !scope.covers(path));
  const kept = await keptBaseline(standing);
  const authorized = compileGlobs(policy.authorized);
  const told = new Set([...displaced, ...kept.mine, ...standing.wishes.mine ?? []]);
  const exempt = (path: RepoPath): boolean =>
    scope.covers(path) || scope.isManaged(path) || scope.isMemory(path) || told.has(path) || authorized(path) || isWorkflowArtefact(path);
  const candidates = [...new Set([...survey.dirty.map((dirty) => dirty.path), ...kept.baseline.paths.map((identity) => identity.path)])];
  const now = await look.contents(candidates.filter((path) => !exempt(path)));
  const strayed = strays(kept.baseline.paths, now, exempt);
  // Who only looks writes nothing.
  const swept = standing.wishes.dryRun ? [] : await sweptAway(standing, strayed);
  const found = strayed.filter((path) => !swept.includes(path));
  const copies = standing.wishes.dryRun ? [] : await copiesOf(standing, found, kept.baseline.paths);
  const isQuick = standing.run.lock?.ticket.content.class === 'quick';
  return [
    ...(displaced.length === 0 ? [] : [refuse('displaced-paths', { ticket, isQuick, paths: displaced })]),
    ...(found.length === 0 ? [] : [refuse('outside-scope', { ticket, isQuick, paths: found, copies })]),
  ];
}

/** What runs of ours were writing when they were killed, and is away now. What a ticket may change is never touched. */
async function sweptAway({ world: { files } }: Standing, strayed: readonly RepoPath[]): Promise<RepoPath[]> {
  const temporaries = strayed.filter((path) => writerOf(path) !== undefined);
  if (temporaries.length === 0) return [];
  await files.sweep(temporaries);
  const kinds = await Promise.all(temporaries.map((path) => files.kind(path)));
  return temporaries.filter((_, at) => kinds[at] === 'absent');
}

/** Other tickets, drafts, reviews and progress may be written while a ticket is under way: they are nobody's product. */
export const isWorkflowArtefact = (path: RepoPath): boolean => /^tickets\/[^/]+\.yaml$/.test(path) || /^tickets\/(?:records\/[^/]+\/)?drafts\//.test(path)
  || /^docs\/(review|progress)\/.+\.md$/.test(path);

const WHAT: Record<keyof FingerprintDetails, string> = {
  hooks: 'A hook',
  filters: 'A filter',
  attributes: "git's attributes, ignore rules or sparse checkout",
  agents: 'Executable agent configuration',
  config: 'A config key that executes, redirects or hides',
};

/** The name as a path of the worktree, which a ticket may have in its scope. Hooks, filters and config keys never are in it; the files that they start may be. */
function pathNamed(kind: keyof FingerprintDetails, name: string): RepoPath | undefined {
  if (kind === 'agents' || (kind === 'attributes' && /(^|\/)\.gitattributes$/.test(name))) return name as RepoPath;
  return kind !== 'hooks' && name.startsWith('./') ? name.slice('./'.length) as RepoPath : undefined;
}

/** What executes or redirects is as it was discovered or agreed to, except files that the ticket itself may change, and its own records. */
export const alteredRefusals = async (standing: Standing): Promise<Refusal[]> => (await alteredThings(standing, await keptFingerprints(standing))).map(({ refusal }) => refusal);

/** A kind of things that execute or redirect, and those of it that are not as they were discovered. */
export interface Altered {
  kind: keyof FingerprintDetails;
  /** The kind in words. */
  what: string;
  names: string[];
  refusal: Refusal;
}

/** What was altered, and all that executes or redirects as it is now. */
export interface Comparison {
  altered: Altered[];
  now: FingerprintDetails;
}

/**
 * The same, by the kind of what was altered. Git may start filters when it compares files, so what can be told without
 * that is compared first; where some of it was altered, git is asked no more.
 */
export async function compareFingerprints(standing: Standing, kept: PrivateBaseline): Promise<Comparison> {
  const look = await lookOf(standing);
  standing.compared = look;
  const early = await look.earlyFingerprints(kept.baseline.salt);
  // Attributes that it lacks may only not have been looked for yet.
  const known = { ...early, attributes: { ...kept.fingerprints.attributes, ...early.attributes } };
  const altered = differences(standing, kept, known);
  if (altered.length > 0) return { altered, now: known };
  const now = await look.fingerprints(kept.baseline.salt);
  return { altered: differences(standing, kept, now), now };
}

export const alteredThings = async (standing: Standing, kept: PrivateBaseline): Promise<Altered[]> => (await compareFingerprints(standing, kept)).altered;

function differences(standing: Standing, kept: PrivateBaseline, now: FingerprintDetails): Altered[] {
  const { ticket, run: { delivery } } = standing;
  const { scope } = locked(standing);
  const isOwn = (path: RepoPath | undefined): boolean => path !== undefined && (scope.covers(path) || scope.isManaged(path));
  return (Object.keys(WHAT) as (keyof FingerprintDetails)[]).flatMap((kind) => {
    const names = differingNames(kept.fingerprints[kind], now[kind]).filter((name) => !isOwn(pathNamed(kind, name)));
    const under = delivery === undefined ? {} : { delivery: delivery.pushed === undefined ? 'begun' as const : 'pushed' as const };
    return names.length === 0 ? [] : [{ kind, what: WHAT[kind], names, refusal: refuse('repository-altered', { ticket, what: WHAT[kind], names, ...under }) }];
  });
}

function differingNames(before: Record<string, string>, now: Record<string, string>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((name) => before[name] !== now[name]).sort();
}
