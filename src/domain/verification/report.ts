import type { Digest, ObjectId } from '../changeSet.js';
import type { TicketId } from '../ticket.js';
import type { Integration } from './integration.js';

/** What was found out about one ticket. The three questions stand apart: evidence, delivered, integrated. */
export interface VerifiedTicket {
  ticket: TicketId;
  commit: ObjectId;
  /** The digest of the sealed ledger as it stands in the commit. */
  seal?: Digest;
  changeSet?: Digest;
  /** `consistent`: everything that was remembered fits together and fits the commit. `proved again`: the proofs passed once more. */
  evidence: 'consistent' | 'proved again' | 'broken';
  /** The remote's branch contains the commit. */
  delivered: 'yes' | 'no' | 'unknown';
  integrated: Integration;
  /** Proved paths that came through otherwise. */
  changed?: string[];
  waived?: { what: string; by: string; reason: string }[];
  /** How the proofs ended when they were run again. */
  rerun?: { proof: string; verdict: string; duration?: number }[];
  /** What the delivery's note is worth, where one was fetched: a claim, which is held against the commit. */
  note?: 'agrees' | 'differs' | 'unreadable';
  /** When the remote confirmed the delivery, as a note says that agrees. */
  deliveredAt?: string;
}

export interface VerifyData {
  tickets: VerifiedTicket[];
  /** Commits of the range that carry no ticket. */
  unticketed: { commit: ObjectId; subject: string }[];
}
