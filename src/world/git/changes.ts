import type { ChangeSet, ObjectId } from '../../domain/changeSet.js';
import { ABSENT_MODE, isDeletion } from '../../domain/changeSet.js';
import type { RepoPath } from '../../domain/paths.js';
import { indexInfo, parseUncounted, pathsInput } from '../../domain/porcelain.js';
import { parseRawDiff } from './answers.js';
import { isRepository, obstaclesBelow, placeOf, statOf } from '../containment.js';
import { sha256 } from '../digests.js';
import { failed } from '../errors.js';
import type { Places } from '../places.js';
import { conflictMarkersIn } from './conflicts.js';
import { exportFiles } from './exports.js';
import type { Changes, Gathering, ShownChange } from './index.js';
import { readObjects } from './objects.js';
import type { GitCall, GitRunner } from './runner.js';
import { layOut, openWorkbench, OWN_INDEX, writeTree, type Workbench } from './workbench.js';

/**
 * Opens the differences between a base and the worktree. The user's own index is neither read nor written. The runner
 * must be opened at the worktree's root.
 */
export function openChanges(runner: GitRunner, places: Places): Changes {
  const bench = openWorkbench(places);
  return {
    of: async (base, paths, store) => (paths.length === 0 ? { digest: sha256(''), base, entries: [] } : (await gather(runner, places, bench, base, paths, store)).change),
    gather: (base, paths, store) => gather(runner, places, bench, base, paths, store),
    conflictMarkers: async (change) => conflictMarkersIn(runner, change, await bench.objectsSoFar()),
    diff: (change, most) => unifiedDiff(runner, bench, change, most),
    blob: async (id) => runner.run(['cat-file', 'blob', id], { doing: 'reading a blob', objects: await bench.objectsSoFar() }),
    blobs: async (ids) => {
      const found = await readObjects(runner, ids, { doing: 'reading blobs', objects: await bench.objectsSoFar() });
      return new Map(found.flatMap((object) => (object === undefined ? [] : [[object.id, object.content] as const])));
    },
    export: async (base, entries) => exportFiles(runner, places, base, entries, await bench.objectsSoFar()),
  };
}

/** The raw difference as git would commit it, and its digest. At most four calls of git, whatever the number of paths. */
async function gather(runner: GitRunner, places: Places, bench: Workbench, base: ObjectId, paths: readonly RepoPath[], store: 'private' | 'repository'): Promise<Gathering> {
  const own = { index: await bench.index(), objects: store === 'private' ? await bench.objects() : undefined, config: OWN_INDEX };
  await runner.run(['read-tree', base], { ...own, doing: 'reading the base tree' });
  const found = await takeUp(runner, places, paths, base.length, own);
  const raw = await runner.run(['diff-index', '--cached', ...RAW_DIFFERENCE, base], { ...own, doing: 'comparing the change with its base' });
  const entries = parseRawDiff(raw);
  refuseUnknownBehindLinks(found, new Set(entries.filter(isDeletion).map((entry) => entry.path)));
  return {
    change: { digest: sha256(raw), base, entries },
    close: async (more) => {
      await takeUp(runner, places, more, base.length, own);
      const tree = await writeTree(runner, { ...own, doing: 'writing the tree' });
      return { tree, difference: parseRawDiff(await runner.run(['diff-tree', '-r', ...RAW_DIFFERENCE, base, tree], { ...own, doing: 'comparing the tree with its parent' })) };
    },
  };
}

const RAW_DIFFERENCE = ['-z', '--raw', '--no-renames', '--no-abbrev', '--no-ext-diff', '--no-textconv', '--ignore-submodules=none'] as const;

/** Takes the paths into the index as they stand, or out of it. */
async function takeUp(runner: GitRunner, places: Places, paths: readonly RepoPath[], idLength: number, own: Omit<GitCall, 'doing'>): Promise<SortedPaths> {
  const found = sortOut(places, paths);
  await takeOut(runner, [...found.gone, ...found.behindLinks.map(({ path }) => path)], idLength, own);
  await takeIn(runner, found, own);
  return found;
}

