import { done, no, type Outcome } from '../domain/outcome.js';
import { refuse } from '../domain/problem.js';
import type { World } from '../world/index.js';

export interface UnlockData {
  cleared: boolean;
  owner?: { pid: number; command: string; seconds: number; state: string };
}

/** Clears a lock whose owner cannot be judged from here. A person's decision: the owner may still be at work. */
export async function unlock(world: Pick<World, 'lock' | 'session'>): Promise<Outcome<UnlockData>> {
  if (world.session.agent !== undefined) {
    return no('refused', 'unlock', { cleared: false }, [refuse('person-needed', { command: 'cxw unlock', agent: world.session.agent })]);
  }
  const holder = await world.lock.holder();
  if (holder?.state === 'alive') {
    return no('refused', 'unlock', { cleared: false, owner: holder }, [refuse('lock-alive', { pid: holder.pid, command: holder.command })]);
  }
  const owner = holder === undefined ? undefined : await world.lock.clear();
  return done('unlock', { cleared: owner !== undefined, owner }, ['cxw status']);
}
