import { isAddition, isGitlink, type ChangedPath } from './changeSet.js';
import { refuse, type Refusal } from './problem.js';
import type { TicketId } from './ticketId.js';

/** Paths of a change that are repositories of their own. One that the base does not have is nested, and no submodule. */
export function submoduleRefusals(ticket: TicketId, entries: readonly ChangedPath[]): Refusal[] {
  const inner = entries.filter(isGitlink);
  if (inner.length === 0) return [];
  return [refuse('submodule-path', { ticket, paths: inner.map(({ path }) => path), nested: inner.filter(isAddition).map(({ path }) => path) })];
}
