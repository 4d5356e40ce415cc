import { promises as disk } from 'node:fs';
import { join } from 'node:path';
import type { ChangedPath, ObjectId } from '../../domain/changeSet.js';
import { onDisk } from '../durably.js';
import type { Places } from '../places.js';
import type { GitCall, GitRunner } from './runner.js';
import { makeFolder, removeFolder } from './temporary.js';
import { layOut, OWN_INDEX } from './workbench.js';

/**
 * Lays out `base` plus `entries` as files in a new folder outside the repository, filters applied, as a checkout would.
 * There is no git directory in it: what runs there sees the files and nothing else.
 */
export async function exportFiles(
  runner: GitRunner, places: Places, base: ObjectId, entries: readonly ChangedPath[], objects: GitCall['objects'],
): Promise<{ folder: string; objects: string[]; remove: () => Promise<void> }> {
  const made = await makeFolder(places);
  const folder = join(made, 'files');
  try {
    await onDisk('making a temporary folder', () => disk.mkdir(folder));
    const own = { index: join(made, 'index'), objects, config: OWN_INDEX };
    await layOut(runner, base, entries, own);
    await runner.run(['checkout-index', '--all', '--quiet', `--prefix=${folder}/`], { ...own, doing: 'exporting files' });
  } catch (error) {
    await removeFolder(made);
    throw error;
  }
  return { folder, objects: objects === undefined ? [] : [objects.directory], remove: () => removeFolder(made) };
}
