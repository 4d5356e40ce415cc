import { bytesOfPath, comparePaths, isUnder, type RepoPath } from '../paths.js';
import { recordsFolder, sealedLedgerPath } from '../closing/places.js';
import { differingPaths, isAddition, isDeletion, type ChangedPath } from '../changeSet.js';
import type { Hash } from '../seal.js';
import type { Run } from '../run.js';
import type { TicketId } from '../ticket.js';

/** What a commit changed, taken apart as a delivery is: the work, the memory, the records; and what is none of them. */
export interface DeliveredSets {
  product: ChangedPath[];
  memory: ChangedPath[];
  records: ChangedPath[];
}

/** Paths in which what was delivered is not what was proved. */
export interface SetFaults {
  /** Product entries that are missing, extra or other than the change set's. */
  product: RepoPath[];
  memory: RepoPath[];
  /** Records that nobody listed, or listed ones that are no ordinary files. */
  records: RepoPath[];
  /** The product as delivered does not have the digest of the change set. */
  digest: boolean;
}

/** Where a ticket stands. Not asked of the facts, which could call any file the ticket. */
export const ticketPath = (ticket: TicketId): RepoPath => `tickets/${ticket}.yaml` as RepoPath;

/** Takes a delivered difference apart by what the run says about each path. */
export function deliveredSets(run: Run, difference: readonly ChangedPath[]): DeliveredSets {
  const memory = new Set((run.curation?.memory ?? []).map((entry) => entry.path));
  const kindOf = (entry: ChangedPath): keyof DeliveredSets => {
    if (isUnder(entry.path, recordsFolder(run.ticket)) || entry.path === ticketPath(run.ticket)) return 'records';
    return memory.has(entry.path) ? 'memory' : 'product';
  };
  const sets: DeliveredSets = { product: [], memory: [], records: [] };
  for (const entry of difference) sets[kindOf(entry)].push(entry);
  return sets;
}

/** Compares each set with its list. */
export function setFaults(run: Run, sets: DeliveredSets, hash: Hash): SetFaults {
  const changeSet = run.change?.changeSet;
  return {
    product: differingPaths(changeSet?.entries ?? [], sets.product),
    memory: differingPaths(run.curation?.memory ?? [], sets.memory),
    records: sets.records.filter((entry) => !isListed(run, entry)).map((entry) => entry.path),
    digest: hash(rawDifference(sets.product)) !== changeSet?.digest,
  };
}

/** An ordinary file that the sealed facts list as a record, the ticket, or the sealed facts themselves. */
export function isListed(run: Run, entry: ChangedPath): boolean {
  const listed = entry.path === ticketPath(run.ticket) || entry.path === sealedLedgerPath(run.ticket)
    || run.curation?.records.some((record) => record.path === entry.path) === true;
  return listed && entry.newMode === '100644';
}

/** The bytes of git's raw, NUL-separated difference, from which the digest of a change set is counted. */
export function rawDifference(entries: readonly ChangedPath[]): Uint8Array {
  const ordered = [...entries].sort((a, b) => comparePaths(a.path, b.path));
  return bytesOfPath(ordered.map((entry) =>
    `:${entry.oldMode} ${entry.newMode} ${entry.oldId} ${entry.newId} ${statusOf(entry)}\0${entry.path}\0`).join('') as RepoPath);
}

function statusOf(entry: ChangedPath): 'A' | 'D' | 'M' | 'T' {
  if (isAddition(entry)) return 'A';
  if (isDeletion(entry)) return 'D';
  return entry.oldMode.slice(0, 3) === entry.newMode.slice(0, 3) ? 'M' : 'T';
}
