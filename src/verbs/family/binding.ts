import { closeRefusals, startRefusals } from '../../domain/family/gates.js';
import { inheritedFrom, type Inherited } from '../../domain/family/inherited.js';
import { kinOf, relatives, stagesBefore } from '../../domain/family/kin.js';
import { isSettled, type KinStand } from '../../domain/family/stand.js';
import { granted, refuse, refused, type Refusal, type Verdict } from '../../domain/problem.js';
import type { Ticket } from '../../domain/ticket.js';
import type { World } from '../../world/index.js';
import { householdOf, kinRefusals, standsOf } from './relatives.js';

type Reader = Pick<World, 'documents' | 'ledger' | 'git' | 'digest'>;

/** Whether a ticket's turn has come, and what its parent binds it to. */
export async function bound(world: Reader, ticket: Ticket): Promise<Verdict<Inherited | undefined>> {
  if (relatives(kinOf(ticket)).length === 0) return granted(undefined);
  const household = await householdOf(world, ticket);
  const faults = kinRefusals(household);
  if (faults.length > 0) return refused(faults);
  const { own, parent } = household;
  if (parent === undefined && own.parent !== undefined) return refused(await unreadable(world, own.parent));
  const kin = parent === undefined ? undefined : kinOf(parent);
  const stands = await standsOf(world, [...own.after, ...stagesBefore(kin, own.id).flatMap(({ children }) => children)]);
  const early = startRefusals(own, kin, stands);
  return early.length > 0 ? refused(early) : granted(parent === undefined ? undefined : inheritedFrom(parent));
}

/** A parent that is there and cannot be read binds to nobody knows what. */
async function unreadable({ documents }: Pick<World, 'documents'>, parent: string): Promise<Refusal[]> {
  const reading = await documents.ticket(parent);
  return reading === undefined || reading.ok ? [refuse('ticket-missing', { ticket: parent })] : reading.problems;
}

type Settled = KinStand & { how: 'done' | 'no-change' | 'deferred' };

/** How the children of an orchestrator ended, when it may close; nothing for other tickets. */
export async function childrenToClose(world: Reader, ticket: Ticket): Promise<Verdict<Settled[] | undefined>> {
  if (ticket.class !== 'orchestrator') return granted(undefined);
  const own = kinOf(ticket);
  const stands = await standsOf(world, own.children);
  const open = closeRefusals(own, stands);
  return open.length > 0 ? refused(open) : granted([...stands.values()].filter(isSettled) as Settled[]);
}
