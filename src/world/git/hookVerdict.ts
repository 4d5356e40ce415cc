import type { ObjectId } from '../../domain/changeSet.js';
import type { RepoPath } from '../../domain/paths.js';
import type { ProgramResult } from '../programs.js';
import { parseRawDiff } from './answers.js';
import type { HookReport } from './index.js';
import type { GitCall, GitRunner } from './runner.js';
import { writeTree } from './workbench.js';

/** An index that holds the tree, with what the worktree's files look like: a hook that asks what is unstaged gets a true answer. */
export async function fillIndex(runner: GitRunner, tree: ObjectId, where: Omit<GitCall, 'doing'>): Promise<void> {
  await runner.run(['read-tree', tree], { doing: 'preparing the index of a hook', ...where });
  await runner.attempt(['update-index', '-q', '--refresh'], { doing: 'preparing the index of a hook', ...where });
}

export function endOf({ ending, exit, log, why }: ProgramResult): { ran: true; ok: boolean; timedOut: boolean; said: string } {
  return { ran: true, ok: ending === 'exited' && exit === 0, timedOut: ending === 'timed-out', said: log.toString('utf8').trim() || (why ?? '') };
}

/** What a hook made of the index that it was given, where it let the commit pass. */
export async function judge(runner: GitRunner, before: ObjectId, where: Omit<GitCall, 'doing'>, result: ProgramResult): Promise<HookReport> {
  const end = endOf(result);
  if (!end.ok) return { ...end, tree: before, changed: [] };
  const tree = await writeTree(runner, { doing: 'reading what a hook left', ...where });
  return { ...end, tree, changed: tree === before ? [] : await differing(runner, before, tree, where) };
}

async function differing(runner: GitRunner, before: ObjectId, after: ObjectId, where: Omit<GitCall, 'doing'>): Promise<RepoPath[]> {
  const told = await runner.run(['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', before, after], { doing: 'reading what a hook left', ...where });
  return parseRawDiff(told).map((entry) => entry.path);
}
