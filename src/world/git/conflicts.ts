import type { ChangedPath, ChangeSet, ObjectId } from '../../domain/changeSet.js';
import { newConflicts } from '../../domain/conflictMarkers.js';
import type { RepoPath } from '../../domain/paths.js';
import { readObjects, readSizes } from './objects.js';
import type { GitCall, GitRunner } from './runner.js';

/** Larger files are data rather than text that somebody merges. */
const TEXT_LIMIT = 5 * 1024 * 1024;

/** Places of conflict markers that the change brings, read from the objects by two calls of git. */
export async function conflictMarkersIn(runner: GitRunner, change: ChangeSet, objects: GitCall['objects']): Promise<{ path: RepoPath; line: number }[]> {
  const files = change.entries.filter((entry) => entry.newMode.startsWith('100'));
  const texts = await readTexts(runner, files.flatMap((entry) => [entry.newId, ...baseIdOf(entry)]), objects);
  return files.flatMap((entry) => {
    const text = texts.get(entry.newId);
    if (text === undefined) return [];
    return newConflicts(text, texts.get(entry.oldId) ?? '').map((line) => ({ path: entry.path, line }));
  });
}

const baseIdOf = (entry: ChangedPath): ObjectId[] => (entry.oldMode.startsWith('100') ? [entry.oldId] : []);

async function readTexts(runner: GitRunner, ids: readonly ObjectId[], objects: GitCall['objects']): Promise<Map<ObjectId, string>> {
  const call: GitCall = { doing: 'looking for conflict markers', objects };
  const unique = [...new Set(ids)];
  const sizes = await readSizes(runner, unique, call);
  const small = unique.filter((_, at) => (sizes[at] ?? Infinity) < TEXT_LIMIT);
  const found = await readObjects(runner, small, call);
  return new Map(found.flatMap((object) => (object === undefined || object.content.includes(0) ? [] : [[object.id, object.content.toString('utf8')]])));
}
