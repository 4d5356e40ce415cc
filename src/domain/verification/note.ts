import type { Digest, ObjectId } from '../changeSet.js';
import { count } from '../codes/entry.js';
import type { DeliveryNote } from '../delivery/note.js';
import type { Target } from '../facts.js';
import { showPath, type RepoPath } from '../paths.js';
import type { TicketId } from '../ticketId.js';

/** What the repository itself shows of a delivery, to hold a note against. What it cannot show is absent. */
export interface Shown {
  ticket: TicketId;
  commit: ObjectId;
  seal?: Digest;
  /** Where it was to be delivered, as the sealed evidence has it. */
  target?: Target;
  branch?: string;
  /** Every path that the commit changed. */
  paths?: readonly RepoPath[];
}

/** In what a note says something else than the repository shows. */
export function noteFaults(note: DeliveryNote, { ticket, commit, seal, target, branch, paths }: Shown): string[] {
  const shown = paths === undefined ? undefined : new Set(paths.map(showPath));
  const differs: [string, boolean][] = [
    ['ticket', note.ticket !== ticket],
    ['commit', note.commit !== commit],
    ['seal', note.seal !== seal],
    ['branch', branch !== undefined && note.branch !== branch],
    ['remote', target !== undefined && (note.remote.ref !== target.ref || note.remote.url !== target.url)],
    ['paths', shown !== undefined && (note.paths.count !== shown.size || !note.paths.first.every((path) => shown.has(path)))],
  ];
  return differs.filter(([, isSo]) => isSo).map(([what]) => what);
}

/** A note that agrees with everything that the repository shows, told in one sentence. */
export function noteInWords({ commit, remote, paths, leftAlone, by }: DeliveryNote): string {
  const alone = Object.entries(leftAlone).filter(([, number]) => number > 0).map(([what, number]) => `${number} ${what}`).join(', ');
  return `Noted by ${by}: ${remote.name} ${remote.answer} ${commit.slice(0, 12)} at ${remote.ref}; ${count(paths.count, 'path')} delivered; left alone: ${alone === '' ? 'there was nothing else' : alone}.`;
}
