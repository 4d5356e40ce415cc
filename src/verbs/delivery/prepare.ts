import type { ChangedPath, ObjectId } from '../../domain/changeSet.js';
import { strays } from '../../domain/baseline.js';
import { lostTrailers } from '../../domain/delivery/message.js';
import type { Sight } from '../../domain/delivery/resume.js';
import { unexpectedPaths, union } from '../../domain/delivery/sets.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import { refuse, type Refusal } from '../../domain/problem.js';
import type { CommitInfo, PathIdentity } from '../../domain/repository.js';
import { namedEvidence } from '../../domain/verification/trailers.js';
import type { HookName } from '../../world/git/index.js';
import { remember, type Standing } from '../road/standing.js';
import { goingOn, stopped, type Progress } from './sight.js';
import { enter, underway } from './underway.js';

/** Builds the tree out of objects, and proves that it is the parent with exactly the three sets. */
export async function build(standing: Standing, sight: Sight): Promise<Progress> {
  const { git } = standing.world;
  const { intent } = underway(standing);
  const tree = await git.trees.build(intent.parent, union(intent));
  return { refusals: await rememberTree(standing, tree, await git.trees.difference(intent.parent, tree)), known: sight };
}

/** Remembers a tree that is the parent with exactly the three sets, and no other. */
export async function rememberTree(standing: Standing, tree: ObjectId, difference: readonly ChangedPath[]): Promise<Refusal[]> {
  const { ticket } = standing;
  const { intent } = underway(standing);
  if (difference.length === 0) return [refuse('nothing-to-deliver', { ticket })];
  const unexpected = unexpectedPaths(difference, intent);
  if (unexpected.length > 0) return [refuse('tree-differs', { ticket, paths: unexpected })];
  const entries = difference.map(({ path, newMode, newId }) => ({ path, mode: newMode, id: newId }));
  await enter(standing, { state: 'explicit_paths_staged', evidence: { tree, entries } });
  return [];
}

/** Lets the commit hooks judge, and makes the commit object. Neither index nor branch is touched yet. */
export async function prepare(standing: Standing, { remote }: Sight): Promise<Progress> {
  const { world: { git }, actor: by, origin, ticket } = standing;
  const { delivery, intent, seconds } = underway(standing);
  const tree = delivery.tree!;
  const judged: Judged = intent.hooks === 'run' ? await runHooks(standing, tree) : { message: intent.message, refusals: [], ran: false };
  if (judged.refusals.length > 0) return stopped(...judged.refusals);
  const { parent, author, committer, sign } = intent;
  const commit = await git.trees.commit({ tree, parent, message: judged.message, author, committer, sign, seconds, ticket });
  const made = await git.history.commit(commit);
  if (made === undefined || made.tree !== tree || made.parents.join() !== parent) return stopped(refuse('commit-differs', { ticket, commit }));
  const lost = lostEvidence(standing, made);
  if (lost.length > 0) return stopped(refuse('hook-changed-message', { ticket, trailers: lost }));
  await remember(standing, [{ kind: 'commit-prepared', by, origin, commit, tree }]);
  // Index and HEAD are read once more, right before the one is written and the other moved.
  return goingOn(judged.ran ? {} : { remote });
}

interface Judged {
  message: string;
  refusals: Refusal[];
  /** Programs of the person ran: the world may be another. */
  ran: boolean;
}

async function runHooks(standing: Standing, tree: ObjectId): Promise<Judged> {
  const { git } = standing.world;
  const { intent, seconds } = underway(standing);
  const ran = await git.hooks.exists('pre-commit');
  const refusals = ran ? await runPreCommit(standing, tree) : [];
  if (refusals.length > 0) return { message: intent.message, refusals, ran };
  const { ok, timedOut, message, said, hook } = await git.hooks.message(intent.message, tree, seconds);
  if (hook === undefined) return { message: intent.message, refusals: [], ran };
  if (!ok) return { message, refusals: [ending(standing, hook, timedOut, said)], ran: true };
  const trailers = lostTrailers(message, intent.message);
  return { message, ran: true, refusals: trailers.length === 0 ? [] : [refuse('hook-changed-message', { ticket: standing.ticket, trailers })] };
}

