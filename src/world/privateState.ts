import type { Baseline, FingerprintDetails, PathIdentity } from '../domain/repository.js';
import type { RepoPath } from '../domain/paths.js';
import type { TicketId } from '../domain/ticket.js';

/** What a ticket's run must remember and must not publish. Lives below the git directory, mode 0700. */
export interface PrivateState {
  baseline(ticket: TicketId): Promise<PrivateBaseline | undefined>;
  saveBaseline(ticket: TicketId, baseline: PrivateBaseline): Promise<void>;
  /** Copies the identified files to safety, content-addressed, up to so many bytes. Answers how many were and were not copied. */
  copyToSafety(ticket: TicketId, paths: readonly PathIdentity[], most: number): Promise<{ copied: number; notCopied: number }>;
  /** Where the copy of a path's content lies, if there is one. */
  safetyCopy(ticket: TicketId, digest: string): Promise<string | undefined>;
  /** Keeps a proof's log until the records are written. */
  saveLog(ticket: TicketId, name: string, content: Uint8Array): Promise<void>;
  log(ticket: TicketId, name: string): Promise<Buffer | undefined>;
  /** The child that a delivery started and that may outlive us. */
  saveChild(ticket: TicketId, child: { pid: number; started: string } | undefined): Promise<void>;
  child(ticket: TicketId): Promise<{ pid: number; started: string } | undefined>;
  /** Drops what is only needed while a ticket runs: copies, baseline, logs, temporary indexes. */
  forget(ticket: TicketId): Promise<void>;
}

export interface PrivateBaseline {
  baseline: Baseline;
  /** Paths that a person declared as their own meanwhile. */
  mine: RepoPath[];
  fingerprints: FingerprintDetails;
}
