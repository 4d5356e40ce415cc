import { showActor, type Actor } from '../domain/actors.js';
import { lastDelivered } from '../domain/claim.js';
import { no, waysOn, type Outcome } from '../domain/outcome.js';
import type { State } from '../domain/road.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { abort, type AbortData } from './abort.js';
import { addressed } from './addressed.js';
import { endingOf, lastingRemarks, walkTo } from './advance.js';
import { deliver, type DeliverData, type Walk } from './deliver.js';

/** `cxw deliver`: the walk through every state that is still owed, and then the delivery, under one lock. */
export async function deliverTicket(world: World, request: { ticket?: string; as?: string; dryRun: boolean }): Promise<Outcome<Partial<DeliverData>>> {
  const to = await addressed(world, request, 'deliver', 'deliverer');
  if (!to.ok) {
    // Asked once more when all is done, it answers the same: a run that was cut short may have been further than it could say.
    const last = to.refusals.every(({ code }) => code === 'no-ticket') ? lastDelivered((await world.ledger.claims()).facts) : undefined;
    return last === undefined ? no('refused', 'deliver', {}, to.refusals) : deliverTicket(world, { ...request, ticket: last });
  }
  const { ticket, actor } = to.value;
  const work = (): Promise<Outcome<DeliverData>> => deliver(world, { ticket, actor, dryRun: request.dryRun }, walker(world, ticket, actor, request.dryRun));
  return request.dryRun ? work() : world.lock.hold('cxw deliver', work);
}

/** `cxw abort`, under the same lock. */
export async function abortTicket(world: World, request: { ticket?: string; as?: string }): Promise<Outcome<Partial<AbortData>>> {
  const to = await addressed(world, request, 'abort', 'deliverer');
  if (!to.ok) return no('refused', 'abort', {}, to.refusals);
  return world.lock.hold('cxw abort', () => abort(world, to.value));
}

/** Gathers the evidence that is still missing before a delivery, as `advance` would. */
function walker(world: World, ticket: TicketId, actor: Actor, dryRun: boolean): Walk {
  return async (until: State) => {
    const { standing, entered, wouldEnter, refusals } = await walkTo(world, ticket, actor, { adopt: false, dryRun, until });
    const { run, view } = standing;
    if (refusals.length === 0 && wouldEnter === undefined) return { ok: true, run, view, remarks: standing.remarks };
    const data = { ticket, state: run.state, entered, wouldEnter, by: showActor(actor) };
    const problems = [...standing.remarks, ...await lastingRemarks(standing), ...refusals];
    if (refusals.length === 0) return { ok: false, outcome: { command: 'deliver', ending: 'done', data, problems, next: [`cxw deliver ${ticket}`] } };
    return { ok: false, outcome: no(endingOf(refusals), 'deliver', data, problems, waysOn(refusals)) };
  };
}