/** Runs the pre-commit hook on the tree, and looks whether it changed that tree or anything of the person's. */
async function runPreCommit(standing: Standing, tree: ObjectId): Promise<Refusal[]> {
  const { world, ticket } = standing;
  const { intent, seconds, policy } = underway(standing);
  const hook = 'pre-commit';
  const harmed = await harmOfBrokenHook(standing);
  if (harmed.length > 0) return harmed;
  const before = await identifyBesides(standing);
  await world.private.copyToSafety(ticket, before, policy.limits.safety_copy_bytes);
  await world.private.saveBesides(ticket, before);
  const report = await world.git.hooks.run(hook, tree, [], seconds);
  const touched = strays(before, await identifyBesides(standing, before), () => false);
  await world.private.saveBesides(ticket, undefined);
  const delivered = new Set(union(intent).map((entry) => entry.path));
  const inside = report.changed.filter((path) => delivered.has(path));
  const outside = report.changed.filter((path) => !delivered.has(path));
  return [
    ...(report.ok ? [] : [ending(standing, hook, report.timedOut, report.said)]),
    ...(inside.length === 0 ? [] : [refuse('hook-changed-tree', { ticket, hook, paths: inside })]),
    ...(outside.length === 0 ? [] : [refuse('hook-swept', { ticket, hook, paths: outside })]),
    ...(touched.length === 0 ? [] : [refuse('hook-touched-work', { ticket, hook, paths: touched, copies: await copiesOf(standing, touched, before) })]),
  ];
}

/**
 * A hook that was killed half-way may have put the person's work away, as stashing hook managers do, and never brought it
 * back. That is told once, with the copies; whoever delivers again has seen to it.
 */
async function harmOfBrokenHook(standing: Standing): Promise<Refusal[]> {
  const { world, ticket } = standing;
  const before = await world.private.besides(ticket);
  if (before === undefined) return [];
  const touched = strays(before, await identifyBesides(standing, before), () => false);
  const copies = await copiesOf(standing, touched, before);
  await world.private.saveBesides(ticket, undefined);
  return touched.length === 0 ? [] : [refuse('hook-touched-work', { ticket, hook: 'pre-commit', paths: touched, copies })];
}

function ending(standing: Standing, hook: HookName, timedOut: boolean | undefined, said: string): Refusal {
  const { ticket } = standing;
  return timedOut === true
    ? refuse('hook-timed-out', { ticket, hook, seconds: underway(standing).seconds })
    : refuse('hook-rejected', { ticket, hook, said });
}

/** Everything dirty that is not delivered, by its bytes; and what was dirty before, so that a file made clean is seen too. */
async function identifyBesides(standing: Standing, before: readonly PathIdentity[] = []): Promise<PathIdentity[]> {
  const { git } = standing.world;
  const delivered = new Set(union(underway(standing).intent).map((entry) => entry.path));
  const { dirty } = await git.repository.fullSurvey();
  const paths = new Set([...dirty, ...before].map(({ path }) => path).filter((path) => !delivered.has(path)));
  return git.repository.identify([...paths]);
}

/** Where the content lies that the touched files had before. */
async function copiesOf({ world, ticket }: Standing, touched: readonly RepoPath[], before: readonly PathIdentity[]): Promise<string[]> {
  const digests = new Map(before.map(({ path, digest }) => [path, digest]));
  const copies: string[] = [];
  for (const path of touched) {
    const digest = digests.get(path);
    const copy = digest === undefined ? undefined : await world.private.setAside(ticket, digest);
    if (copy !== undefined) copies.push(`${showPath(path)}: ${copy}`);
  }
  return copies;
}

/** What git itself does not find in the commit: no ref may ever name one that cannot be verified. */
function lostEvidence({ ticket, run }: Standing, made: CommitInfo): string[] {
  const naming = namedEvidence(made);
  return naming.named === 'evidence' && naming.ticket === ticket && naming.seal === run.delivery!.intent.seal ? [] : ['Cxw-Ticket', 'Cxw-Evidence'];
}
