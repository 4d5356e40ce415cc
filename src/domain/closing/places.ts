import type { RepoPath } from '../paths.js';
import type { TicketId } from '../ticket.js';

/** Where the closing records of every ticket stand. */
export const RECORDS = 'tickets/records' as RepoPath;

/** Where the closing records of a ticket stand. */
export const recordsFolder = (ticket: TicketId): RepoPath => `${RECORDS}/${ticket}` as RepoPath;

/** Where the sealed facts of a ticket stand. */
export const sealedLedgerPath = (ticket: TicketId): RepoPath => `${recordsFolder(ticket)}/ledger.jsonl` as RepoPath;
