import type { ObjectId } from '../domain/changeSet.js';
import { objectedRefusals, personRefusals } from '../domain/blocked.js';
import { claimHolder } from '../domain/claim.js';
import { recordsFolder } from '../domain/closing/places.js';
import { stash } from '../domain/codes/entry.js';
import type { Draft } from '../domain/facts.js';
import { NEW_TICKET } from '../domain/newTicketCommand.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { isUnder, showPath, type RepoPath } from '../domain/paths.js';
import { granted, refuse, refused, type Refusal } from '../domain/problem.js';
import { fold, type Run } from '../domain/run.js';
import { lockedScope } from '../domain/scope.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { addressed, type Addressed } from './addressed.js';
import { endingOf } from './advance.js';
import { isDamaged } from './damagedLedger.js';
import { NOTHING_LEFT, remaining, type Left } from './road/leftovers.js';
import { setAsideOverwritten } from './road/overwritten.js';
import { publish } from './road/publish.js';
import { release } from './road/release.js';
import { ticketPath } from './road/standing.js';

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
  /** Its uncommitted records, which stay there too. */
  records?: string[];
  /** Uncommitted work of before the ticket that does not stand there any more, where it lies, and how it comes back. */
  overwritten?: { path: string; copy: string; bringBack: string }[];
  /** Where a ledger that cannot be trusted lies now, below cxw's folder in the git directory. */
  setAside?: string;
}

/**
 * Ends a ticket without a delivery. Its changes stay in the worktree; only the claim goes, and the private copies of what
 * still stands as it was. A ticket whose ledger is damaged cannot be ended by a fact: a person sets everything aside that
 * is kept of it.
 */
export async function abandon(world: World, request: AbandonRequest): Promise<Outcome<AbandonData>> {
  const to = await addressed(world, request, 'abandon', 'human');
  if (!to.ok) return no('refused', 'abandon', {}, to.refusals);
  const { ticket, actor, origin } = to.value;
  return world.lock.hold('cxw abandon', async () => {
    if (await isDamaged(world, ticket)) return setAside(world, to.value);
    let left = NOTHING_LEFT;
    // Whatever may fail comes before the end, so that nothing keeps the worktree from being given back after it.
    const overwritten = await setAsideOverwritten(world, ticket, isOf(ticket));
    const verdict = await publish(world, ticket, async (run) => {
      left = await remaining(world, run);
      const refusals = endRefusals(run);
      if (refusals.length === 0) refusals.push(...personRefusals(run, world.session.agent), ...objectedRefusals(run, world.session.agent), ...(request.noChange ? await changeRefusals(world, run, left) : []));
      return refusals.length > 0 ? refused(refusals) : granted<Draft[]>([{ kind: 'abandoned', by: actor, origin, reason: request.reason, noChange: request.noChange }]);
    });
    if (!verdict.ok && await holdsClaimAfterEnd(world, ticket)) {
      await release(world, ticket, { by: actor, origin, how: 'abandoned' });
      return done('abandon', { ticket, how: 'abandoned' }, [`cxw log ${ticket}`]);
    }
    if (!verdict.ok) return no(endingOf(verdict.refusals), 'abandon', { ticket }, verdict.refusals);
    await release(world, ticket, { by: actor, origin, how: 'abandoned' });
    const data: AbandonData = {
      ticket,
      how: request.noChange ? 'no-change' : 'abandoned',
      left: left.product.map(showPath),
      records: left.records.length === 0 ? undefined : left.records.map(showPath),
      overwritten: overwritten.length === 0 ? undefined : overwritten.map((one) => ({ ...one, path: showPath(one.path) })),
    };
    return done('abandon', data, waysOut(ticket, left));
  });
}

/** An earlier run was cut short between the end of the ticket and giving the worktree back. */
async function holdsClaimAfterEnd(world: World, ticket: TicketId): Promise<boolean> {
  const { end } = fold(ticket, (await world.ledger.read(ticket)).facts);
  return end !== undefined && end.how !== 'done' && claimHolder((await world.ledger.claims()).facts) === ticket;
}

/** An agent may not begin anew by damaging what is remembered against it. */
async function setAside(world: World, { ticket, actor, origin }: Addressed): Promise<Outcome<AbandonData>> {
  const { agent } = world.session;
  if (agent !== undefined) return no('refused', 'abandon', { ticket }, [refuse('person-needed', { command: `cxw abandon ${ticket} --reason TEXT`, agent })]);
  const place = await world.ledger.setAside(ticket);
  await release(world, ticket, { by: actor, origin, how: 'abandoned' });
  return done('abandon', { ticket, how: 'abandoned', setAside: place }, ['git status --short --branch', NEW_TICKET]);
}

function endRefusals(run: Run): Refusal[] {
  if (run.end !== undefined) return [refuse('ticket-ended', { ticket: run.ticket, how: run.end.how })];
  return run.delivery?.prepared === undefined ? [] : [refuse('mid-delivery', { ticket: run.ticket, state: run.state! })];
}

/** Work of the ticket that is not committed, or that commits brought since it first began: nobody proved it. */
async function changeRefusals(world: World, run: Run, { product, head }: Left): Promise<Refusal[]> {
  const { ticket, firstBase: base } = run;
  const committed = base === undefined || head === undefined ? [] : await committedSince(world, run, base, head);
  const paths = new Set([...product, ...committed]).size;
  return paths === 0 ? [] : [refuse('has-changes', { ticket, paths, ...(committed.length === 0 ? {} : { base }) })];
}

async function committedSince({ git }: World, run: Run, base: ObjectId, head: ObjectId): Promise<RepoPath[]> {
  // What a rewritten history has dropped cannot be compared with.
  if (run.lock === undefined || base === head || !(await git.trees.known([base])).has(base)) return [];
  const scope = lockedScope(run.lock);
  return (await git.trees.difference(base, head)).map(({ path }) => path).filter((path) => scope.covers(path));
}

/** Its own file may be edited while it runs. */
const isOf = (ticket: TicketId) => (path: RepoPath): boolean => path === ticketPath(ticket) || isUnder(path, recordsFolder(ticket));

/** What is left is a person's to commit or to put away, records and all: a pull that brings the same ticket finds them in its way. */
function waysOut(ticket: TicketId, { product, records, stashable }: Left): string[] {
  if (product.length + records.length === 0) return [`cxw log ${ticket}`];
  return ['git status --short', ...(stashable.length === 0 ? [] : [stash(stashable)]), `cxw log ${ticket}`];
}
