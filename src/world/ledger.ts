import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { claimHolder } from '../domain/claim.js';
import type { Claim, ClaimDraft, Draft, Fact } from '../domain/facts.js';
import type { TicketId } from '../domain/ticket.js';
import { TICKET_ID } from '../domain/ticketId.js';
import { statOf } from './containment.js';
import { entriesOf, fileName, FORMAT, readChain, removed, type Chain, type Head, type Link, type StoredLink } from './chain.js';
import { sha256 } from './digests.js';
import { makeDirectory, makeDirectoryDurably, publishDurably } from './durably.js';
import { failed, systemCode, type WorldError } from './errors.js';
import type { Places } from './places.js';
import { onState, writingState } from './stateAccess.js';
import { stateText } from './stateFile.js';

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
  /** Tickets that have a ledger in this worktree, and the one that must have one: it holds the claim. */
  tickets(): Promise<TicketId[]>;
  /** Whether it has one: the same without looking at the others. */
  has(ticket: TicketId): Promise<boolean>;
  /** Throws `ledger-vanished` where one that was read has none any more. */
  demand(ticket: TicketId): Promise<void>;
  /** The worktree's own ledger: who holds the writer claim. */
  claims(): Promise<LedgerView<Claim>>;
  appendClaim(after: LedgerView<Claim>, draft: ClaimDraft): Promise<LedgerView<Claim> | undefined>;
  /** Checks every byte: chain, numbering, the remembered head. For `validate`. */
  inspect(ticket: TicketId | 'worktree'): Promise<LedgerFault[]>;
  /**
   * Moves everything that is kept of a ticket, or the worktree's own ledger, to where nothing reads it, and answers that
   * place, below the private state; nothing where nothing is kept.
   */
  setAside(name: TicketId | 'worktree'): Promise<string | undefined>;
  /** The exact bytes of each fact, in order: what a seal is made of. */
  lines(ticket: TicketId): Promise<Buffer[]>;
}

const WORKTREE = 'worktree';

/** Opens the ledgers below this worktree's git directory. `command` is named when they cannot be written. */
export function openLedger(places: Pick<Places, 'state'>, { clock, command }: { clock: { now(): Date }; command: string }): Ledger {
  const folderOf = (name: string): string => (name === WORKTREE ? join(places.state, WORKTREE) : join(places.state, 'tickets', name));
  const writing = { state: places.state, command };
  const factsOf = (name: string): string => join(folderOf(name), 'facts');

  const chainOf = <L extends Link>(name: string): Promise<Chain<L> & { vouched: number }> => onState(places, `reading the ledger of ${name}`, async () => {
    const chain = asItLies<L>(name);
    return isBlank(chain) && holder() === name ? missed(asItLies<L>(name)) : chain;
  });

  // The head is read first: what is published meanwhile only lets it lag behind.
  function asItLies<L extends Link>(name: string): Chain<L> & { vouched: number } {
    const remembered = rememberedHead(folderOf(name));
    return { ...readChain<L>(factsOf(name), name, remembered), vouched: remembered?.seq ?? 0 };
  }

  /** Who holds the claim of this worktree, as far as that can be believed. */
  function holder(): TicketId | undefined {
    const { links, faults } = asItLies<Claim>(WORKTREE);
    return faults.length === 0 ? claimHolder(links.map(({ link }) => link)) : undefined;
  }

  async function trusted<L extends Link>(name: string): Promise<Chain<L>> {
    const chain = await chainOf<L>(name);
    // The remembered head vouches for what was checked when it was published; what came after, nobody has checked here.
    const fault = chain.faults[0] ?? (await shapeFaults(name, chain.links.filter(({ link }) => link.seq > chain.vouched)))[0];
    if (fault === undefined) return chain;
    const { seq, detail } = fault;
    throw fault.fault === 'newer-format' ? failed('ledger-newer', { ledger: name, seq, detail }) : failed('ledger-damaged', { ledger: name, ...fault });
  }

  async function view<L extends Link>(name: string): Promise<LedgerView<L>> {
    const { links, head } = await trusted<L>(name);
    return { facts: links.map(({ link }) => link), head };
  }

  /** Publishes one link after the view. Nothing when its number is taken. */
  async function publish<L extends Link>(name: string, after: LedgerView<L>, body: (common: Common) => object): Promise<LedgerView<L> | undefined> {
    const seq = after.facts.length + 1;
    const line = JSON.stringify(body({ v: FORMAT, seq, prev: after.head, at: clock.now().toISOString() }));
    const link = JSON.parse(line) as L;
    // What is remembered once cannot be taken back.
    (await import('./shapes.js')).checkShape(formatOf(name), link);
    const bytes = Buffer.from(`${line}\n`);
    const published = await writingState(writing, 'writing the ledger', async () => {
      if (seq === 1) makeDirectoryDurably(factsOf(name), 0o700);
      return publishIfThere(name, seq, bytes);
    });
    return published ? { facts: [...after.facts, link], head: sha256(bytes) } : undefined;
  }

  const vanished = (name: string): WorldError => failed('ledger-vanished', { ledger: name, command });

  /** A ledger that goes from under us, as by a hook that clears the git directory, is not begun anew in the middle. */
  function publishIfThere(name: string, seq: number, bytes: Uint8Array): boolean {
    try {
      return publishDurably(join(factsOf(name), fileName(seq)), bytes, 0o600);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') throw vanished(name);
      throw error;
    }
  }

  /** One after the other. When a later one is too late, the earlier ones stand: they are facts. */
  async function append<L extends Link, D>(name: string, after: LedgerView<L>, drafts: readonly D[], body: (draft: D, common: Common) => object): Promise<LedgerView<L> | undefined> {
    let now: LedgerView<L> | undefined = after;
    for (const draft of drafts) {
      now = await publish(name, now, (common) => body(draft, common));
      if (now === undefined) return undefined;
    }
    if (drafts.length > 0) (await import('./ledgerTidying.js')).leaveTidy(folderOf(name), { seq: now.facts.length, head: now.head }, clock.now());
    return now;
  }

  const isThere = (name: string): boolean => TICKET_ID.test(name) && hasLedger(folderOf(name));

  return {
    read: (ticket) => view<Fact>(ticket),
    append: (ticket, after, drafts) => append<Fact, Draft>(ticket, after, drafts, (draft, common) => inOrder({ ...common, ticket }, draft)),
    tickets: () => onState(places, 'looking for ledgers', async () => {
      const there = entriesOf(join(places.state, 'tickets')).filter((entry) => entry.isDirectory() && isThere(entry.name)).map((entry) => entry.name);
      const held = holder();
      return [...new Set(held === undefined ? there : [...there, held])].sort();
    }),
    has: (ticket) => onState(places, 'looking for a ledger', async () => isThere(ticket) || holder() === ticket),
    demand: (ticket) => onState(places, 'looking for a ledger', async () => {
      if (!isThere(ticket)) throw vanished(ticket);
    }),
    claims: () => view<Claim>(WORKTREE),
    appendClaim: (after, draft) => append<Claim, ClaimDraft>(WORKTREE, after, [draft], (claim, common) => inOrder({ ...common, ticket: claim.ticket }, claim)),
    inspect: async (name) => inspect(name, await chainOf(name)),
    setAside: (name) => writingState(writing, 'setting a ledger aside', async () => {
      if (statOf(Buffer.from(folderOf(name))) === undefined) return undefined;
      const place = join('set-aside', `${name}-${clock.now().toISOString().replaceAll(':', '-')}`);
      makeDirectory(join(places.state, 'set-aside'), 0o700);
      renameSync(folderOf(name), join(places.state, place));
      return place;
    }),
    lines: async (ticket) => (await trusted(ticket)).links.map(({ text }) => Buffer.from(text)),
  };
}

