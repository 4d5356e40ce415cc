import { refuse, type Problem } from '../../domain/problem.js';
import type { TicketId } from '../../domain/ticket.js';
import type { World } from '../../world/index.js';

/** What is wrong with a live ledger, fact by fact: each names the one before by its digest. */
export async function ledgerProblems({ ledger, attempt }: Pick<World, 'ledger' | 'attempt'>, name: TicketId | 'worktree'): Promise<Problem[]> {
  const inspected = await attempt(() => ledger.inspect(name));
  // One that the disk keeps says nothing about the others.
  if (!inspected.ok) return [inspected.problem];
  return inspected.value.map(({ fault, seq, detail }) => {
    const facts = { ledger: name, seq, detail };
    switch (fault) {
      case 'edited': return refuse('ledger-edited', facts);
      case 'removed': return refuse('ledger-removed', facts);
      case 'reordered': return refuse('ledger-reordered', facts);
      case 'unreadable': return refuse('ledger-unreadable', facts);
      case 'newer-format': return refuse('ledger-newer', facts);
    }
  });
}
