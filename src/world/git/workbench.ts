import { promises as disk } from 'node:fs';
import { join } from 'node:path';
import type { ChangedPath, ObjectId } from '../../domain/changeSet.js';
import { isDeletion } from '../../domain/changeSet.js';
import { indexInfo } from '../../domain/porcelain.js';
import { parseId } from './answers.js';
import { onDisk } from '../durably.js';
import type { Places } from '../places.js';
import type { GitCall, GitRunner } from './runner.js';
import { gitFailed, saysNotFetched } from './notFetched.js';
import { makeFolder } from './temporary.js';

/**
 * Settings of every call that works on an index of our own: no file of it may land in the repository, no path may be left
 * out of it because the checkout is sparse, and nobody misses it after a power cut. What is flushed is all but the index:
 * git takes `all,-index` for `all`.
 */
export const OWN_INDEX = ['core.fsync=objects,derived-metadata,reference', 'core.splitIndex=false', 'core.sparseCheckout=false', 'index.sparse=false', 'core.hooksPath=/dev/null'] as const;

/** A place of our own for indexes and objects, so that looking at a change leaves no trace in the repository. */
export interface Workbench {
  /** The name of an index that does not exist yet. */
  index(): Promise<string>;
  /** Where new objects go, with the repository's as alternate. */
  objects(): Promise<NonNullable<GitCall['objects']>>;
  /** The same if anything was ever put there. */
  objectsSoFar(): Promise<GitCall['objects']>;
}

/** Opens a workbench. Its folder is made when it is first needed, and goes with the process. */
export function openWorkbench(places: Places): Workbench {
  let made: Promise<string> | undefined;
  let used = false;
  let indexes = 0;
  const folder = (): Promise<string> => (made ??= makeBench(places));
  const objects = async (): Promise<NonNullable<GitCall['objects']>> => {
    used = true;
    return { directory: join(await folder(), 'objects'), alternate: quoteAlternate(join(places.commonDirectory, 'objects')) };
  };
  return {
    index: async () => join(await folder(), `index-${++indexes}`),
    objects,
    objectsSoFar: async () => (used ? objects() : undefined),
  };
}

async function makeBench(places: Places): Promise<string> {
  const folder = await makeFolder(places, [places.state]);
  await onDisk('making a temporary folder', () => disk.mkdir(join(folder, 'objects')));
  return folder;
}

/** Git separates alternates by colons, and reads one in double quotes as C-quoted. */
const quoteAlternate = (directory: string): string =>
  (/^"|:/.test(directory) ? `"${directory.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"` : directory);

/** Fills an index of our own with `base` and the entries on top of it, removals first: a file may stand where a directory was. */
export async function layOut(runner: GitRunner, base: ObjectId, entries: readonly ChangedPath[], call: Omit<GitCall, 'doing'>): Promise<void> {
  await runner.run(['read-tree', base], { ...call, doing: 'reading the base tree' });
  const ordered = [...entries.filter(isDeletion), ...entries.filter((entry) => !isDeletion(entry))];
  const input = indexInfo(ordered.map(({ path, newMode, newId }) => ({ path, mode: newMode, id: newId })));
  await runner.run(['update-index', '-z', '--index-info'], { ...call, doing: 'laying out the change', input });
}

/**
 * Writes the tree of an index of our own. What a partial clone has left at its remote stands in it by its id alone, as in
 * a tree that git itself writes there: what is committed anew was put into the repository before.
 */
export async function writeTree(runner: GitRunner, call: GitCall): Promise<ObjectId> {
  const { exit, stdout, stderr } = await runner.attempt(['write-tree'], call);
  if (exit === 0) return parseId(stdout.toString('utf8').trim());
  if (!saysNotFetched(stderr)) throw await gitFailed(runner.attempt, { doing: call.doing, said: stderr.trim() || `exit ${exit}` });
  return parseId(await runner.line(['write-tree', '--missing-ok'], call));
}
