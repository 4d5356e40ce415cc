import { sameHand, sameName, showActor, type Actor, type Origin } from '../domain/actors.js';
import { blockedRefusals } from '../domain/blocked.js';
import { publishedRefusals } from '../domain/delivery/undo.js';
import type { Run } from '../domain/run.js';
import { isRepair, roundsGate } from '../domain/gates.js';
import { nextCommands } from '../domain/next.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { granted, refuse, refused, type Problem, type Refusal } from '../domain/problem.js';
import type { Draft } from '../domain/facts.js';
import { hasReached, type State } from '../domain/road.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { addressed, type Addressed } from './addressed.js';
import { endingOf } from './advance.js';
import { awaitEarlierPush } from './delivery/push.js';
import { alteredMeanwhile, lookAtDelivery } from './delivery/sight.js';
import { agreementOf, unagreedByAgent } from './road/agreement.js';
import { lockSource } from './road/lockSource.js';
import { publish } from './road/publish.js';
import { settledMemory } from './road/settledMemory.js';
import { standingOf, type Standing } from './road/standing.js';
import { tellLeftBehind } from './road/watching.js';

export interface ReworkRequest {
  ticket?: string;
  as?: string;
  refresh: boolean;
  reason?: string;
}

export interface ReworkData {
  ticket?: TicketId;
  from?: State;
  state?: State;
  rounds?: number;
  /** What a refresh locked differently. */
  changed?: string[];
}

/** Takes a ticket back to its writer; or, with `refresh`, back to the beginning on the ticket, policy and base as they are now. */
export async function rework(world: World, request: ReworkRequest): Promise<Outcome<ReworkData>> {
  const to = await addressed(world, request, 'rework', request.refresh ? 'human' : 'writer');
  if (!to.ok) return no('refused', 'rework', {}, to.refusals);
  const move = request.refresh ? refresh : takeBack;
  return world.lock.hold('cxw rework', () => move(world, to.value, request));
}

/** After a failed review this begins a repair round; the rounds are counted. */
async function takeBack(world: World, { ticket, actor, origin }: Addressed, { reason }: ReworkRequest): Promise<Outcome<ReworkData>> {
  let from: State | undefined;
  const verdict = await publish(world, ticket, (run) => {
    from = run.state;
    const repair = isRepair(run);
    const going = [...goingRefusals(run), ...blockedRefusals(run)];
    const refusals = going.length > 0 ? going : reworkRefusals(run);
    return refusals.length > 0 ? refused(refusals) : granted<Draft[]>([{ kind: 'reworked', by: actor, origin, reason: reason ?? (repair ? 'the review failed' : 'the work changes'), repair }]);
  });
  if (!verdict.ok) return no(endingOf(verdict.refusals), 'rework', { ticket, from }, verdict.refusals);
  const run = verdict.value;
  return done('rework', { ticket, from, state: run.state, rounds: run.rounds }, [`cxw brief writer ${ticket}`, `cxw advance ${ticket} --until-blocked`]);
}

function reworkRefusals(run: Run): Refusal[] {
  if (run.state === undefined) return [refuse('not-begun', { ticket: run.ticket, command: 'take back' })];
  if (!hasReached(run.state, 'implementation_complete')) return [refuse('nothing-to-rework', { ticket: run.ticket, state: run.state })];
  return roundsGate(run);
}

/** A ticket that ended stays ended, and a delivery that made its commit is finished or undone first. */
function goingRefusals(run: Run): Refusal[] {
  if (run.end !== undefined) return [refuse('ticket-ended', { ticket: run.ticket, how: run.end.how })];
  if (run.delivery !== undefined) return [refuse('mid-delivery', { ticket: run.ticket, state: run.state! })];
  return [];
}

