import { blockedRefusals } from '../../domain/blocked.js';
import type { ChangeSet } from '../../domain/changeSet.js';
import { repairDueGate, selfReviewGate } from '../../domain/gates.js';
import { granted, refuse, type Refusal } from '../../domain/problem.js';
import { hasReached, stateAfter } from '../../domain/road.js';
import { mayChangeNothing } from '../../domain/withoutProduct.js';
import { brokenProofs } from './proofStanding.js';
import { anchorRefusals, groundRefusals, lookOf, measurable, sight } from './sighting.js';
import { locked, type Standing } from './standing.js';

/** Why a ticket cannot move right now, as far as a look that writes and runs nothing can tell. */
export interface Outlook {
  change?: ChangeSet;
  refusals: Refusal[];
}

/** Where the ticket is can be told even where no change can be measured. */
export async function outlook(standing: Standing): Promise<Outlook> {
  const seen = await measurable(standing, async () => granted(await lookOut(standing)));
  if (seen.ok) return seen.value;
  return { refusals: seen.refusals.map((refusal) => ({ ...refusal, commands: [...refusal.commands.filter((command) => command !== 'cxw status'), `cxw abandon ${standing.ticket} --reason TEXT`] })) };
}

async function lookOut(standing: Standing): Promise<Outlook> {
  const { run } = standing;
  if (run.end !== undefined || run.lock === undefined || run.discovery === undefined || run.delivery !== undefined) return { refusals: [] };
  if (run.blocked !== undefined) return { refusals: blockedRefusals(run) };
  if (!hasReached(run.state, 'writer_assigned')) {
    const anchors = await anchorRefusals(standing, { survey: await (await lookOf(standing)).survey() });
    return { refusals: anchors.length === 0 && stateAfter(run.state) === 'plan_recorded' ? await (await import('./plan.js')).planRefusals(standing) : anchors };
  }
  const seen = await sight(standing);
  const { change } = seen;
  const settled = await groundRefusals(standing, seen);
  return { change, refusals: settled.length > 0 ? settled : await dueRefusals(standing, change) };
}

/** What the next state asks of people. What it asks of the tool is not known before it is done. */
async function dueRefusals(standing: Standing, change: ChangeSet): Promise<Refusal[]> {
  const { run, ticket } = standing;
  const { ticket: content } = locked(standing);
  switch (stateAfter(run.state)) {
    case 'implementation_complete':
      return change.entries.length > 0 || mayChangeNothing(content) ? repairDueGate(run, change.digest) : [refuse('no-change', { ticket, files: content.class === 'quick' ? content.scope.files : [] })];
    case 'focused_tests_passed':
      return brokenProofs(standing, change.digest);
    case 'self_review_complete':
      return selfReviewGate(run, change.digest);
    case 'independent_review_complete':
      return (await import('./review.js')).reviewRefusals(standing, change.digest);
    case 'repair_loop_complete_or_not_needed':
      return (await import('./review.js')).openRefusals(standing, change.digest);
    case 'context_curated':
      return run.records.curation === undefined ? [refuse('curation-missing', { ticket })] : [];
    default:
      return [];
  }
}
