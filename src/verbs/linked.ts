import { showPath, type RepoPath } from '../domain/paths.js';
import { complain, type Problem } from '../domain/problem.js';
import type { World } from '../world/index.js';

/** The symbolic link that a folder is, or lies behind, as a problem: git tracks nothing there, so nothing of it is read. */
export async function linkedProblems({ files }: Pick<World, 'files'>, folder: RepoPath): Promise<Problem[]> {
  const before = await files.obstacle(folder);
  const link = before?.kind === 'link' ? before.at : await files.kind(folder) === 'link' ? folder : undefined;
  return link === undefined ? [] : [complain('path-through-link', { path: folder, link }, { file: showPath(link) })];
}
