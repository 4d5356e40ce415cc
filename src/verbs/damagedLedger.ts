import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';

/** Whether a ledger can be trusted no more, and so may be set aside. One that a newer cxw wrote is whole. */
export async function isDamaged({ ledger }: Pick<World, 'ledger'>, name: TicketId | 'worktree'): Promise<boolean> {
  const faults = await ledger.inspect(name);
  return faults.length > 0 && faults.every(({ fault }) => fault !== 'newer-format');
}