/** Locks ticket and policy again; what cannot be locked leaves the run where it is. The first baseline is kept. */
async function refresh(world: World, { ticket, actor, origin }: Addressed, { reason }: ReworkRequest): Promise<Outcome<ReworkData>> {
  const look = (): Promise<Standing> => standingOf(world, ticket, actor, { adopt: false, dryRun: false });
  const remarks: Problem[] = [];
  let from: State | undefined;
  const verdict = await publish(world, ticket, async (run) => {
    from = run.state;
    const standing: Standing = { ...await look(), run };
    const going = [...await refreshRefusals(standing), ...blockedRefusals(run)];
    // Of a ticket that ended nothing is kept to compare with.
    const refusals = [...writerRefusals(world, run, actor, origin), ...going.length > 0 ? going : await unagreedByAgent(standing)];
    if (refusals.length > 0) return refused(refusals);
    const lock = await lockSource(standing);
    const agreement = lock.ok ? await agreementOf(standing) : {};
    remarks.splice(0, Infinity, ...standing.remarks);
    if (!lock.ok) return lock;
    // One that was cut short between the two facts went back already.
    if (run.state === undefined) return granted(lock.value);
    // Git compares files for it, and may start what was altered just now.
    const settled = agreement.altered === undefined ? await settledMemory(standing) : [];
    const back: Draft = {
      kind: 'refreshed', by: actor, origin, reason: reason ?? 'ticket, policy or base changed',
      ...agreement, ...(settled.length === 0 ? {} : { settled }),
    };
    return granted([back, ...lock.value]);
  });
  if (!verdict.ok) return no(endingOf(verdict.refusals), 'rework', { ticket, from }, [...remarks, ...verdict.refusals]);
  const standing = await look();
  await tellLeftBehind(standing);
  const run = verdict.value;
  return done('rework', { ticket, from, state: run.state, rounds: run.rounds, changed: run.lock?.changed }, nextCommands(run), [...standing.remarks, ...remarks]);
}

/** A commit of ours may be refreshed away only when it is not on the branch any more, and never came to the remote. */
async function refreshRefusals(standing: Standing): Promise<Refusal[]> {
  const { world, run } = standing;
  if (run.state === undefined && run.length === 0) return [refuse('not-begun', { ticket: run.ticket, command: 'refresh' })];
  const commit = run.delivery?.prepared;
  if (run.end !== undefined || commit === undefined) return run.end === undefined && run.delivery === undefined ? [] : goingRefusals(run);
  const head = await world.git.branch.head();
  const isHere = head.id !== undefined && (await world.git.remote.contains(head.id, commit)) !== false;
  return isHere ? goingRefusals(run) : askedRefusals(standing);
}

/** Asks the remote for a commit that may have been pushed. Where it is reached otherwise by now, another could answer for it. */
async function askedRefusals(standing: Standing): Promise<Refusal[]> {
  const { world, run } = standing;
  const { intent: { branch, target }, committed, pushed } = run.delivery!;
  if (committed === undefined || target === undefined) return [];
  // What it came to is asked of the remote below.
  if (await awaitEarlierPush(standing)) await world.private.saveChild(standing.ticket, undefined);
  if (pushed !== undefined && (await alteredMeanwhile(standing))?.redirects === true) return goingRefusals(run);
  const { pushUrls } = await world.git.remote.configuration(branch);
  // What was never pushed, as far as is remembered, may get another address by this very refresh.
  if (pushed === undefined && pushUrls.join() !== target.url) return [];
  return publishedRefusals(run, await lookAtDelivery(standing));
}

/** Who wrote the work may not move the goal posts: neither as the writer, nor under another name from the same agent. */
function writerRefusals({ session }: Pick<World, 'session'>, run: Run, actor: Actor, origin: Origin): Refusal[] {
  const isWriter = run.writers.some((hand) => (actor.role === 'writer' && sameName(hand.actor, actor)) || (origin.seen === 'agent' && sameHand(hand.origin, origin) !== undefined));
  return isWriter ? [refuse('refresh-by-writer', { ticket: run.ticket, actor: showActor(actor), ...(session.agent === undefined ? {} : { agent: session.agent }) })] : [];
}
