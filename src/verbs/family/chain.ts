import { startRefusals } from '../../domain/family/gates.js';
import { kinOf } from '../../domain/family/kin.js';
import { isFinished, type KinStand } from '../../domain/family/stand.js';
import type { Ticket, TicketId } from '../../domain/ticket.js';
import type { World } from '../../world/index.js';
import { householdOf, standsOf } from './relatives.js';

/** A parent's children as they stand, stage by stage. */
export interface Chain {
  stages: ChainStage[];
  done: number;
  /** The first child that may go on now. */
  due?: TicketId;
  children: number;
}

export interface ChainStage {
  /** Absent for children that are in no stage. */
  stage?: string;
  exitGate?: string;
  children: (KinStand & { after?: TicketId[] })[];
}

type Reader = Pick<World, 'documents' | 'ledger' | 'git' | 'digest'>;

/** The chain below an orchestrator ticket. */
export async function chainOf(world: Reader, ticket: Extract<Ticket, { class: 'orchestrator' }>): Promise<Chain> {
  const { own, tickets } = await householdOf(world, ticket);
  const { children, stages } = own;
  const kin = children.flatMap((id) => tickets.get(id) ?? []).map(kinOf);
  const stands = await standsOf(world, [...children, ...kin.flatMap(({ after }) => after)]);
  const child = (id: TicketId): ChainStage['children'][number] => {
    const content = tickets.get(id);
    const after = content === undefined ? [] : kinOf(content).after;
    return { ...stands.get(id)!, title: content?.title, after: after.length === 0 ? undefined : after };
  };
  const staged = new Set(stages.flatMap((stage) => stage.children));
  const others = children.filter((id) => !staged.has(id));
  return {
    due: kin.find((one) => stands.get(one.id)!.how === 'open' && startRefusals(one, own, stands).length === 0)?.id,
    stages: [
      ...stages.map(({ id, exitGate, children: members }) => ({ stage: id, exitGate, children: members.filter((one) => stands.has(one)).map(child) })),
      ...(others.length === 0 ? [] : [{ children: others.map(child) }]),
    ],
    done: children.filter((id) => isFinished(stands.get(id)!)).length,
    children: children.length,
  };
}
