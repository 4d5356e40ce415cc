import { ARCHIVE_FOLDER, PROGRESS_INDEX } from '../../domain/progress/places.js';
import type { RepoPath } from '../../domain/paths.js';
import type { World } from '../../world/index.js';

/** The pages of progress as they stand. */
export interface StandingProgress {
  index?: string;
  archive: Map<RepoPath, string>;
}

type Reader = Pick<World, 'files'>;

/** Reads the index and the archive. What lies behind a symbolic link is not read. */
export async function standingProgress(world: Reader): Promise<StandingProgress> {
  const isFolder = await world.files.obstacle(ARCHIVE_FOLDER) === undefined && await world.files.kind(ARCHIVE_FOLDER) === 'directory';
  const names = isFolder ? (await world.files.list(ARCHIVE_FOLDER)).filter((name) => name.endsWith('.md')) : [];
  const archive = await Promise.all(names.map(async (name) => {
    const path = `${ARCHIVE_FOLDER}/${name}` as RepoPath;
    return [path, await textAt(world, path) ?? ''] as const;
  }));
  return { index: await textAt(world, PROGRESS_INDEX), archive: new Map(archive) };
}

async function textAt({ files }: Reader, path: RepoPath): Promise<string | undefined> {
  if (await files.obstacle(path) !== undefined || await files.kind(path) !== 'file') return undefined;
  return (await files.read(path))?.toString('utf8');
}
