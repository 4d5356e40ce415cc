import { sameText } from '../../domain/fileText.js';
import { blockOf } from '../../domain/managedBlock.js';
import type { ManifestEntry } from '../../domain/manifest.js';
import type { Problem } from '../../domain/problem.js';
import type { World } from '../../world/index.js';

/**
 * What is wrong with a file that cxw laid down and somebody edited: read as those read it that it is for. One that still
 * holds what was laid down is read only `anew`.
 */
export async function laidDownProblems(world: Pick<World, 'documents' | 'files'>, { path, kind, pristine }: ManifestEntry, anew: boolean): Promise<Problem[]> {
  if (await world.files.obstacle(path) !== undefined || await world.files.kind(path) !== 'file') return [];
  const bytes = (await world.files.read(path))!;
  if (!anew && kind === 'file' && sameText(bytes, pristine)) return [];
  const { blockProblems, textProblems } = await import('./editedFile.js');
  const broken = blockOf(pristine) === undefined ? [] : blockProblems(path, bytes);
  // The rest of a file of which only a block is ours may be written in any way.
  return kind === 'block' ? broken : [...broken, ...await textProblems(world, path, bytes)];
}
