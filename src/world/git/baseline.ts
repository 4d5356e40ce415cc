import type { RepoPath } from '../../domain/paths.js';
import { records, type IndexLine } from '../../domain/porcelain.js';
import type { Baseline, PathIdentity, Survey } from '../../domain/repository.js';
import { obstaclesBelow, placeOf } from '../containment.js';
import { ABSENT, contentAt } from '../contents.js';
import { onDisk } from '../durably.js';
import type { Places } from '../places.js';
import type { GitRunner } from './runner.js';
import { countIgnored, hiddenBit, readIndexLines } from './survey.js';

/** Identity of every path that a survey found not clean, read by a fixed number of git calls whatever their number. */
export async function takeBaseline(runner: GitRunner, places: Places, survey: Survey, salt: string): Promise<Baseline> {
  const [index, ignored] = await Promise.all([readIndexLines(runner), countIgnored(runner)]);
  const staged = new Set(survey.dirty.filter((dirty) => dirty.staged).map((dirty) => dirty.path));
  return { salt, ignored, paths: await identities(places, survey.dirty.map((dirty) => dirty.path), index, staged) };
}

/** Identity of particular paths as they are now. */
export async function identify(runner: GitRunner, places: Places, paths: readonly RepoPath[]): Promise<PathIdentity[]> {
  if (paths.length === 0) return [];
  const [index, staged] = await Promise.all([readIndexLines(runner), stagedPaths(runner)]);
  return identities(places, paths, index, staged);
}

async function stagedPaths(runner: GitRunner): Promise<Set<RepoPath>> {
  const doing = 'comparing the index with HEAD';
  const options = ['diff-index', '--cached', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--ignore-submodules=none'];
  const answer = await runner.attempt([...options, 'HEAD'], { doing });
  if (answer.exit === 0) return new Set(records(answer.stdout) as RepoPath[]);
  // Before the first commit everything in the index is staged.
  return new Set(records(await runner.run(['ls-files', '--cached', '-z'], { doing })) as RepoPath[]);
}

function identities(places: Places, paths: readonly RepoPath[], index: readonly IndexLine[], staged: ReadonlySet<RepoPath>): Promise<PathIdentity[]> {
  const wanted = new Map<RepoPath, IndexLine[]>(paths.map((path) => [path, []]));
  for (const line of index) wanted.get(line.path)?.push(line);
  const obstacle = obstaclesBelow(places.root);
  return onDisk('reading uncommitted files', async () => [...wanted].map(([path, lines]) => ({
    path,
    // What lies behind a link is not what git calls by this name.
    ...(obstacle(path)?.kind === 'link' ? ABSENT : contentAt(placeOf(places.root, path), path)),
    index: lines.map(({ line }) => line),
    staged: staged.has(path),
    untracked: lines.length === 0,
    hidden: lines.map(hiddenBit).find((bit) => bit !== undefined),
  })));
}
