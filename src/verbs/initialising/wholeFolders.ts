import type { RepoPath } from '../../domain/paths.js';
import type { World } from '../../world/index.js';

/** The same paths in fewer words: a folder stands for all of its files where it holds nothing else. */
export async function wholeFolders({ files }: Pick<World, 'files'>, paths: readonly RepoPath[]): Promise<RepoPath[]> {
  const ours = new Set(paths);
  const judged = new Map<RepoPath, Promise<boolean>>();
  const isOurs = (folder: RepoPath): Promise<boolean> => {
    if (!judged.has(folder)) judged.set(folder, holdsNothingElse(folder));
    return judged.get(folder)!;
  };

  async function holdsNothingElse(folder: RepoPath): Promise<boolean> {
    for (const name of await files.list(folder)) {
      const path = `${folder}/${name}` as RepoPath;
      if (!(path.endsWith('/') ? await isOurs(path.slice(0, -1) as RepoPath) : ours.has(path))) return false;
    }
    return true;
  }

  async function shortened(path: RepoPath): Promise<RepoPath> {
    for (const folder of foldersAbove(path)) if (await isOurs(folder)) return folder;
    return path;
  }

  return [...new Set(await Promise.all(paths.map(shortened)))];
}

/** Outermost first. */
const foldersAbove = (path: RepoPath): RepoPath[] =>
  [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index) as RepoPath);
