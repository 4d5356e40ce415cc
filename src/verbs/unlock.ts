import type { Actor } from '../domain/actors.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { refuse } from '../domain/problem.js';
import { fold, hasEnded } from '../domain/run.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { actorOr, namedActor } from './actor.js';
import { isDamaged } from './damagedLedger.js';

export interface UnlockData {
  cleared: boolean;
  owner?: { pid: number; command: string; seconds: number; state: string };
  /** Where the worktree's own ledger lies now, below cxw's folder in the git directory, if it could not be trusted. */
  setAside?: string;
  /** The ticket that owns the worktree's changes by the new one. */
  claimed?: TicketId;
}

type UnlockWorld = Pick<World, 'git' | 'ledger' | 'lock' | 'session'>;

/**
 * Clears what keeps everybody out and cannot be judged from here: a lock whose owner may still be at work, and the
 * worktree's own ledger where it is damaged. A person's decision.
 */
export async function unlock(world: UnlockWorld, request: { as?: string }): Promise<Outcome<UnlockData>> {
  const { agent } = world.session;
  if (agent !== undefined) return no('refused', 'unlock', { cleared: false }, [refuse('person-needed', { command: 'cxw unlock', agent })]);
  const named = namedActor(world, request.as);
  if (!named.ok) return no('refused', 'unlock', { cleared: false }, named.refusals);
  const holder = await world.lock.holder();
  if (holder?.state === 'alive') {
    return no('refused', 'unlock', { cleared: false, owner: holder }, [refuse('lock-alive', { pid: holder.pid, command: holder.command })]);
  }
  const owner = holder === undefined ? undefined : await world.lock.clear();
  const anew = await isDamaged(world, 'worktree') ? await claimedAnew(world, await actorOr(world, named.value, 'human')) : {};
  return done('unlock', { cleared: owner !== undefined, owner, ...anew }, ['cxw status']);
}

/** Sets the damaged ledger aside with every byte, and gives the worktree back to the one ticket that is at work in it. */
function claimedAnew(world: UnlockWorld, by: Actor): Promise<Pick<UnlockData, 'setAside' | 'claimed'>> {
  return world.lock.hold('cxw unlock', async () => {
    const setAside = await world.ledger.setAside('worktree');
    const [ticket, ...others] = await ticketsAtWork(world);
    if (ticket === undefined || others.length > 0) return { setAside };
    await world.ledger.appendClaim(await world.ledger.claims(), { kind: 'claimed', ticket, by, origin: await world.session.origin() });
    return { setAside, claimed: ticket };
  });
}

/** Tickets that discovered the repository and have not ended. One whose own ledger is damaged says nothing. */
async function ticketsAtWork(world: UnlockWorld): Promise<TicketId[]> {
  const runs = await Promise.all((await world.ledger.tickets()).map(async (ticket) =>
    (await isDamaged(world, ticket) ? [] : [fold(ticket, (await world.ledger.read(ticket)).facts)])));
  return runs.flat().filter((run) => run.discovery !== undefined && !hasEnded(run)).map(({ ticket }) => ticket);
}
