import { plainText } from '../../domain/documents/plainText.js';
import { ARCHIVE_FOLDER, PROGRESS_INDEX } from '../../domain/progress/places.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import type { Problem } from '../../domain/problem.js';
import type { World } from '../../world/index.js';
import { linkedProblems } from '../linked.js';

/** The pages of progress as they stand. */
export interface StandingProgress {
  index?: string;
  archive: Map<RepoPath, string>;
  /** Of pages that cannot be read: those are not written either. */
  problems: Problem[];
}

type Reader = Pick<World, 'files'>;

/** Reads the index and the archive. What lies behind a symbolic link is not read. */
export async function standingProgress(world: Reader): Promise<StandingProgress> {
  const linked = await linkedProblems(world, ARCHIVE_FOLDER);
  if (linked.length > 0) return { archive: new Map(), problems: linked };
  const isFolder = await world.files.kind(ARCHIVE_FOLDER) === 'directory';
  const names = isFolder ? (await world.files.list(ARCHIVE_FOLDER)).filter((name) => name.endsWith('.md')) : [];
  const standing: StandingProgress = { archive: new Map(), problems: [] };
  const take = async (path: RepoPath): Promise<string | undefined> => {
    if (await world.files.obstacle(path) !== undefined || await world.files.kind(path) !== 'file') return undefined;
    const plain = plainText((await world.files.read(path))!, showPath(path));
    if (!plain.ok) standing.problems.push(...plain.problems);
    return plain.ok ? plain.text : undefined;
  };
  for (const name of names) {
    const path = `${ARCHIVE_FOLDER}/${name}` as RepoPath;
    standing.archive.set(path, await take(path) ?? '');
  }
  return { ...standing, index: await take(PROGRESS_INDEX) };
}
