import type { Actor, Origin, Role } from '../domain/actors.js';
import { granted, refused, type Verdict } from '../domain/problem.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { actorOr, namedActor } from './actor.js';
import { ticketToMove } from './ticketToMove.js';

/** Whom a command speaks to, and who speaks. */
export interface Addressed {
  ticket: TicketId;
  actor: Actor;
  origin: Origin;
}

/** Reads ticket and actor of a command; without a named actor it is git's user in the role that fits. */
export async function addressed(world: World, request: { ticket?: string; as?: string }, command: string, role: Role): Promise<Verdict<Addressed>> {
  const which = await ticketToMove(world, request.ticket, `cxw ${command}`);
  const named = namedActor(world, request.as);
  if (!which.ok || !named.ok) return refused([...(which.ok ? [] : which.refusals), ...(named.ok ? [] : named.refusals)]);
  const [actor, origin] = await Promise.all([actorOr(world, named.value, role), world.session.origin()]);
  return granted({ ticket: which.value, actor, origin });
}
