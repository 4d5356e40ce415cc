import { namedMemory } from './gates.js';
import type { RepoPath } from './paths.js';
import { refuse, type Refusal } from './problem.js';
import type { Curation } from './records.js';
import type { Run } from './run.js';
import { lockedScope } from './scope.js';

/** The word for no memory at all, where one names files. */
const NONE = 'none' as RepoPath;

/** Memory has its places, and what a ticket has in its scope is none: that is known when a curation is recorded, long before it is asked what changed. */
export function memoryPlaces(run: Run, curation: Curation): Refusal[] {
  if (run.lock === undefined) return [];
  const scope = lockedScope(run.lock);
  const named = namedMemory(curation);
  const others = named.filter((path) => !scope.isMemory(path));
  if (others.length === 0) return [];
  const product = others.filter((path) => path !== NONE && scope.covers(path));
  const elsewhere = others.filter((path) => path !== NONE && !scope.covers(path));
  return [refuse('memory-elsewhere', { ticket: run.ticket, none: others.filter((path) => path === NONE), product, elsewhere, memory: named.filter((path) => scope.isMemory(path)) })];
}
