import { isDeletion } from '../../domain/changeSet.js';
import { ownPath, type RepoPath } from '../../domain/paths.js';
import type { Policy } from '../../domain/policy.js';
import type { Evidence, Since } from '../../domain/specs/drift.js';
import { specsOf } from '../../domain/specs/claims.js';
import { shelfProblems, unreadWhole, type Shelf, type Spec } from '../../domain/specs/spec.js';
import type { Work } from '../../domain/specs/work.js';
import { triggerPatterns } from '../../domain/triggers.js';
import type { World } from '../../world/index.js';

export type EvidenceWorld = Pick<World, 'files' | 'git'>;

/** What specs are judged by. */
export interface Question {
  shelf: Shelf;
  specs: readonly Spec[];
  works: readonly Work[];
  /** Those whose change is held against the public surface. */
  surface: readonly Work[];
  policy?: Policy;
  current?: string;
}

const MANIFEST = ownPath('package.json');

/** Gathers it: what is wrong with their documents, the changes that wait for them, and what differs from what was delivered. */
export async function evidenceFor(world: EvidenceWorld, { shelf, specs, works, surface, policy, current }: Question): Promise<Evidence> {
  const folders = specs.map(({ folder }) => folder);
  const changes = shelf.changes.filter(({ delta }) => specs.some((spec) => specsOf(delta).includes(spec.name)));
  const patterns = policy === undefined ? [] : triggerPatterns(policy).filter(([trigger]) => trigger === 'public_api_shared_contract').flatMap(([, globs]) => globs);
  return {
    specs, changes, works, current,
    problems: [...unreadWhole(shelf), ...shelfProblems(shelf).filter(({ path, problem }) => problem.severity === 'error' && folders.some((folder) => path.startsWith(`${folder}/`))).map(({ problem }) => problem)],
    since: await sinceEach(world, works),
    surface: { works: surface, patterns, specs: shelf.specs },
    manifest: await manifestNow(world),
  };
}

async function sinceEach({ files, git }: EvidenceWorld, works: readonly Work[]): Promise<Map<string, Since>> {
  const commits = new Set(works.flatMap(({ commit }) => (commit === undefined ? [] : [commit])));
  const since = new Map<string, Since>();
  if (commits.size === 0) return since;
  const { head, dirty } = await git.repository.survey();
  const edited = dirty.map(({ path }) => path);
  const absent = (await Promise.all(edited.map(async (path) => (await files.kind(path) === 'absent' ? [path] : [])))).flat();
  for (const commit of commits) {
    if (head === undefined || await git.history.resolve(commit) === undefined) continue;
    const entries = await git.trees.difference(commit, head);
    const changed = new Set([...entries.map(({ path }) => path), ...edited]);
    const gone = new Set([...entries.filter(isDeletion).map(({ path }) => path), ...absent]);
    since.set(commit, { changed, gone, manifest: await manifestOf({ files, git }, commit, changed) });
  }
  return since;
}

/** As long as it did not change, it is the one that stands here. */
async function manifestOf(world: EvidenceWorld, commit: string, changed: ReadonlySet<RepoPath>): Promise<string | undefined> {
  if (!changed.has(MANIFEST)) return manifestNow(world);
  const [entry] = await world.git.trees.entries(commit, [MANIFEST]);
  return entry === undefined ? undefined : (await world.git.changes.blob(entry.id)).toString('utf8');
}

const manifestNow = async ({ files }: Pick<World, 'files'>): Promise<string | undefined> =>
  (await files.kind(MANIFEST) === 'file' ? (await files.read(MANIFEST))?.toString('utf8') : undefined);
