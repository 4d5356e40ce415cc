import { done, type Outcome } from '../domain/outcome.js';
import { showPath } from '../domain/paths.js';
import { shelfProblems, unreadWhole, type Change, type FileProblem, type Spec } from '../domain/specs/spec.js';
import type { World } from '../world/index.js';
import { readShelf } from './specs/shelf.js';

export interface ListedSpec {
  name: string;
  path: string;
  title?: string;
  /** Where each of its documents stands; absent where there is none, or none that can be read. */
  requirements?: string;
  design?: string;
  tasks?: string;
  counts: { requirements: number; accepted: number; decisions: number; tasks: number; questions: number };
  /** How many problems it has. */
  broken?: number;
}

export interface ListedChange {
  id: string;
  path: string;
  title?: string;
  status?: string;
  /** The spec that it changes. */
  spec?: string;
  items: number;
}

export interface SpecListData {
  specs: ListedSpec[];
  changes: ListedChange[];
}

/** Every spec in docs/specs with where it stands, and the changes to them that are on their way. */
export async function specList(world: Pick<World, 'files'>): Promise<Outcome<SpecListData>> {
  const shelf = await readShelf(world);
  const problems = shelfProblems(shelf).filter(({ problem }) => problem.severity === 'error');
  const specs = shelf.specs.map((spec) => listed(spec, problems));
  const data = { specs, changes: shelf.changes.map(listedChange) };
  return done('spec list', data, [nextFor(data)], unreadWhole(shelf));
}

function listed(spec: Spec, problems: readonly FileProblem[]): ListedSpec {
  const { requirements, design, tasks } = spec;
  const rows = requirements?.tables.requirements ?? [];
  const broken = problems.filter(({ path }) => path.startsWith(`${spec.folder}/`)).length;
  return {
    name: spec.name, path: showPath(spec.folder), title: requirements?.title || undefined,
    requirements: requirements?.status?.word, design: design?.status?.word, tasks: tasks?.status?.word,
    counts: {
      requirements: rows.length, accepted: rows.filter(({ status }) => status?.word === 'accepted').length,
      decisions: design?.tables.decisions.length ?? 0, tasks: tasks?.tables.tasks.length ?? 0, questions: requirements?.tables.questions.length ?? 0,
    },
    broken: broken === 0 ? undefined : broken,
  };
}

const listedChange = ({ id, folder, delta }: Change): ListedChange => ({
  id, path: showPath(folder), title: delta.title || undefined, status: delta.status?.word, spec: delta.fields.get('spec')?.text,
  items: Object.values(delta.tables).flat().length,
});

function nextFor({ specs, changes }: SpecListData): string {
  if (specs.some(({ broken }) => broken !== undefined)) return 'cxw validate docs/specs';
  if (specs.length === 0 && changes.length === 0) return 'cxw spec new NAME';
  return 'cxw spec trace';
}
