import type { RepoPath } from '../paths.js';
import type { Problem } from '../problem.js';
import { conflictWarnings } from './claims.js';
import { SPECS } from './places.js';
import { sheetRules } from './rules.js';
import type { Sheet } from './sheet.js';

/** One spec: a folder with what is wanted, how it will be done, and in which steps. */
export interface Spec {
  name: string;
  folder: RepoPath;
  requirements?: Sheet<'requirements'>;
  design?: Sheet<'design'>;
  tasks?: Sheet<'tasks'>;
}

/** A change to specs that is on its way: a folder with a delta. */
export interface Change {
  id: string;
  folder: RepoPath;
  delta: Sheet<'delta'>;
}

/** Every spec of a worktree and every change to them, as far as they can be read. */
export interface Shelf {
  specs: Spec[];
  changes: Change[];
  /** Files that cannot be read, or are not there, and why. */
  unread: FileProblem[];
}

/** What keeps anything from being read at all. */
export const unreadWhole = ({ unread }: Shelf): Problem[] => unread.filter(({ path }) => path === SPECS).map(({ problem }) => problem);

export interface FileProblem {
  path: RepoPath;
  problem: Problem;
}

export const sheetsOf = ({ requirements, design, tasks }: Spec): Sheet[] => [requirements, design, tasks].filter((sheet) => sheet !== undefined);

/** Everything that is wrong on a shelf, by file. */
export function shelfProblems({ specs, changes, unread }: Shelf): FileProblem[] {
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const elsewhere = (name: string): Spec | undefined => byName.get(name);
  const judged = (sheet: Sheet, spec?: Spec): FileProblem[] =>
    [...sheet.problems, ...sheetRules(sheet, { spec, elsewhere })].map((problem) => ({ path: sheet.path, problem }));
  return [
    ...unread,
    ...specs.flatMap((spec) => sheetsOf(spec).flatMap((sheet) => judged(sheet, spec))),
    ...changes.flatMap(({ delta }) => judged(delta)),
    ...changes.flatMap((change) => conflictWarnings(change, changes)),
  ];
}
