import type { Policy } from '../domain/policy.js';
import type { Problem } from '../domain/problem.js';
import type { RepoPath } from '../domain/paths.js';
import type { Documents as Records, RecordKind } from '../domain/records.js';
import type { Ticket, TicketId } from '../domain/ticket.js';

/** A document as it was read: its value, or everything that is wrong with it; and its exact bytes. */
export type Reading<T> =
  | { ok: true; value: T; path: RepoPath; text: string; digest: string; warnings: Problem[] }
  | { ok: false; path: RepoPath; problems: Problem[] };

/** YAML documents of the worktree, read strictly: every problem at once, each with its place. */
export interface DocumentReader {
  ticket(id: TicketId): Promise<Reading<Ticket> | undefined>;
  /** Any ticket file. */
  ticketAt(path: RepoPath): Promise<Reading<Ticket> | undefined>;
  policy(): Promise<Reading<Policy> | undefined>;
  /** An attested document from text; `name` is how the person calls it, for messages. YAML, or JSON as its subset. */
  record<K extends RecordKind>(kind: K, text: Uint8Array, name: string): Reading<Records[K]>;
  /** Ids of the ticket files in tickets/, sorted. */
  ticketIds(): Promise<TicketId[]>;
}
