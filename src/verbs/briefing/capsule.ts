import type { Digest } from '../../domain/changeSet.js';
import { attestationsDue } from '../../domain/next.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import type { Policy } from '../../domain/policy.js';
import type { BriefRole } from '../../domain/roles.js';
import type { Run } from '../../domain/run.js';
import type { Ticket } from '../../domain/ticket.js';

/** The assignment of a session in a few lists: for a client that starts it, and bounds what it may do. */
export interface Capsule {
  /** Patterns and paths that the role may change; none for whoever reads. */
  mayChange: string[];
  mayNotChange: string[];
  /** What it reads first, in order. */
  read: string[];
  /** The documents that the change still lacks, as the commands that hand them in. */
  due: string[];
}

export interface Assignment {
  role: BriefRole;
  run: Run;
  ticket: Ticket | undefined;
  policy: Policy | undefined;
  ticketPath: RepoPath;
  /** The files that the brief shows. */
  shown: readonly RepoPath[];
  change: Digest | undefined;
}

export function capsuleOf({ role, run, ticket, policy, ticketPath, shown, change }: Assignment): Capsule {
  return {
    mayChange: role === 'writer' ? scopeOfWriter(ticket) : role === 'curator' ? ['agent/*.md'] : [],
    mayNotChange: [...new Set([...policy?.forbidden ?? [], ...ticket?.scope.forbidden ?? []])],
    read: ['AGENTS.md', showPath(ticketPath), ...shown.map(showPath)],
    due: change === undefined ? [] : attestationsDue(run, change),
  };
}

function scopeOfWriter(ticket: Ticket | undefined): string[] {
  if (ticket === undefined) return [];
  return ticket.class === 'quick' ? ticket.scope.files.map(showPath) : ticket.scope.allowed;
}
