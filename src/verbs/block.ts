import { isByPerson, showActor } from '../domain/actors.js';
import type { Draft } from '../domain/facts.js';
import { roundsLeft } from '../domain/gates.js';
import { nextCommands } from '../domain/next.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { granted, refuse, refused, type Refusal } from '../domain/problem.js';
import type { State } from '../domain/road.js';
import { reviewOf, type Run } from '../domain/run.js';
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
    const forPerson = personsQuestion(run, world.session.agent);
    if (forPerson.length > 0) return refused(forPerson);
    if (run.end !== undefined) return refused([refuse('ticket-ended', { ticket, how: run.end.how })]);
    if (run.blocked === undefined && !(request.rounds === 1 && needsRound(run))) return refused([refuse('not-blocked', { ticket })]);
    return granted<Draft[]>([{ kind: 'unblocked', by: actor, origin, reason: request.reason, rounds: request.rounds }]);
  });
  if (!verdict.ok) return no(endingOf(verdict.refusals), 'unblock', { ticket }, verdict.refusals);
  const run = verdict.value;
  const policy = run.lock?.policy.content;
  return done('unblock', { ticket, state: run.state, roundsLeft: policy === undefined ? undefined : roundsLeft(run, policy) }, nextCommands(run));
}

/** What a person stopped, and what the decision about this very blocker leaves to a person, no agent releases. */
function personsQuestion({ ticket, blocked, records }: Run, agent: string | undefined): Refusal[] {
  if (agent === undefined || blocked === undefined) return [];
  const latest = records['blocker-decision'];
  const decision = latest === undefined || latest.seq < blocked.seq ? undefined : latest;
  if (decision?.document.authorization === 'user_required') return [refuse('blocker-for-a-person', { ticket, question: decision.document.question ?? '', agent })];
  const isApproved = decision !== undefined && isByPerson(decision);
  return isApproved || !isByPerson(blocked) ? [] : [refuse('blocker-for-a-person', { ticket, by: showActor(blocked.by), agent })];
}

/** The last verdict is fail, and no repair round is left. */
function needsRound(run: Run): boolean {
  const policy = run.lock?.policy.content;
  const failed = run.change !== undefined && reviewOf(run, run.change.changeSet.digest)?.document.verdict === 'fail';
  return policy !== undefined && failed && roundsLeft(run, policy) === 0;
}
