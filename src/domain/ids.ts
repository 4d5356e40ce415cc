import { nearest } from './nearest.js';
import { granted, refuse, refused, type Verdict } from './problem.js';
import type { TicketId } from './ticket.js';

const SLUG_MAX = 40;
/** Letters that Unicode does not take apart into a plain letter and a mark. */
const SPELLED_OUT: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i' };

/** A title as the last part of an id: plain lower-case words, at most 40 characters; `ticket` when nothing is left. */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøđðþłı]/g, (letter) => SPELLED_OUT[letter]!)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return shortened(plain) || 'ticket';
}

function shortened(slug: string): string {
  if (slug.length <= SLUG_MAX) return slug;
  const cut = slug.slice(0, SLUG_MAX + 1);
  const lastWord = cut.lastIndexOf('-');
  return lastWord > 0 ? cut.slice(0, lastWord) : slug.slice(0, SLUG_MAX);
}

/** The ids that a ticket made now may have, best first: the plain one, then with -2, -3 and so on. */
export function* candidateIds(title: string, now: Date): Generator<TicketId, never> {
  const plain = `TKT-${now.toISOString().slice(0, 10)}-${slugOf(title)}`;
  yield plain;
  for (let count = 2; ; count++) yield `${plain}-${count}`;
}

/**
 * The one ticket that was meant: its id, the path of its file, an unambiguous beginning of its id or of the words
 * after the date, or any part of those words.
 */
export function resolveTicket(written: string, ids: readonly TicketId[]): Verdict<TicketId> {
  const given = written.replace(/^(\.\/)?tickets\//, '').replace(/\.yaml$/, '');
  if (ids.includes(given)) return granted(given);
  const wanted = given.toLowerCase();
  const found = wanted === '' ? [] : matches(wanted, ids);
  if (found.length === 1) return granted(found[0]!);
  if (found.length > 1) return refused([refuse('ticket-ambiguous', { given: written, ids: found })]);
  return refused([refuse('ticket-unknown', { given: written, near: nearIds(wanted, ids) })]);
}

/** Those ids that match in the strictest way in which any does. */
function matches(wanted: string, ids: readonly TicketId[]): TicketId[] {
  const ways: ((id: TicketId) => boolean)[] = [
    (id) => id.toLowerCase() === wanted || wordsOf(id) === wanted,
    (id) => id.toLowerCase().startsWith(wanted) || wordsOf(id).startsWith(wanted),
    (id) => wordsOf(id).includes(wanted),
  ];
  return ways.map((way) => ids.filter(way)).find((found) => found.length > 0) ?? [];
}

/** An id without its prefix and date. */
const wordsOf = (id: TicketId): string => id.replace(/^[A-Z0-9]+-\d{4}-\d{2}-\d{2}-/, '');

function nearIds(wanted: string, ids: readonly TicketId[]): TicketId[] {
  const near = wanted === '' ? [] : nearest(wanted, [...ids, ...ids.map(wordsOf)]);
  return [...new Set(near.flatMap((name) => ids.filter((id) => id === name || wordsOf(id) === name)))];
}
