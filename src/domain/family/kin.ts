import { literalGlob } from '../globText.js';
import type { RepoPath } from '../paths.js';
import type { Ticket, TicketId } from '../ticket.js';

/** What a ticket says of its relatives. */
export interface Kin {
  id: TicketId;
  /** Whether it may have children. */
  isParent: boolean;
  parent?: TicketId;
  after: TicketId[];
  children: TicketId[];
  stages: Stage[];
  /** What it may change, and which field of its scope says so. */
  reach: { field: 'files' | 'allowed'; patterns: string[] };
}

export interface Stage {
  id: string;
  children: TicketId[];
  exitGate: string;
}

/** Tickets by their ids. One that is there and cannot be read stands for itself as `undefined`. */
export type Family = ReadonlyMap<TicketId, Kin | undefined>;

export function kinOf(ticket: Ticket): Kin {
  const { id } = ticket;
  const reach = reachOf(ticket.scope);
  if (ticket.class !== 'orchestrator') return { id, isParent: false, parent: ticket.parent, after: ticket.after ?? [], children: [], stages: [], reach };
  const stages = (ticket.stages ?? []).map(({ id: stage, children, exit_gate: exitGate }) => ({ id: stage, children, exitGate }));
  return { id, isParent: true, after: [], children: ticket.children, stages, reach };
}

/** What a scope lets a ticket change. The files of a quick ticket are patterns that match them and nothing else. */
export const reachOf = (scope: { files: readonly RepoPath[] } | { allowed: string[] }): Kin['reach'] =>
  ('files' in scope ? { field: 'files', patterns: scope.files.map(literalGlob) } : { field: 'allowed', patterns: scope.allowed });

/** Those whom a ticket names. */
export const relatives = ({ parent, after, children }: Kin): TicketId[] => [...(parent === undefined ? [] : [parent]), ...after, ...children];

/** The stages that come before the one of a child. */
export function stagesBefore(parent: Kin | undefined, child: TicketId): Stage[] {
  const at = parent?.stages.findIndex(({ children }) => children.includes(child)) ?? -1;
  return at < 0 ? [] : parent!.stages.slice(0, at);
}
