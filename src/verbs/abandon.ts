import type { Draft } from '../domain/facts.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { showPath } from '../domain/paths.js';
import { granted, refuse, refused, type Refusal } from '../domain/problem.js';
import type { Run } from '../domain/run.js';
import { scopeOf } from '../domain/scope.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { addressed, type Addressed } from './addressed.js';
import { endingOf } from './advance.js';
import { isDamaged } from './damagedLedger.js';
import { publish } from './road/publish.js';
import { release } from './road/release.js';

export interface AbandonRequest {
  ticket?: string;
  as?: string;
  reason: string;
  noChange: boolean;
}

export interface AbandonData {
  ticket?: TicketId;
  how?: 'abandoned' | 'no-change';
  /** Changes of the ticket that stay in the worktree: nothing is discarded. */
  left?: string[];
  /** Where a ledger that cannot be trusted lies now, below cxw's folder in the git directory. */
  setAside?: string;
}

/**
 * Ends a ticket without a delivery. Its changes stay in the worktree; only the claim and the private copies go. A ticket
 * whose ledger is damaged cannot be ended by a fact: a person sets everything aside that is kept of it.
 */
export async function abandon(world: World, request: AbandonRequest): Promise<Outcome<AbandonData>> {
  const to = await addressed(world, request, 'abandon', 'human');
  if (!to.ok) return no('refused', 'abandon', {}, to.refusals);
  const { ticket, actor, origin } = to.value;
  return world.lock.hold('cxw abandon', async () => {
    if (await isDamaged(world, ticket)) return setAside(world, to.value);
    let left: string[] = [];
    const verdict = await publish(world, ticket, async (run) => {
      left = await remaining(world, run);
      const refusals = abandonRefusals(run, request.noChange, left.length);
      return refusals.length > 0 ? refused(refusals) : granted<Draft[]>([{ kind: 'abandoned', by: actor, origin, reason: request.reason, noChange: request.noChange }]);
    });
    if (!verdict.ok) return no(endingOf(verdict.refusals), 'abandon', { ticket }, verdict.refusals);
    await release(world, ticket, { by: actor, origin, how: 'abandoned' });
    return done('abandon', { ticket, how: request.noChange ? 'no-change' as const : 'abandoned' as const, left }, left.length > 0 ? ['git status --short', `cxw log ${ticket}`] : [`cxw log ${ticket}`]);
  });
}

/** An agent may not begin anew by damaging what is remembered against it. */
async function setAside(world: World, { ticket, actor, origin }: Addressed): Promise<Outcome<AbandonData>> {
  const { agent } = world.session;
  if (agent !== undefined) return no('refused', 'abandon', { ticket }, [refuse('person-needed', { command: `cxw abandon ${ticket} --reason TEXT`, agent })]);
  const place = await world.ledger.setAside(ticket);
  await release(world, ticket, { by: actor, origin, how: 'abandoned' });
  return done('abandon', { ticket, how: 'abandoned', setAside: place }, ['git status --short --branch', 'cxw ticket new --quick TITLE --file PATH']);
}

function abandonRefusals(run: Run, noChange: boolean, changes: number): Refusal[] {
  if (run.end !== undefined) return [refuse('ticket-ended', { ticket: run.ticket, how: run.end.how })];
  if (run.delivery?.prepared !== undefined) return [refuse('mid-delivery', { ticket: run.ticket, state: run.state! })];
  return noChange && changes > 0 ? [refuse('has-changes', { ticket: run.ticket, paths: changes })] : [];
}

/** Paths of the scope that differ from the base now. */
async function remaining(world: World, run: Run): Promise<string[]> {
  if (run.lock === undefined || run.discovery === undefined) return [];
  const scope = scopeOf(run.lock.ticket.content, run.lock.policy.content, run.lock.inherited);
  const survey = await world.git.repository.survey();
  return survey.dirty.map((dirty) => dirty.path).filter((path) => scope.covers(path)).map(showPath);
}
