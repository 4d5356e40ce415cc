import type { RepoPath } from './paths.js';
import type { Run } from './run.js';
import type { Ticket } from './ticket.js';

/** The paths that the work touches, as far as they are known: those of a quick ticket, of the plan, and of the change. */
export function touchedPaths(run: Run, ticket: Ticket): RepoPath[] {
  const exact = ticket.class === 'quick' ? ticket.scope.files : [];
  const planned = run.records.plan?.document.tasks.flatMap((task) => task.paths) ?? [];
  const changed = run.change?.changeSet.entries.map((entry) => entry.path) ?? [];
  return [...new Set([...exact, ...planned, ...changed])];
}
