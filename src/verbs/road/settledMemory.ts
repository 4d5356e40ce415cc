import type { ObjectId } from '../../domain/changeSet.js';
import type { Entered, Fact } from '../../domain/facts.js';
import type { RepoPath } from '../../domain/paths.js';
import { earlierBaseline } from './keptBaseline.js';
import { locked, type Standing } from './standing.js';

/**
 * Memory files that somebody had edited when the ticket began and whose edits the branch has by now: what is written
 * there from here on is what the ticket learned. An edit that was only put away is not among them, for it may come back.
 */
export async function settledMemory(standing: Standing): Promise<RepoPath[]> {
  const { world: { git, digest }, run, view } = standing;
  const kept = await earlierBaseline(standing);
  const began = whereItBegan(view.facts);
  if (kept === undefined || began === undefined) return [];
  const { scope } = locked(standing);
  const edited = kept.baseline.paths.filter(({ path }) => scope.isMemory(path) && !run.settledMemory.includes(path));
  const head = edited.length === 0 ? undefined : (await git.branch.head()).id;
  if (head === undefined) return [];
  const dirty = new Set((await git.repository.survey()).dirty.map(({ path }) => path));
  const ids = await git.trees.idsAt(edited.flatMap(({ path }) => [{ commit: began, path }, { commit: head, path }]));
  const settled: RepoPath[] = [];
  for (const [at, { path, digest: held }] of edited.entries()) {
    const [then, now] = ids.slice(2 * at, 2 * at + 2);
    if (now === undefined || now === then) continue;
    if (!dirty.has(path) || digest((await git.history.file(head, path))!) === held) settled.push(path);
  }
  return settled;
}

/** The commit that the baseline was taken upon. */
function whereItBegan(facts: readonly Fact[]): ObjectId | undefined {
  const discoveries = facts.filter((fact): fact is Entered<'repository_discovered'> => fact.kind === 'entered' && fact.state === 'repository_discovered');
  return (discoveries.findLast(({ evidence }) => evidence.baseline.renewed) ?? discoveries[0])?.evidence.head;
}
