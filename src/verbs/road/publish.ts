import type { Draft, Fact } from '../../domain/facts.js';
import type { Verdict } from '../../domain/problem.js';
import { fold, type Run } from '../../domain/run.js';
import type { TicketId } from '../../domain/ticket.js';
import type { World } from '../../world/index.js';

/** Decides on the run as it is and publishes what was decided; when somebody else was first, reads again and decides again. */
export async function publish(
  world: Pick<World, 'ledger'>,
  ticket: TicketId,
  decide: (run: Run, facts: readonly Fact[]) => Verdict<Draft[]> | Promise<Verdict<Draft[]>>,
): Promise<Verdict<Run>> {
  for (;;) {
    const view = await world.ledger.read(ticket);
    const verdict = await decide(fold(ticket, view.facts), view.facts);
    if (!verdict.ok) return verdict;
    const published = await world.ledger.append(ticket, view, verdict.value);
    if (published !== undefined) return { ok: true, value: fold(ticket, published.facts) };
  }
}
