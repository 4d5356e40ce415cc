import type { RepoPath } from '../../domain/paths.js';
import { refuse, type Refusal } from '../../domain/problem.js';
import type { Survey } from '../../domain/repository.js';
import type { World } from '../../world/index.js';
import { locked, type Standing } from './standing.js';

/** Files that the ticket names and that git could not track, and so does not speak of: a link or a repository of its own lies before them, or no file stands there. */
export async function unreachableRefusals(standing: Standing, survey: Survey): Promise<Refusal[]> {
  const { ticket } = locked(standing);
  if (ticket.class !== 'quick') return [];
  const seen = new Set(survey.dirty.map(({ path }) => path));
  const unseen = ticket.scope.files.filter((path) => !seen.has(path));
  return (await Promise.all(unseen.map((path) => unreachable(standing.world, path)))).flat();
}

async function unreachable({ files }: Pick<World, 'files'>, path: RepoPath): Promise<Refusal[]> {
  const obstacle = await files.obstacle(path);
  if (obstacle?.kind === 'link') return [refuse('path-through-link', { path, link: obstacle.at })];
  if (obstacle !== undefined) return [refuse('nested-repository', { path, repository: obstacle.at })];
  return await files.kind(path) === 'other' ? [refuse('not-a-file', { path })] : [];
}
