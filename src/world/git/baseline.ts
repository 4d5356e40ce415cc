import type { RepoPath } from '../../domain/paths.js';
import type { IndexLine } from '../../domain/porcelain.js';
import type { Baseline, PathIdentity, RawContent, Survey } from '../../domain/repository.js';
import { obstaclesBelow, textPlaceOf } from '../containment.js';
import { ABSENT, contentAt } from '../contents.js';
import { onDisk } from '../durably.js';
import type { Places } from '../places.js';
import type { Readings } from './readings.js';
import type { GitRunner } from './runner.js';
import { countIgnored, hiddenBit } from './survey.js';

/** Identity of every path that a survey found not clean, read by a fixed number of git calls whatever their number. */
export async function takeBaseline(runner: GitRunner, readings: Readings, places: Places, survey: Survey, salt: string): Promise<Baseline> {
  const [index, ignored] = await Promise.all([readings.index(), countIgnored(runner)]);
  const staged = stagedIn(survey);
  return { salt, ignored, paths: await identities(places, survey.dirty.map((dirty) => dirty.path), index, staged) };
}

/** Identity of particular paths as they are now. */
export async function identify(readings: Readings, places: Places, paths: readonly RepoPath[]): Promise<PathIdentity[]> {
  if (paths.length === 0) return [];
  const [index, seen] = await Promise.all([readings.index(), readings.status()]);
  return identities(places, paths, index, stagedIn(seen));
}

const stagedIn = (survey: Survey): Set<RepoPath> => new Set(survey.dirty.filter((dirty) => dirty.staged).map((dirty) => dirty.path));

async function identities(places: Places, paths: readonly RepoPath[], index: readonly IndexLine[], staged: ReadonlySet<RepoPath>): Promise<PathIdentity[]> {
  const lines = new Map<RepoPath, IndexLine[]>(paths.map((path) => [path, []]));
  for (const line of index) lines.get(line.path)?.push(line);
  return (await contentsOf(places, [...lines.keys()])).map((content) => {
    const own = lines.get(content.path)!;
    return {
      ...content,
      index: own.map(({ line }) => line),
      staged: staged.has(content.path),
      untracked: own.length === 0,
      hidden: own.map(hiddenBit).find((bit) => bit !== undefined),
    };
  });
}

/** What stands at particular paths, by its raw bytes. */
export function contentsOf(places: Pick<Places, 'root'>, paths: readonly RepoPath[]): Promise<RawContent[]> {
  const obstacle = obstaclesBelow(places.root);
  return onDisk('reading uncommitted files', async () => paths.map((path) => ({
    path,
    // What lies behind a link is not what git calls by this name.
    ...(obstacle(path)?.kind === 'link' ? ABSENT : contentAt(textPlaceOf(places.root, path), path)),
  })));
}
