import type { BriefPart } from '../../domain/brief.js';
import { carriedOver } from '../../domain/family/carriedOver.js';
import { inheritedLines } from '../../domain/family/inherited.js';
import { kinOf } from '../../domain/family/kin.js';
import type { TicketId } from '../../domain/ticket.js';
import { part } from '../briefing/told.js';
import type { Standing } from '../road/standing.js';
import { householdOf, runsOf } from './relatives.js';

/** What binds a child, and what the chain before it learned; what its children did, for a parent. */
export async function chainParts({ world, run }: Standing): Promise<BriefPart[]> {
  const { lock } = run;
  if (lock === undefined) return [];
  const { own, parent, family } = await householdOf(world, lock.ticket.content);
  const others = new Set([...own.after, ...own.children, ...(parent === undefined ? [] : kinOf(parent).children)].filter((id) => id !== own.id && family.has(id)));
  return [
    ...(lock.inherited === undefined ? [] : [part('What binds every child of the chain', inheritedLines(lock.inherited), 92, true)]),
    ...(others.size === 0 ? [] : [part('Carried over from the chain', carriedOver(await runs(world, others)), 65, true)]),
  ];
}

async function runs(world: Standing['world'], ids: Iterable<TicketId>) {
  return Promise.all([...ids].map(async (id) => {
    const { here, sealed } = await runsOf(world, id);
    return sealed ?? here;
  }));
}
