import type { PathFault } from '../paths.js';
import { complain, type Problem } from '../problem.js';
import { fieldName, type FieldPath, type Whereabouts } from './whereabouts.js';

type PathCode = 'path-empty' | 'path-absolute' | 'path-leaves-repository' | 'path-not-normal' | 'path-git-directory' | 'path-badly-quoted' | 'path-with-nul';

const FAULTS: Record<PathFault, [code: PathCode, label: string]> = {
  'empty': ['path-empty', 'no path'],
  'absolute': ['path-absolute', 'not from the root of the repository'],
  'leaves-repository': ['path-leaves-repository', 'leads out of the repository'],
  'not-normal': ['path-not-normal', 'not as git writes it'],
  'git-directory': ['path-git-directory', "git's own directory"],
  'bad-quoting': ['path-badly-quoted', 'not quoted as git does it'],
  'nul': ['path-with-nul', 'holds a NUL'],
};

/** A path or pattern that cannot be used, from what the schema noted about it. */
export function pathProblem(noted: Record<string, unknown>, path: FieldPath, where: Whereabouts): Problem {
  const { fault, written, glob } = noted;
  const field = fieldName(path);
  if (typeof glob === 'string') return complain('glob-invalid', { field, pattern: glob, why: String(fault) }, where.value(path, 'not a pattern'));
  const [code, label] = FAULTS[fault as PathFault];
  return complain(code, { field, written: String(written) }, where.value(path, label));
}
