import type { ChangedPath, ObjectId } from '../../domain/changeSet.js';
import { lostTrailers } from '../../domain/delivery/message.js';
import type { Sight } from '../../domain/delivery/resume.js';
import { unexpectedPaths, union } from '../../domain/delivery/sets.js';
import { refuse, type Refusal } from '../../domain/problem.js';
import type { CommitInfo } from '../../domain/repository.js';
import { namedEvidence } from '../../domain/verification/trailers.js';
import type { HookName } from '../../world/git/index.js';
import { remember, type Standing } from '../road/standing.js';
import { besideHook, COMMIT_HOOKS } from './besideHook.js';
import { deliveredPaths, goingOn, stopped, type Progress } from './sight.js';
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
  return goingOn({ remote: judged.ran ? undefined : remote, tidiedAway: false });
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
  // All are looked for before one of them runs, which may take another away.
  const ran = (await git.hooks.existing(COMMIT_HOOKS)).includes('pre-commit');
  const refusals = ran ? await runPreCommit(standing, tree) : [];
  if (refusals.length > 0) return { message: intent.message, refusals, ran };
  const { result, touched } = await besideHook(standing, ['prepare-commit-msg', 'commit-msg'], () => git.hooks.message(intent.message, tree, seconds));
  const { ok, timedOut, message, said, hook } = result;
  if (hook === undefined) return { message: intent.message, refusals: touched, ran };
  const trailers = ok ? lostTrailers(message, intent.message) : [];
  return {
    message, ran: true,
    refusals: [
      ...(ok ? [] : [ending(standing, hook, timedOut, said)]),
      ...(trailers.length === 0 ? [] : [refuse('hook-changed-message', { ticket: standing.ticket, trailers })]),
      ...touched,
    ],
  };
}

/** Runs the pre-commit hook on the tree, and looks whether it changed that tree or anything of the person's. */
async function runPreCommit(standing: Standing, tree: ObjectId): Promise<Refusal[]> {
  const { world, ticket } = standing;
  const { intent, seconds } = underway(standing);
  const hook = 'pre-commit';
  const { result: report, touched } = await besideHook(standing, [hook], () => world.git.hooks.run(hook, tree, [], seconds));
  const delivered = new Set(deliveredPaths(intent));
  const inside = report.changed.filter((path) => delivered.has(path));
  const outside = report.changed.filter((path) => !delivered.has(path));
  return [
    ...(report.ok ? [] : [ending(standing, hook, report.timedOut, report.said)]),
    ...(inside.length === 0 ? [] : [refuse('hook-changed-tree', { ticket, hook, paths: inside })]),
    ...(outside.length === 0 ? [] : [refuse('hook-swept', { ticket, hook, paths: outside })]),
    ...touched,
  ];
}

function ending(standing: Standing, hook: HookName, timedOut: boolean | undefined, said: string): Refusal {
  const { ticket } = standing;
  return timedOut === true
    ? refuse('hook-timed-out', { ticket, hook, seconds: underway(standing).seconds })
    : refuse('hook-rejected', { ticket, hook, said });
}

/** What git itself does not find in the commit: no ref may ever name one that cannot be verified. */
function lostEvidence({ ticket, run }: Standing, made: CommitInfo): string[] {
  const naming = namedEvidence(made);
  return naming.named === 'evidence' && naming.ticket === ticket && naming.seal === run.delivery!.intent.seal ? [] : ['Cxw-Ticket', 'Cxw-Evidence'];
}
