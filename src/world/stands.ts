import { join } from 'node:path';
import type { Problem } from '../domain/problem.js';
import { fold, type Run } from '../domain/run.js';
import type { TicketId } from '../domain/ticket.js';
import { MANY, looksOf, type Cache, type Looks } from './cache.js';
import { statOf } from './containment.js';
import { attempt } from './errors.js';
import type { Ledger } from './ledger.js';
import type { Places } from './places.js';

/** Where a ticket stands, in a word or two. */
export interface Stand {
  state?: Run['state'];
  end?: NonNullable<Run['end']>['how'];
  /** The title that was locked. */
  title?: string;
  /** Why its facts cannot be read: then nothing else is known of it, and of the others all. */
  problem?: Problem;
}

/**
 * Where tickets stand, by the hundred. What is kept of a ledger holds as long as nothing was added to its folder or
 * taken away; whether its facts are still those that were published is asked by whoever acts on one of them.
 */
export interface Stands {
  /** Of every ticket that has a ledger in this worktree. */
  all(): Promise<Map<TicketId, Stand>>;
}

/** Opens them. */
export function openStands(places: Pick<Places, 'state'>, { ledger, cache }: { ledger: Pick<Ledger, 'tickets' | 'read'>; cache: Cache }): Stands {
  const read = async (ticket: TicketId): Promise<Stand> => {
    const { state, end, lock } = fold(ticket, (await ledger.read(ticket)).facts);
    return { state, end: end?.how, title: lock?.ticket.content.title };
  };

  return {
    all: async () => {
      const tickets = await ledger.tickets();
      const stands = new Map<TicketId, Stand>();
      const shelf = tickets.length < MANY ? undefined : cache.shelf<Stand>('ledgers', isStand);
      for (const ticket of tickets) {
        // Looked at before it is read: what is published in between shows next time.
        const looks = shelf && ledgerLooks(join(places.state, 'tickets', ticket));
        const known = looks && shelf.find(ticket, looks);
        const stand = known === undefined ? await attempt(() => read(ticket)) : { ok: true as const, value: known };
        if (looks !== undefined && stand.ok) shelf!.keep(ticket, looks, stand.value);
        stands.set(ticket, stand.ok ? stand.value : { problem: stand.problem });
      }
      shelf?.save();
      return stands;
    },
  };
}

const isStand = (value: object): boolean => (['state', 'end', 'title'] as const).every((key) => ['string', 'undefined'].includes(typeof (value as Stand)[key]));

/** A fact is published by a new name in the folder; the remembered head is replaced after it. */
function ledgerLooks(folder: string): Looks | undefined {
  const [facts, head] = ['facts', 'head.json'].map((name) => statOf(Buffer.from(join(folder, name))));
  if (facts === undefined || head === undefined) return undefined;
  const [a, b] = [looksOf(facts), looksOf(head)];
  return { text: `${a.text} ${b.text}`, changed: Math.max(a.changed, b.changed) };
}
