import type { ObjectId } from '../../domain/changeSet.js';
import { recordsFolder } from '../../domain/closing/places.js';
import { isUnder, type RepoPath } from '../../domain/paths.js';
import type { Run } from '../../domain/run.js';
import { lockedScope } from '../../domain/scope.js';
import type { World } from '../../world/index.js';

/** What is not committed of a ticket, and upon which commit. */
export interface Left {
  head?: ObjectId;
  product: RepoPath[];
  records: RepoPath[];
  /** Where both lie, as `git stash push` can name it: it knows no path that index and worktree have lost. */
  stashable: RepoPath[];
}

export const NOTHING_LEFT: Left = { product: [], records: [], stashable: [] };

/** Looks for what is not committed of a ticket; of one that was not discovered, nothing is. */
export async function remaining(world: Pick<World, 'git' | 'files'>, run: Run): Promise<Left> {
  if (run.lock === undefined || run.discovery === undefined) return NOTHING_LEFT;
  const scope = lockedScope(run.lock);
  const { dirty, head } = await world.git.repository.survey();
  const [product, records] = [dirty.filter(({ path }) => scope.covers(path)), dirty.filter(({ path }) => scope.isManaged(path))];
  const kinds = await Promise.all([...product, ...records].map(async ({ path }) => ({ path, kind: await world.files.kind(path) })));
  const folder = recordsFolder(run.ticket);
  const there = kinds.filter(({ kind }) => kind !== 'absent').map(({ path }) => (isUnder(path, folder) ? folder : path));
  return { head, product: product.map(({ path }) => path), records: records.map(({ path }) => path), stashable: [...new Set(there)] };
}
