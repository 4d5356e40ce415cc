import { brokenLink, localLinks, type LocalLink } from '../../domain/documents/links.js';
import { textOf } from '../../domain/fileText.js';
import { memoryProblems } from '../../domain/learning/lessons.js';
import { featureProblems } from '../../domain/progress/feature.js';
import { isFeatureRecord } from '../../domain/progress/places.js';
import type { RepoPath } from '../../domain/paths.js';
import type { Problem } from '../../domain/problem.js';
import type { World } from '../../world/index.js';

type Reader = Pick<World, 'files'>;

/** Links of a page that lead nowhere; of a memory file, also what must not stand in it. */
export async function pageProblems(world: Reader, path: RepoPath): Promise<Problem[]> {
  const bytes = await world.files.read(path);
  if (bytes === undefined) return [];
  const text = textOf(bytes);
  const found = await Promise.all(localLinks(path, text).map(async (link) => (await leads(world, link) ? [] : [brokenLink(link)])));
  return [...found.flat(), ...(path.startsWith('agent/') ? memoryProblems(path, text) : []), ...(isFeatureRecord(path) ? featureProblems(path, text) : [])];
}

/** What lies behind a symbolic link is not looked at, and not complained of. */
async function leads({ files }: Reader, { path }: LocalLink): Promise<boolean> {
  if (path === undefined) return false;
  return path === '' || await files.obstacle(path) !== undefined || await files.kind(path) !== 'absent';
}
