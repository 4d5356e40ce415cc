import { personRefusals } from '../domain/blocked.js';
import type { Draft } from '../domain/facts.js';
import { roundsGate, roundsLeft } from '../domain/gates.js';
import { nextCommands } from '../domain/next.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { granted, refuse, refused } from '../domain/problem.js';
import type { State } from '../domain/road.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { addressed } from './addressed.js';
import { endingOf } from './advance.js';
import { publish } from './road/publish.js';

export interface BlockData {
  ticket?: TicketId;
  state?: State;
  reason?: string;
  release?: string;
  roundsLeft?: number;
}

/** Records that a ticket cannot go on, why, and what would release it. */
export async function block(world: World, request: { ticket?: string; as?: string; reason: string; release: string }): Promise<Outcome<BlockData>> {
  const to = await addressed(world, request, 'block', 'human');
  if (!to.ok) return no('refused', 'block', {}, to.refusals);
  const { ticket, actor, origin } = to.value;
  const verdict = await publish(world, ticket, (run) => run.end !== undefined
    ? refused([refuse('ticket-ended', { ticket, how: run.end.how })])
    : granted<Draft[]>([{ kind: 'blocked', by: actor, origin, reason: request.reason, release: request.release }]));
  if (!verdict.ok) return no(endingOf(verdict.refusals), 'block', { ticket }, verdict.refusals);
  return done('block', { ticket, state: verdict.value.state, reason: request.reason, release: request.release }, [`cxw unblock ${ticket}`]);
}

/** Releases a blocked ticket, or grants one more repair round when they are used up. Granting is a person's decision. */
export async function unblock(world: World, request: { ticket?: string; as?: string; reason?: string; rounds: 0 | 1 }): Promise<Outcome<BlockData>> {
  const to = await addressed(world, request, 'unblock', 'human');
  if (!to.ok) return no('refused', 'unblock', {}, to.refusals);
  const { ticket, actor, origin } = to.value;
  if (request.rounds === 1 && world.session.agent !== undefined) {
    return no('refused', 'unblock', { ticket }, [refuse('person-needed', { command: `cxw unblock ${ticket} --rounds 1 --reason TEXT`, agent: world.session.agent })]);
  }
  const verdict = await publish(world, ticket, (run) => {
    if (run.end !== undefined) return refused([refuse('ticket-ended', { ticket, how: run.end.how })]);
    const forPerson = personRefusals(run, world.session.agent);
    if (forPerson.length > 0) return refused(forPerson);
    if (run.blocked === undefined && !(request.rounds === 1 && roundsGate(run).length > 0)) return refused([refuse('not-blocked', { ticket })]);
    return granted<Draft[]>([{ kind: 'unblocked', by: actor, origin, reason: request.reason, rounds: request.rounds }]);
  });
  if (!verdict.ok) return no(endingOf(verdict.refusals), 'unblock', { ticket }, verdict.refusals);
  const run = verdict.value;
  const policy = run.lock?.policy.content;
  return done('unblock', { ticket, state: run.state, roundsLeft: policy === undefined ? undefined : roundsLeft(run, policy) }, nextCommands(run));
}
