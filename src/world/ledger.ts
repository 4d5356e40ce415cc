import type { Claim, ClaimDraft, Draft, Fact } from '../domain/facts.js';
import type { TicketId } from '../domain/ticket.js';

/** A ledger as it was read: its facts, and what the next one must name as its predecessor. */
export interface LedgerView<F> {
  facts: F[];
  /** Digest of the last fact's bytes; of the ledger's name when there is none. */
  head: string;
}

/** Why a ledger cannot be trusted, and where. */
export type LedgerFault =
  | { fault: 'edited' | 'removed' | 'reordered' | 'unreadable' | 'newer-format'; seq: number; detail: string };

/** Facts, one file each, hard-linked to the next number: whoever publishes a number first has it. */
export interface Ledger {
  /** All facts of a ticket, chain checked. A broken chain is a `ledger-damaged` world error. */
  read(ticket: TicketId): Promise<LedgerView<Fact>>;
  /**
   * Publishes facts after the given view. Answers the new view, or nothing when somebody else published first: then
   * read again and decide again.
   */
  append(ticket: TicketId, after: LedgerView<Fact>, drafts: readonly Draft[]): Promise<LedgerView<Fact> | undefined>;
  /** Tickets that have a ledger in this worktree. */
  tickets(): Promise<TicketId[]>;
  /** The worktree's own ledger: who holds the writer claim. */
  claims(): Promise<LedgerView<Claim>>;
  appendClaim(after: LedgerView<Claim>, draft: ClaimDraft): Promise<LedgerView<Claim> | undefined>;
  /** Checks every byte: chain, numbering, the remembered head. For `validate`. */
  inspect(ticket: TicketId | 'worktree'): Promise<LedgerFault[]>;
  /** The exact bytes of each fact, in order: what a seal is made of. */
  lines(ticket: TicketId): Promise<Buffer[]>;
}
