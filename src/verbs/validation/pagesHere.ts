import type { RepoPath } from '../../domain/paths.js';
import type { World } from '../../world/index.js';

type Reader = Pick<World, 'files'>;

/** Folders whose pages people and agents follow from one to the next. */
const FOLDERS = ['agent', 'docs/decisions', 'docs/progress', 'docs/review', 'docs/specs'] as RepoPath[];

/** Every page that is looked at: Markdown below these folders, the map, and what cxw laid down elsewhere. Templates are left out; links are not followed. */
export async function pagesHere(world: Reader, laidDown: readonly RepoPath[]): Promise<RepoPath[]> {
  const below = await Promise.all(FOLDERS.map((folder) => pagesBelow(world, folder)));
  const elsewhere = ['AGENTS.md' as RepoPath, ...laidDown.filter((path) => /(^|\/)[^_/][^/]*\.md$/.test(path))];
  const there = await Promise.all(elsewhere.map(async (path) => (await world.files.obstacle(path) === undefined && await world.files.kind(path) === 'file' ? [path] : [])));
  return [...new Set([...below.flat(), ...there.flat()])].sort();
}

async function pagesBelow(world: Reader, folder: RepoPath): Promise<RepoPath[]> {
  if (await world.files.obstacle(folder) !== undefined || await world.files.kind(folder) !== 'directory') return [];
  const found = await Promise.all((await world.files.list(folder)).filter((name) => !name.startsWith('_')).map(async (name) => {
    const path = `${folder}/${name.replace(/\/$/, '')}` as RepoPath;
    if (name.endsWith('/')) return pagesBelow(world, path);
    return name.endsWith('.md') && await world.files.kind(path) === 'file' ? [path] : [];
  }));
  return found.flat();
}
