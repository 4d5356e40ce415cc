import { refuse, type Refusal } from './problem.js';
import type { Place } from './ticketText.js';

/** What was said of a ticket's place in a chain. Tickets are named as everywhere, and looked up by whoever has them all. */
export interface ChainWords {
  parent?: string;
  stage?: string;
  after?: string[];
  finalVerifier?: string;
}

type Liner = (flag: string, text: string, most: number) => string;

const invalid = (flag: string, given: string, why: string): Refusal => refuse('ticket-value-invalid', { flag, given, why });

/** Reads them; faults are added to `faults`. Nothing when nothing of this was said. */
export function chainOf({ parent, stage, after = [], finalVerifier, orchestrator = false, quick }: ChainWords & { orchestrator?: boolean; quick: boolean }, line: Liner, faults: Refusal[]): Place | undefined {
  const related = parent !== undefined || after.length > 0;
  if (orchestrator && quick) faults.push(invalid('--orchestrator', 'with --quick', 'a ticket is one of the two'));
  if (orchestrator && related) faults.push(invalid(parent === undefined ? '--after' : '--parent', 'with --orchestrator', 'a parent is no child, and waits for its children alone'));
  if (stage !== undefined && parent === undefined) faults.push(invalid('--stage', stage, 'a stage belongs to a parent: say --parent as well'));
  if (finalVerifier !== undefined && !orchestrator) faults.push(invalid('--final-verifier', finalVerifier, 'only an orchestrator has one'));
  if (!related && finalVerifier === undefined) return undefined;
  return { parent, stage, after: [...new Set(after)], finalVerifier: finalVerifier === undefined ? undefined : line('--final-verifier', finalVerifier, 80) };
}
