import { asText, wordsShown } from '../documents/markdown.js';
import type { RepoPath } from '../paths.js';
import { archiveOf, COMPLETED_MAX, MOVED_AT_ONCE, PROGRESS_INDEX } from './places.js';
import { COMPLETED, IN_PROGRESS, lineOf, rowsOf, withLines, type ProgressRow } from './tables.js';

/** What the ledgers say of a ticket. */
export interface KnownTicket {
  ticket: string;
  title: string;
  /** Where it stands; `done` with its date, or ended in another way. */
  stand: { state: string } | { completed: string } | 'ended';
  hasReview: boolean;
}

export interface ProgressPages {
  index: string;
  /** Pages of the archive, by their paths. */
  archive: ReadonlyMap<RepoPath, string>;
}

/** Pages that become others, the archive first: cut short in between, a line stands twice and is lost nowhere. */
export interface ProgressPlan {
  pages: { path: RepoPath; text: string }[];
  completed: string[];
  /** Tickets whose lines move to the archive. */
  archived: string[];
}

interface Done {
  ticket: string;
  title: string;
  date: string;
  hasReview: boolean;
}

/** Brings the index up to date with the ledgers. Lines of tickets that no ledger here knows stay as they are. */
export function planProgress({ index, archive }: ProgressPages, known: readonly KnownTicket[]): ProgressPlan {
  const kept = new Set([...archive.values()].flatMap((text) => rowsOf(text, COMPLETED).map(({ ticket }) => ticket)));
  const before = rowsOf(index, COMPLETED).filter(({ ticket }) => !kept.has(ticket));
  const fresh = known.flatMap(({ ticket, title, stand, hasReview }): Done[] =>
    (stand !== 'ended' && 'completed' in stand && !kept.has(ticket) ? [{ ticket, title, date: stand.completed, hasReview }] : []));
  const done = [...before.flatMap((row) => doneIn(row, fresh)), ...fresh.filter(({ ticket }) => !before.some((row) => row.ticket === ticket))].sort(newestFirst);
  // A line whose date cannot be read is somebody's own, and stays where it is.
  const odd = before.filter((row) => doneIn(row, fresh).length === 0).map(({ line }) => line);

  const moved: Done[] = [];
  while (done.length > COMPLETED_MAX) moved.push(...done.splice(-Math.min(MOVED_AT_ONCE, done.length)));
  const text = withLines(withLines(index, IN_PROGRESS, runningLines(index, known)), COMPLETED, [...done.map((one) => doneLine(one, '..')), ...odd]);
  const pages = [...archivePages(archive, moved), { path: PROGRESS_INDEX, text }];
  return {
    pages: pages.filter((page) => page.text !== (page.path === PROGRESS_INDEX ? index : archive.get(page.path))),
    completed: fresh.filter(({ ticket }) => !before.some((row) => row.ticket === ticket)).map(({ ticket }) => ticket),
    archived: moved.map(({ ticket }) => ticket),
  };
}

/** A line as data, with the review that may have come since. */
function doneIn({ ticket, cells }: ProgressRow, fresh: readonly Done[]): Done[] {
  const [, title = '', date = '', review = ''] = cells;
  const now = fresh.find((one) => one.ticket === ticket);
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? [{ ticket, title: wordsShown(title), date, hasReview: review.includes('](') || now?.hasReview === true }] : [];
}

const newestFirst = (a: Done, b: Done): number => (a.date === b.date ? (a.ticket < b.ticket ? 1 : -1) : a.date < b.date ? 1 : -1);

/** `up`: the way from the page to docs. */
const doneLine = ({ ticket, title, date, hasReview }: Done, up: string): string =>
  lineOf([ticket, asText(title), date, hasReview ? `[review](${up}/review/${ticket}.md)` : '–']);

function archivePages(archive: ReadonlyMap<RepoPath, string>, moved: readonly Done[]): { path: RepoPath; text: string }[] {
  return [...new Set(moved.map(({ date }) => archiveOf(date)))].sort().map((path) => {
    const text = archive.get(path) ?? `# Progress of ${path.slice(path.lastIndexOf('/') + 1, -'.md'.length)}\n\nMoved here by \`cxw progress update\`, oldest last.\n`;
    const lines = moved.filter(({ date }) => archiveOf(date) === path).sort(newestFirst).map((one) => doneLine(one, '../..'));
    return { path, text: withLines(text, COMPLETED, [...lines, ...rowsOf(text, COMPLETED).map(({ line }) => line)]) };
  });
}

function runningLines(index: string, known: readonly KnownTicket[]): string[] {
  const foreign = rowsOf(index, IN_PROGRESS).filter(({ ticket }) => !known.some((one) => one.ticket === ticket)).map(({ line }) => line);
  const own = known.flatMap(({ ticket, title, stand }) => (stand !== 'ended' && 'state' in stand ? [lineOf([ticket, asText(title), stand.state])] : []));
  return [...own.sort(), ...foreign];
}
