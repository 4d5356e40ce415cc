import type { PathFault } from '../paths.js';
import { complain, type Place, type Problem } from '../problem.js';

type PathCode = 'path-empty' | 'path-absolute' | 'path-leaves-repository' | 'path-not-normal' | 'path-git-directory' | 'path-badly-quoted' | 'path-with-nul';

const CODES: Record<PathFault, PathCode> = {
  'empty': 'path-empty',
  'absolute': 'path-absolute',
  'leaves-repository': 'path-leaves-repository',
  'not-normal': 'path-not-normal',
  'git-directory': 'path-git-directory',
  'bad-quoting': 'path-badly-quoted',
  'nul': 'path-with-nul',
};

/** A path or pattern that cannot be used, from what the schema noted about it. */
export function pathProblem(noted: Record<string, unknown>, { field }: { field: string }, place: Place): Problem {
  const { fault, written, glob } = noted;
  if (typeof glob === 'string') return complain('glob-invalid', { field, pattern: glob, why: String(fault) }, place);
  return complain(CODES[fault as PathFault], { field, written: String(written) }, place);
}
