import type { RepoPath } from '../../domain/paths.js';
import type { Problem } from '../../domain/problem.js';
import { sheetsOf, shelfProblems } from '../../domain/specs/spec.js';
import type { World } from '../../world/index.js';
import { readShelf } from '../specs/shelf.js';

/** What is wrong with those specs, and changes to them, that are covered; and how many they are. */
export async function specProblems(world: Pick<World, 'files'>, covers: (path: RepoPath) => boolean): Promise<{ checked: number; problems: Problem[] }> {
  const shelf = await readShelf(world);
  const specs = shelf.specs.filter((spec) => covers(spec.folder) || sheetsOf(spec).some(({ path }) => covers(path)));
  const changes = shelf.changes.filter(({ delta }) => covers(delta.path));
  return { checked: specs.length + changes.length, problems: shelfProblems(shelf).filter(({ path }) => covers(path)).map(({ problem }) => problem) };
}
