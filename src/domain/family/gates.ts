import { refuse, type Refusal } from '../problem.js';
import type { TicketId } from '../ticket.js';
import { stagesBefore, type Kin } from './kin.js';
import { isFinished, isSettled, type KinStand } from './stand.js';

type Stands = ReadonlyMap<TicketId, KinStand>;

/** Why a ticket may not begin yet: what it comes after is not done, or an earlier stage is not. */
export function startRefusals(kin: Kin, parent: Kin | undefined, stands: Stands): Refusal[] {
  const waiting = kin.after.map((id) => stands.get(id)!).filter((stand) => !isFinished(stand));
  const early = stagesBefore(parent, kin.id).flatMap(({ id: stage, children, exitGate }) => {
    const open = children.map((id) => stands.get(id)!).filter((stand) => !isSettled(stand));
    return open.length === 0 ? [] : [refuse('stage-not-open', { ticket: kin.id, stage, exitGate, open: open.map(told), first: open[0]!.ticket })];
  });
  return [...waiting.map((stand) => refuse('dependency-not-done', { ticket: kin.id, waiting: stand.ticket, stand: words(stand) })), ...early];
}

/** Why a parent may not close yet: it has no child, or one that is neither done nor put off with a reason. */
export function closeRefusals(parent: Kin, stands: Stands): Refusal[] {
  if (parent.children.length === 0) return [refuse('children-none', { ticket: parent.id })];
  const open = parent.children.map((id) => stands.get(id)!).filter((stand) => !isSettled(stand));
  return open.length === 0 ? [] : [refuse('children-open', { ticket: parent.id, open: open.map(told), first: open[0]!.ticket })];
}

const told = (stand: KinStand): string => `${stand.ticket} (${words(stand)})`;

const words = ({ how, state }: KinStand): string => (how === 'open' ? state ?? 'not begun' : how);
