import type { Evidence } from './facts.js';
import { compileGlobs } from './globs.js';
import { isUnder, type RepoPath } from './paths.js';
import type { Policy } from './policy.js';
import type { Ticket } from './ticket.js';

/** Where a ticket may change something. It speaks of the product only; records and memory are delivered by lists of their own. */
export interface Scope {
  /** The path belongs to the product of the ticket. */
  covers(path: RepoPath): boolean;
  /** The pattern that keeps the path out of every change, if one does. */
  forbids(path: RepoPath): string | undefined;
  /** The ticket's own file, its records and its drafts: written by cxw. */
  isManaged(path: RepoPath): boolean;
  /** A memory file of the project. */
  isMemory(path: RepoPath): boolean;
  /** A document that a sandboxed agent could not record itself. Never delivered. */
  isDraft(path: RepoPath): boolean;
}

/** The scope of a ticket under a policy: exact files for a quick ticket, patterns for the others. What a parent forbids, its child inherits. */
export function scopeOf(ticket: Ticket, policy: Policy, inherited: { forbidden: readonly string[] } = { forbidden: [] }): Scope {
  const own = ticket.class === 'quick' ? exactly(ticket.scope.files) : compileGlobs(ticket.scope.allowed);
  const forbidden = [...policy.forbidden, ...inherited.forbidden, ...(ticket.scope.forbidden ?? [])].map((pattern) => ({ pattern, matches: compileGlobs([pattern]) }));
  const records = `tickets/records/${ticket.id}`;
  const isManaged = (path: RepoPath): boolean => path === `tickets/${ticket.id}.yaml` || isUnder(path, records);
  return {
    covers: (path) => own(path) && !isManaged(path) && !isWorkflow(path),
    forbids: (path) => forbidden.find(({ matches }) => matches(path))?.pattern,
    isManaged,
    isMemory: (path) => /^agent\/[^/]+\.md$/.test(path) && !own(path),
    isDraft: (path) => isUnder(path, `${records}/drafts`),
  };
}

/** The scope of a ticket as it was locked. */
export const lockedScope = ({ ticket, policy, inherited }: Evidence<'source_lock_validated'>): Scope => scopeOf(ticket.content, policy.content, inherited);

/** Live workflow documents are never product, whatever a pattern says: `**` must not deliver other tickets. */
const isWorkflow = (path: RepoPath): boolean => /^tickets\/([^/]+\.yaml|records\/.*)$/.test(path);

function exactly(files: readonly RepoPath[]): (path: RepoPath) => boolean {
  const named = new Set(files);
  return (path) => named.has(path);
}
