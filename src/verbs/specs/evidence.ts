import { ownPath } from '../../domain/paths.js';
import type { Policy } from '../../domain/policy.js';
import { namedPaths, provedBy, type Evidence, type Proved, type Since } from '../../domain/specs/drift.js';
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
  const commits = [...new Set(works.flatMap(({ commit }) => (commit === undefined ? [] : [commit])))];
  const proved = provedBy(specs, works, await world.git.trees.known(commits), current);
  return {
    specs, changes, works, proved,
    problems: [...unreadWhole(shelf), ...shelfProblems(shelf).filter(({ path, problem }) => problem.severity === 'error' && folders.some((folder) => path.startsWith(`${folder}/`))).map(({ problem }) => problem)],
    since: await sinceEach(world, proved),
    surface: { works: surface, patterns, specs: shelf.specs },
    manifest: await manifestNow(world),
  };
}

/** Every commit and every path at once: there may be thousands. */
async function sinceEach({ files, git }: EvidenceWorld, proved: readonly Proved[]): Promise<Map<string, Since>> {
  const wanted = eachOnce(proved.flatMap(({ work, proofs, last }) => [
    ...work.changed.map((path) => ({ commit: last.commit!, path })),
    ...[MANIFEST, ...proofs.flatMap(namedPaths)].map((path) => ({ commit: work.commit!, path })),
  ]));
  const since = new Map<string, Since>();
  if (wanted.length === 0) return since;
  const { head, dirty } = await git.repository.survey();
  const paths = [...new Set(wanted.map(({ path }) => path))];
  const [then, ids] = await Promise.all([git.trees.idsAt(wanted), git.trees.idsAt(head === undefined ? [] : paths.map((path) => ({ commit: head, path })))]);
  const now = new Map(paths.map((path, at) => [path, ids[at]]));
  const edited = new Set(dirty.map(({ path }) => path));
  const absent = new Set((await Promise.all([...edited].map(async (path) => (await files.kind(path) === 'absent' ? [path] : [])))).flat());
  const manifests = new Map<string, string>();
  for (const [at, { commit, path }] of wanted.entries()) {
    const one = since.get(commit) ?? { changed: new Set(), gone: new Set() };
    since.set(commit, one);
    if (then[at] !== now.get(path) || edited.has(path)) one.changed.add(path);
    if (then[at] !== undefined && (now.get(path) === undefined || absent.has(path))) one.gone.add(path);
    if (path === MANIFEST && then[at] !== undefined) manifests.set(commit, then[at]);
  }
  const texts = await git.changes.blobs([...new Set(manifests.values())]);
  for (const [commit, id] of manifests) since.get(commit)!.manifest = texts.get(id)?.toString('utf8');
  return since;
}

const eachOnce = <T extends { commit: string; path: string }>(wanted: readonly T[]): T[] =>
  [...new Map(wanted.map((one) => [`${one.commit}:${one.path}`, one])).values()];

const manifestNow = async ({ files }: Pick<World, 'files'>): Promise<string | undefined> =>
  (await files.kind(MANIFEST) === 'file' ? (await files.read(MANIFEST))?.toString('utf8') : undefined);
