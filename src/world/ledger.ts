import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import type { Claim, ClaimDraft, Draft, Fact } from '../domain/facts.js';
import type { TicketId } from '../domain/ticket.js';
import { TICKET_ID } from '../domain/ticketId.js';
import { digestOf, entriesOf, fileName, FORMAT, readChain, type Chain, type Head, type Link } from './chain.js';
import { diskFailed, publishDurably, writeDurably } from './durably.js';
import { failed, systemCode } from './errors.js';
import type { Places } from './places.js';

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

const WORKTREE = 'worktree';

/** Opens the ledgers below this worktree's git directory. `command` is named when they cannot be written. */
export function openLedger(places: Pick<Places, 'state'>, { clock, command }: { clock: { now(): Date }; command: string }): Ledger {
  const folderOf = (name: string): string => (name === WORKTREE ? join(places.state, WORKTREE) : join(places.state, 'tickets', name));
  const factsOf = (name: string): string => join(folderOf(name), 'facts');
  const chainOf = <L extends Link>(name: string): Chain<L> => readChain<L>(factsOf(name), name, rememberedHead(folderOf(name)));

  function view<L extends Link>(name: string): LedgerView<L> {
    const { links, head, faults } = chainOf<L>(name);
    const [fault] = faults;
    if (fault !== undefined) throw failed('ledger-damaged', { ledger: name, ...fault });
    return { facts: links.map(({ link }) => link), head };
  }

  /** Publishes one link after the view. Nothing when its number is taken. */
  async function publish<L extends Link>(name: string, after: LedgerView<L>, body: object): Promise<LedgerView<L> | undefined> {
    const link = { v: FORMAT, seq: after.facts.length + 1, prev: after.head, at: clock.now().toISOString(), ...body };
    await checkShape(name, link);
    const bytes = Buffer.from(`${JSON.stringify(link)}\n`);
    const published = await writing(command, async () => {
      await mkdir(factsOf(name), { recursive: true, mode: 0o700 });
      return publishDurably(join(factsOf(name), fileName(link.seq)), bytes, 0o600);
    });
    if (!published) return undefined;
    const head = digestOf(bytes);
    await writing(command, () => writeDurably(join(folderOf(name), 'head.json'), Buffer.from(`${JSON.stringify({ seq: link.seq, head })}\n`), 0o600));
    return { facts: [...after.facts, JSON.parse(bytes.toString('utf8')) as L], head };
  }

  return {
    read: async (ticket) => view<Fact>(ticket),
    append: async (ticket, after, drafts) => {
      let now: LedgerView<Fact> | undefined = after;
      for (const draft of drafts) {
        now = await publish(ticket, now, { ticket, ...draft });
        if (now === undefined) return undefined;
      }
      return now;
    },
    tickets: async () => entriesOf(join(places.state, 'tickets')).filter((entry) => entry.isDirectory() && TICKET_ID.test(entry.name)).map((entry) => entry.name).sort(),
    claims: async () => view<Claim>(WORKTREE),
    appendClaim: (after, draft) => publish(WORKTREE, after, draft),
    inspect: (name) => inspect(name, chainOf(name)),
    lines: async (ticket) => chainOf(ticket).links.map(({ bytes }) => bytes),
  };
}

/** A fact is checked before it is published: what is remembered once cannot be taken back. The schemas are loaded only here. */
async function checkShape(name: string, link: object): Promise<void> {
  const { claimSchema, factSchema } = await import('../domain/facts.js');
  (name === WORKTREE ? claimSchema : factSchema).parse(JSON.parse(JSON.stringify(link)));
}

async function inspect(name: string, chain: Chain<Link>): Promise<LedgerFault[]> {
  const { claimSchema, factSchema } = await import('../domain/facts.js');
  const schema = name === WORKTREE ? claimSchema : factSchema;
  const shapeless = chain.links.flatMap(({ link }): LedgerFault[] => {
    const checked = schema.safeParse(link);
    const issue = checked.error?.issues[0];
    return issue === undefined ? [] : [{ fault: 'unreadable', seq: link.seq, detail: `${issue.path.join('.') || 'the fact'} is not as it must be` }];
  });
  return [...chain.faults, ...shapeless].sort((a, b) => a.seq - b.seq);
}

/** Unreadable is as good as absent: the head only ever helps to notice that facts are missing. */
function rememberedHead(folder: string): Head | undefined {
  try {
    const head = JSON.parse(readFileSync(join(folder, 'head.json'), 'utf8')) as Partial<Head> | null;
    return typeof head?.seq === 'number' && typeof head.head === 'string' ? { seq: head.seq, head: head.head } : undefined;
  } catch {
    return undefined;
  }
}

/** Runs a write; where live state is read-only, that is said with the command that was asked for. */
export async function writing<T>(command: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (['EROFS', 'EACCES', 'EPERM'].includes(systemCode(error) ?? '')) throw failed('state-read-only', { command }, error);
    throw systemCode(error) === undefined || !(error instanceof Error) ? error : diskFailed('writing the ledger', error);
  }
}
