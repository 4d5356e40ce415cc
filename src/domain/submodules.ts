import { isAddition, isGitlink, type ChangedPath } from './changeSet.js';
import type { RepoPath } from './paths.js';
import { refuse, type Refusal } from './problem.js';
import type { DirtyPath } from './repository.js';
import type { TicketId } from './ticketId.js';

/** Paths of a change that are repositories of their own. One that the base does not have is nested, or a submodule that comes. */
export function submoduleRefusals(ticket: TicketId, entries: readonly ChangedPath[], dirty: readonly DirtyPath[]): Refusal[] {
  const inner = entries.filter(isGitlink);
  if (inner.length === 0) return [];
  const staged = new Set(dirty.filter((path) => path.staged).map(({ path }) => path));
  return [refuse('submodule-path', { ticket, paths: pathsOf(inner), nested: pathsOf(inner.filter(isAddition)), staged: pathsOf(inner).filter((path) => staged.has(path)) })];
}

const pathsOf = (entries: readonly ChangedPath[]): RepoPath[] => entries.map(({ path }) => path);