/** Paths by what stands there. */
interface SortedPaths {
  present: RepoPath[];
  /** Nothing stands there at all. */
  missing: RepoPath[];
  /** A directory stands where a file was. */
  gone: RepoPath[];
  /** Nothing that git tracks stands there: a directory on the way became a link. */
  behindLinks: { path: RepoPath; link: RepoPath }[];
  /** Repositories of their own; git takes them for submodules. */
  repositories: RepoPath[];
}

function sortOut(places: Places, paths: readonly RepoPath[]): SortedPaths {
  const obstacleBefore = obstaclesBelow(places.root);
  const sorted: SortedPaths = { present: [], missing: [], gone: [], behindLinks: [], repositories: [] };
  for (const path of paths) {
    const obstacle = obstacleBefore(path);
    if (obstacle?.kind === 'repository') throw failed('nested-repository', { path, repository: obstacle.at });
    const stat = statOf(placeOf(places.root, path));
    if (obstacle?.kind === 'link') sorted.behindLinks.push({ path, link: obstacle.at });
    else if (stat === undefined) sorted.missing.push(path);
    else if (stat.isDirectory()) (isRepository(places.root, path) ? sorted.repositories : sorted.gone).push(path);
    else if (stat.isFile() || stat.isSymbolicLink()) sorted.present.push(path);
    else throw failed('not-a-file', { path });
  }
  return sorted;
}

async function takeOut(runner: GitRunner, paths: readonly RepoPath[], idLength: number, own: Omit<GitCall, 'doing'>): Promise<void> {
  if (paths.length === 0) return;
  const input = indexInfo(paths.map((path) => ({ path, mode: ABSENT_MODE, id: '0'.repeat(idLength) })));
  await runner.run(['update-index', '-z', '--index-info'], { ...own, doing: 'taking removed paths out', input });
}

async function takeIn(runner: GitRunner, { present, missing, repositories }: SortedPaths, own: Omit<GitCall, 'doing'>): Promise<void> {
  if (present.length + missing.length + repositories.length === 0) return;
  const doing = 'reading the changed files';
  const input = pathsInput([...missing, ...present, ...repositories]);
  const answer = await runner.attempt(['update-index', '--add', '--remove', '--replace', '-z', '--stdin'], { ...own, doing, input });
  if (answer.exit === 0) return;
  const [repository] = repositories;
  // Git cannot name a repository that has no commit yet.
  if (repository !== undefined) throw failed('nested-repository', { path: repository, repository });
  throw failed('git-failed', { doing, said: answer.stderr.trim() });
}

/** Behind a link only a file that the base still holds there has a meaning: it is gone. */
function refuseUnknownBehindLinks({ behindLinks }: SortedPaths, deleted: ReadonlySet<RepoPath>): void {
  const unknown = behindLinks.find(({ path }) => !deleted.has(path));
  if (unknown) throw failed('path-through-link', unknown);
}

async function unifiedDiff(runner: GitRunner, bench: Workbench, { base, entries }: ChangeSet, most: number): Promise<ShownChange> {
  const own = { index: await bench.index(), objects: await bench.objectsSoFar(), config: [...OWN_INDEX, ...SHOWN_AT_ANY_SIZE] };
  await layOut(runner, base, entries, own);
  const differenceAs = (...form: string[]): Promise<Buffer> =>
    runner.run(['diff-index', '--cached', ...form, '--no-renames', '--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=none', base], { ...own, doing: 'showing the change' });
  const whole = await differenceAs('--patch');
  const unshown = whole.includes('\nBinary files ') ? parseUncounted(await differenceAs('--numstat', '-z')) : [];
  const end = whole.length <= most ? whole.length : whole.lastIndexOf('\n', most - 1) + 1;
  return { text: whole.toString('utf8', 0, end), beyond: linesIn(whole.subarray(end)), unshown };
}

/** A repository may say from which size on git shows nothing of a file; this is git's own. */
const SHOWN_AT_ANY_SIZE = ['core.bigFileThreshold=512m'];

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
