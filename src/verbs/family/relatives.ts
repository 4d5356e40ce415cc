import { sealedLedgerPath } from '../../domain/closing/places.js';
import { kinFaults } from '../../domain/family/faults.js';
import { kinOf, relatives, type Family, type Kin } from '../../domain/family/kin.js';
import { standFrom, type KinStand } from '../../domain/family/stand.js';
import type { Refusal } from '../../domain/problem.js';
import { fold, type Run } from '../../domain/run.js';
import type { Ticket, TicketId } from '../../domain/ticket.js';
import type { World } from '../../world/index.js';

type Reader = Pick<World, 'documents' | 'ledger' | 'git' | 'digest'>;

/** A ticket among those that it is related to, however far. */
export interface Household {
  own: Kin;
  parent?: Ticket;
  family: Family;
  tickets: ReadonlyMap<TicketId, Ticket>;
}

/** Reads whom a ticket names, whom those name, and so on. */
export async function householdOf({ documents }: Pick<World, 'documents'>, ticket: Ticket): Promise<Household> {
  const own = kinOf(ticket);
  const family = new Map<TicketId, Kin | undefined>([[ticket.id, own]]);
  const tickets = new Map<TicketId, Ticket>([[ticket.id, ticket]]);
  const asked = new Set([ticket.id]);
  const due = relatives(own);
  for (let id = due.shift(); id !== undefined; id = due.shift()) {
    if (asked.has(id)) continue;
    asked.add(id);
    const reading = await documents.ticket(id);
    if (reading === undefined) continue;
    const kin = reading.ok ? kinOf(reading.value) : undefined;
    family.set(id, kin);
    if (reading.ok) tickets.set(id, reading.value);
    if (kin !== undefined) due.push(...relatives(kin));
  }
  return { own, family, tickets, parent: own.parent === undefined ? undefined : tickets.get(own.parent) };
}

/** What a ticket and its relatives say against each other. */
export const kinRefusals = ({ own, family }: Household): Refusal[] => kinFaults(own, family).map(({ refusal }) => refusal);

/** How far each of these tickets got: here, or by what the branch holds. */
export async function standsOf(world: Reader, ids: Iterable<TicketId>): Promise<Map<TicketId, KinStand>> {
  const stands = new Map<TicketId, KinStand>();
  for (const id of new Set(ids)) {
    const { here, sealed } = await runsOf(world, id);
    const stand = standFrom(id, here, sealed);
    const isMissing = stand.how === 'open' && here.length === 0 && !await world.documents.hasTicket(id);
    stands.set(id, isMissing ? { ticket: id, how: 'missing' } : stand);
  }
  return stands;
}

/** The run of a ticket in this worktree, and the sealed one at the tip of the branch. Whoever has ended here needs no seal, and whose delivery is under way here has not ended by its own commit. */
export async function runsOf({ ledger, git, digest }: Pick<World, 'ledger' | 'git' | 'digest'>, id: TicketId): Promise<{ here: Run; sealed?: Run }> {
  const here = fold(id, (await ledger.read(id)).facts);
  const bytes = here.end === undefined && here.delivery === undefined ? await git.history.file('HEAD', sealedLedgerPath(id)) : undefined;
  if (bytes === undefined) return { here };
  const { readSealed } = await import('../../domain/sealReading.js');
  const reading = readSealed(bytes, id, digest);
  return { here, sealed: reading.ok ? fold(id, reading.facts) : undefined };
}
