import type { ObjectId } from '../../domain/changeSet.js';
import type { RepoPath } from '../../domain/paths.js';
import { isDenial, obstaclesBelow, placeOf } from '../containment.js';
import { blobIdAt } from '../contents.js';
import { onDisk } from '../durably.js';
import type { Places } from '../places.js';

/** A path, and the blob that is said to be its content. */
export interface Kept {
  path: RepoPath;
  id: ObjectId;
}

/** Those of the files that hold other bytes than their blob. What is no file, or lies behind a link, holds none by this name. */
export function unlikeTheirBlobs({ root }: Pick<Places, 'root'>, kept: readonly Kept[]): Promise<RepoPath[]> {
  const obstacle = obstaclesBelow(root);
  return onDisk('reading delivered files', async () => kept
    .filter(({ path, id }) => obstacle(path)?.kind !== 'link' && holdsOther(root, path, id))
    .map(({ path }) => path));
}

function holdsOther(root: string, path: RepoPath, id: ObjectId): boolean {
  try {
    const now = blobIdAt(placeOf(root, path), path, id);
    return now !== undefined && now !== id;
  } catch (error) {
    // Nobody can say that a file which may not be read lies in git.
    if (isDenial(error)) return true;
    throw error;
  }
}