type Common = Pick<Fact, 'v' | 'seq' | 'prev' | 'at'>;

/** The order in which keys are written: which fact, about what, from whom, and then what it says. */
function inOrder({ v, seq, prev, at, ticket }: Common & { ticket: TicketId }, { by, origin, kind, ...rest }: Draft | ClaimDraft): object {
  return { v, seq, prev, at, ticket, by, origin, kind, ...rest };
}

/** Neither a fact nor a word about one. */
const isBlank = ({ links, faults }: Chain<Link>): boolean => links.length === 0 && faults.length === 0;

/** A claim is taken only after the first fact: a ticket that has the claim and no fact has lost them. */
const missed = <C extends Chain<Link>>(chain: C): C =>
  (isBlank(chain) ? { ...chain, faults: [removed(1, 1, 'the ticket holds the claim of this worktree, so it was begun')] } : chain);

/** The private state of a ticket lies in the same folder, so the folder alone says nothing. */
const hasLedger = (folder: string): boolean => ['facts', 'head.json'].some((name) => statOf(Buffer.from(join(folder, name))) !== undefined);

/** Which of these links are no facts, whatever their chain says. What tells is loaded only where there is something to ask. */
const shapeFaults = async (name: string, links: readonly StoredLink<Link>[]): Promise<LedgerFault[]> =>
  (links.length === 0 ? [] : (await import('./shapes.js')).shapeFaults(formatOf(name), links));

const formatOf = (name: string): 'claim' | 'fact' => (name === WORKTREE ? 'claim' : 'fact');

async function inspect(name: string, chain: Chain<Link>): Promise<LedgerFault[]> {
  const known = new Set(chain.faults.map(({ seq }) => seq));
  // A link whose number is none stands in no place: that fault is told already.
  const shapeless = await shapeFaults(name, chain.links.filter(({ link }) => typeof link.seq === 'number' && !known.has(link.seq)));
  return [...chain.faults, ...shapeless].sort((a, b) => a.seq - b.seq);
}

/** Unreadable is as good as absent: the head only ever helps to notice that facts are missing. */
function rememberedHead(folder: string): Head | undefined {
  try {
    const text = stateText(join(folder, 'head.json'));
    const head = typeof text === 'string' ? JSON.parse(text) as Partial<Head> | null : undefined;
    return typeof head?.seq === 'number' && typeof head.head === 'string' ? { seq: head.seq, head: head.head } : undefined;
  } catch {
    return undefined;
  }
}
