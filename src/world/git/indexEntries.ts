import { ABSENT_MODE, isDeletion, type ObjectId } from '../../domain/changeSet.js';
import { overlapping } from '../../domain/delivery/sets.js';
import type { IndexEntry } from '../../domain/facts.js';
import type { RepoPath } from '../../domain/paths.js';
import type { IndexLine } from '../../domain/porcelain.js';
import { parseRawDiff } from './answers.js';
import type { GitRunner } from './runner.js';

/** Entries of an index, as it was read, that stand at these paths or would be pushed out by a file at one of them. */
export async function entriesAt(runner: GitRunner, lines: readonly IndexLine[], paths: readonly RepoPath[]): Promise<IndexEntry[]> {
  const concerns = overlapping(paths);
  const concerned = lines.filter((line) => concerns(line.path));
  const promised = await intentsToAdd(runner, concerned.map((line) => line.id));
  return concerned.map(({ path, mode, id, stage, letter }) => ({ path, mode, id, stage, flags: `${letter}${promised.has(path) ? 'N' : ''}` }));
}

const EMPTY_BLOBS = ['e69de29bb2d1d6434b8b29ae775ad8c2e48c5391', '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813'];

/** Paths that are only intended to be added: their entry is an empty blob, which is what makes the look worth while. */
async function intentsToAdd(runner: GitRunner, ids: readonly ObjectId[]): Promise<Set<RepoPath>> {
  if (!ids.some((id) => EMPTY_BLOBS.includes(id))) return new Set();
  const changed = parseRawDiff(await runner.run(
    ['diff-files', '-z', '--raw', '--no-renames', '--no-abbrev', '--no-ext-diff', '--no-textconv', '--ignore-submodules=none'], { doing: 'reading the index' }));
  return new Set(changed.filter((entry) => entry.oldMode === ABSENT_MODE && !isDeletion(entry)).map((entry) => entry.path));
}
