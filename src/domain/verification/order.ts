import type { Fact } from '../facts.js';
import { hasReached, stateAfter, type State } from '../road.js';
import { freshRun, take, type Run } from '../run.js';
import type { TicketId } from '../ticket.js';

/** A fact that could not have been recorded where it stands. */
export interface OrderFault {
  seq: number;
  why: string;
}

/** Walks the facts as they were recorded and finds every one that the road does not allow there. */
export function orderFaults(ticket: TicketId, facts: readonly Fact[]): OrderFault[] {
  const faults: OrderFault[] = [];
  const run = freshRun(ticket);
  for (const fact of facts) {
    const why = objection(run, fact);
    if (why !== undefined) faults.push({ seq: fact.seq, why });
    take(run, fact);
  }
  return [...faults, ...endFaults(run)];
}

function objection(run: Run, fact: Fact): string | undefined {
  if (run.end !== undefined) return 'the ticket had ended before';
  switch (fact.kind) {
    case 'entered':
      return enteringObjection(run, fact.state);
    case 'reworked':
      return hasReached(run.state, 'implementation_complete') ? undefined : 'there was no work yet that could go back';
    case 'refreshed':
      return run.state === undefined ? 'the ticket had not begun' : undefined;
    case 'delivery-aborted':
    case 'commit-prepared':
      return run.delivery === undefined ? 'no delivery was under way' : undefined;
    case 'waived':
      return fact.origin.seen === 'agent' ? 'only a person may waive' : undefined;
    case 'unblocked':
      return fact.rounds > 0 && fact.origin.seen === 'agent' ? 'only a person may grant a repair round' : undefined;
    default:
      return undefined;
  }
}

function enteringObjection(run: Run, state: State): string | undefined {
  if (run.blocked !== undefined) return `${state} was entered while the ticket was blocked`;
  const due = stateAfter(run.state);
  return state === due ? undefined : `${state} was entered when ${due ?? 'nothing'} was due`;
}

/** What is sealed stops where the delivery begins. */
function endFaults(run: Run): OrderFault[] {
  const seq = run.length;
  if (run.end !== undefined) return [{ seq, why: 'the sealed facts go on to the end of the ticket' }];
  if (run.delivery !== undefined) return [{ seq, why: 'the sealed facts stop within a delivery' }];
  if (run.blocked !== undefined) return [{ seq, why: 'the ticket was blocked when it was delivered' }];
  return run.state === 'context_curated' ? [] : [{ seq, why: `the sealed facts stop at ${run.state ?? 'the beginning'}, not at context_curated` }];
}
