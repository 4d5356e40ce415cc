import { placesIn } from '../documents/places.js';
import { showPath } from '../paths.js';
import { complain, type Problem } from '../problem.js';
import { COMPLETED_MAX, PROGRESS_INDEX } from './places.js';
import { COMPLETED, IN_PROGRESS, rowsOf } from './tables.js';

/** What the records say, against which the index is held. */
export interface ProgressCase {
  index: string;
  /** Texts of the archive. */
  archive: readonly string[];
  /** Tickets that have a sealed ledger in the worktree. */
  sealed: ReadonlySet<string>;
}

/** What is wrong with the index: too long, a ticket in both tables, one called completed that was never delivered, or one left out. */
export function progressProblems({ index, archive, sealed }: ProgressCase): Problem[] {
  const place = placesIn(showPath(PROGRESS_INDEX), index);
  const completed = rowsOf(index, COMPLETED);
  const listed = new Set([...completed, ...archive.flatMap((text) => rowsOf(text, COMPLETED))].map(({ ticket }) => ticket));
  const missing = [...sealed].filter((ticket) => !listed.has(ticket)).sort();
  return [
    ...completed.slice(COMPLETED_MAX, COMPLETED_MAX + 1).map(({ row }) => complain('progress-too-long', { rows: completed.length, most: COMPLETED_MAX }, place(row.from, row.to))),
    ...completed.filter(({ ticket }) => !sealed.has(ticket)).map(({ ticket, row }) => complain('progress-unproved', { ticket }, place(row.from, row.to))),
    ...rowsOf(index, IN_PROGRESS).filter(({ ticket }) => listed.has(ticket)).map(({ ticket, row }) => complain('progress-twice', { ticket }, place(row.from, row.to))),
    ...(missing.length === 0 ? [] : [complain('progress-behind', { tickets: missing }, { file: PROGRESS_INDEX }, 'warning')]),
  ];
}
