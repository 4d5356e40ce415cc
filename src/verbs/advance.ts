import { showActor, type Actor } from '../domain/actors.js';
import { blockedRefusals } from '../domain/blocked.js';
import { unansweredRemarks } from '../domain/delivery/unanswered.js';
import { done, no, waysOn, type Outcome } from '../domain/outcome.js';
import { showPath, type RepoPath } from '../domain/paths.js';
import { refuse, remark, type Problem, type Refusal } from '../domain/problem.js';
import { nextCommands } from '../domain/next.js';
import { hasReached, stateAfter, type State } from '../domain/road.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { addressed } from './addressed.js';
import { displacedRemarks } from './road/recordPlaces.js';
import { declareMine } from './road/mine.js';
import { measurable } from './road/sighting.js';
import { stepInto } from './road/steps.js';
import { LostRace, remember, standingOf, type Standing, type Wishes } from './road/standing.js';
import { tellLeftBehind } from './road/watching.js';

export interface AdvanceRequest {
  ticket?: string;
  as?: string;
  untilBlocked: boolean;
  dryRun: boolean;
  adopt: boolean;
  mine: readonly string[];
}

export interface AdvanceData {
  ticket?: TicketId;
  from?: State;
  state?: State;
  /** States entered by this command, in order. */
  entered: State[];
  /** What would be entered; with --dry-run only. */
  wouldEnter?: State;
  changeSet?: string;
  mine?: string[];
  waived?: string[];
}

/** Moves a ticket one state along its road, or as far as the evidence reaches. */
export async function advance(world: World, request: AdvanceRequest): Promise<Outcome<AdvanceData>> {
  const to = await addressed(world, request, 'advance', 'writer');
  if (!to.ok) return no('refused', 'advance', { entered: [] }, to.refusals);
  const { ticket, actor } = to.value;
  const move = async (): Promise<Outcome<AdvanceData>> => {
    const mine = await declareMine(world, ticket, actor, request.mine, request.dryRun);
    if (!mine.ok) return no('refused', 'advance', { ticket: ticket, entered: [] }, mine.refusals);
    const walk = await walkTo(world, ticket, actor, { ...request, mine: mine.value, until: request.untilBlocked ? 'context_curated' : 'next' });
    return answer(walk, request, mine.value);
  };
  return request.dryRun ? move() : world.lock.hold('cxw advance', move);
}

export interface WalkWishes extends Wishes {
  /** How far: one state, or to this one. */
  until: State | 'next';
}

/** How far a walk got, and why it went no further. */
export interface Walk {
  standing: Standing;
  from: State | undefined;
  entered: State[];
  wouldEnter?: State;
  refusals: Refusal[];
}

/** Enters state after state: look, decide, remember; until it has got there, or a gate says no. */
export async function walkTo(world: World, ticket: TicketId, actor: Actor, wishes: WalkWishes): Promise<Walk> {
  let standing = await standingOf(world, ticket, actor, wishes);
  if (!wishes.dryRun) await tellLeftBehind(standing);
  const walk: Walk = { standing, from: standing.run.state, entered: [], refusals: [] };
  for (;;) {
    try {
      const halt = haltRefusals(standing);
      if (halt.length > 0) return { ...walk, standing, refusals: halt };
      if (wishes.until !== 'next' && hasReached(standing.run.state, wishes.until)) return { ...walk, standing };
      const state = stateAfter(standing.run.state)!;
      const verdict = await measurable(standing, () => stepInto(state)(standing));
      if (!verdict.ok) return { ...walk, standing, refusals: verdict.refusals };
      if (wishes.dryRun) return { ...walk, standing, wouldEnter: state };
      await remember(standing, verdict.value);
      walk.entered.push(state);
      if (wishes.until === 'next') return { ...walk, standing };
    } catch (error) {
      if (!(error instanceof LostRace)) throw error;
      const { remarks } = standing;
      standing = { ...await standingOf(world, ticket, actor, wishes), remarks };
    }
  }
}

/** What stops a ticket wherever it stands. */
function haltRefusals({ ticket, run }: Standing): Refusal[] {
  if (run.end !== undefined) return [refuse('ticket-ended', { ticket, how: run.end.how })];
  if (run.blocked !== undefined) return blockedRefusals(run);
  if (run.delivery !== undefined) return [refuse('mid-delivery', { ticket, state: run.state! })];
  return [];
}

async function answer(walk: Walk, request: AdvanceRequest, mine: readonly RepoPath[]): Promise<Outcome<AdvanceData>> {
  const { standing, entered, refusals } = walk;
  const { run, ticket } = standing;
  const change = run.change?.changeSet.digest;
  const data: AdvanceData = {
    ticket, entered, from: walk.from, state: run.state, wouldEnter: walk.wouldEnter,
    changeSet: hasReached(run.state, 'implementation_complete') ? change : undefined,
    mine: mine.length === 0 ? undefined : mine.map(showPath),
    waived: run.waivers.length === 0 ? undefined : run.waivers.map((waiver) => waiver.what),
  };
  const problems: Problem[] = [...standing.remarks, ...await lastingRemarks(standing), ...refusals];
  if (refusals.length === 0) return done('advance', data, nextCommands(run), problems);
  // As far as the evidence reaches is what was asked for: having moved at all is success, and the reasons stand beside it.
  if (request.untilBlocked && entered.length > 0) return done('advance', data, waysOn(refusals), problems);
  return no(endingOf(refusals), 'advance', data, problems, waysOn(refusals));
}

/** Invalid documents, a person's turn, or a plain no: the worst of the reasons decides. */
export function endingOf(refusals: readonly Refusal[]): 'invalid' | 'refused' | 'waiting' {
  if (refusals.some((refusal) => refusal.place !== undefined)) return 'invalid';
  return refusals.every((refusal) => refusal.code === 'rounds-used-up' || refusal.code === 'ticket-blocked') ? 'waiting' : 'refused';
}

/** What every answer that moves a ticket tells again. */
export const lastingRemarks = async ({ world, ticket, run }: Pick<Standing, 'world' | 'ticket' | 'run'>): Promise<Problem[]> =>
  [...await displacedRemarks(world, ticket), ...runRemarks(run)];

/** What the facts say that shows in every later answer. */
export const runRemarks = (run: Standing['run']): Problem[] => [...waiverRemarks({ run }), ...unansweredRemarks(run)];

/** Waivers show in every later answer. */
export function waiverRemarks({ run }: Pick<Standing, 'run'>): Problem[] {
  return run.waivers.map((waiver) => remark('waiver-stands', { what: waiver.what, by: showActor(waiver.by), reason: waiver.reason }, 'warning'));
}

