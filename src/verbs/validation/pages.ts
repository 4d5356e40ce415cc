import { brokenLink, localLinks, type LocalLink } from '../../domain/documents/links.js';
import { textOf } from '../../domain/fileText.js';
import { memoryProblems } from '../../domain/learning/lessons.js';
import { featureProblems } from '../../domain/progress/feature.js';
import { isFeatureRecord } from '../../domain/progress/places.js';
import type { RepoPath } from '../../domain/paths.js';
import type { Problem } from '../../domain/problem.js';
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
