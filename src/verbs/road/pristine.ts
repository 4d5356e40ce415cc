import { MANIFEST_PATH } from '../../domain/ownFiles.js';
import type { RepoPath } from '../../domain/paths.js';
import type { World } from '../../world/index.js';

/** Those of the paths that are scaffold as it was laid down: nobody's work, whether or not it is committed yet. */
export async function pristineAmong(world: Pick<World, 'files'>, paths: readonly RepoPath[]): Promise<RepoPath[]> {
  if (paths.length === 0) return [];
  const manifest = (await world.files.read(MANIFEST_PATH))?.toString('utf8');
  if (manifest === undefined) return [];
  const { pristineText } = await import('../../domain/manifestReading.js');
  const pristine: RepoPath[] = [];
  for (const path of paths) {
    const text = path === MANIFEST_PATH ? manifest : pristineText(manifest, path);
    if (text !== undefined && await world.files.kind(path) === 'file' && (await world.files.read(path))?.toString('utf8') === text) pristine.push(path);
  }
  return pristine;
}
