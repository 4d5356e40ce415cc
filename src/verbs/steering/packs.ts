import { showPath, type RepoPath } from '../../domain/paths.js';
import { complain } from '../../domain/problem.js';
import { STEERING_FOLDER } from '../../domain/steering/modes.js';
import type { SteeringPack } from '../../domain/steering/pack.js';
import type { Reading } from '../../world/documents.js';
import type { World } from '../../world/index.js';

export type PackReader = Pick<World, 'documents' | 'files'>;

/** The files of the guidance packs, sorted. A folder behind a symbolic link holds none: what lies there is not of this repository. */
export async function packFiles({ files }: Pick<World, 'files'>): Promise<RepoPath[]> {
  if ((await files.obstacle(STEERING_FOLDER))?.kind === 'link' || await files.kind(STEERING_FOLDER) !== 'directory') return [];
  return (await files.list(STEERING_FOLDER)).filter((name) => name.endsWith('.md')).map((name) => `${STEERING_FOLDER}/${name}` as RepoPath);
}

/** Each of these packs as it reads now. A pack that is a link itself may lead anywhere, and is not followed. */
export async function readPacks({ documents, files }: PackReader, paths: readonly RepoPath[]): Promise<Reading<SteeringPack>[]> {
  const readings = await Promise.all(paths.map(async (path): Promise<Reading<SteeringPack> | undefined> => {
    if (await files.kind(path) === 'link') return { ok: false, path, problems: [complain('path-through-link', { path, link: path }, { file: showPath(path) })] };
    const bytes = await files.read(path);
    return bytes === undefined ? undefined : documents.readSteering(bytes, path);
  }));
  return readings.filter((reading) => reading !== undefined);
}
