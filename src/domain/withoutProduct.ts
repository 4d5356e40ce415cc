import { compileGlobs } from './globs.js';
import type { RepoPath } from './paths.js';
import type { Policy } from './policy.js';
import { refuse, type Refusal } from './problem.js';
import type { Ticket } from './ticket.js';

/** Whether a ticket may end with no change at all: an orchestrator's work is done by its children. */
export const mayChangeNothing = (ticket: Ticket | undefined): boolean => ticket?.class === 'orchestrator';

/** Whether a ticket may change documentation only: research ends with a report, and an orchestrator writes no product. */
export const changesNoProduct = (ticket: Ticket): boolean => ticket.class === 'orchestrator' || isResearch(ticket);

export const isResearch = (ticket: Ticket): boolean => ticket.class !== 'quick' && ticket.intensity === 'research_only';

/** The product files among the paths of a ticket that may change none. */
export function productRefusals(ticket: Ticket, paths: readonly RepoPath[], policy: Policy): Refusal[] {
  if (!changesNoProduct(ticket)) return [];
  const isDocs = compileGlobs(policy.docs);
  const product = paths.filter((path) => !isDocs(path));
  return product.length === 0 ? [] : [refuse('product-not-allowed', { ticket: ticket.id, what: isResearch(ticket) ? 'Research' : 'An orchestrator', paths: product })];
}
