import type { FieldPath } from '../documents/whereabouts.js';
import { coversGlob } from '../globs.js';
import { nearest } from '../nearest.js';
import { refuse, type Refusal } from '../problem.js';
import type { TicketId } from '../ticket.js';
import { stagesBefore, type Family, type Kin } from './kin.js';

/** What is wrong with a ticket's place among the others, and which field says it. */
export interface KinFault {
  path: FieldPath;
  label: string;
  refusal: Refusal;
}

/** Everything that a ticket and the others say against each other: strangers, disagreement, circles. */
export function kinFaults(kin: Kin, family: Family): KinFault[] {
  return [
    ...parentFaults(kin, family),
    ...kin.after.flatMap((id, at) => afterFaults(kin, id, ['after', at], family)),
    ...kin.children.flatMap((id, at) => childFaults(kin, id, ['children', at], family)),
  ];
}

function parentFaults(kin: Kin, family: Family): KinFault[] {
  const { id, parent } = kin;
  if (parent === undefined) return [];
  const path = ['parent'];
  if (!family.has(parent)) return [unknown(id, parent, path, family)];
  const named = family.get(parent);
  if (named === undefined) return [];
  if (!named.isParent) return [{ path, label: 'has no children', refusal: refuse('parent-not-orchestrator', { ticket: id, parent }) }];
  if (!named.children.includes(id)) return [{ path, label: 'does not name this one', refusal: refuse('kin-disagree', { child: id, parent, silent: parent }) }];
  return outsideFaults(kin, named);
}

/** A parent owns what its children do, so they change nothing that it may not change itself. */
function outsideFaults({ id, reach }: Kin, parent: Kin): KinFault[] {
  const patterns = outside(reach.patterns, parent);
  const at = reach.patterns.indexOf(patterns[0]!);
  return at < 0 ? [] : [{ path: ['scope', reach.field, at], label: `outside of ${parent.id}`, refusal: refuse('child-outside-parent', { child: id, parent: parent.id, patterns, allowed: parent.reach.patterns }) }];
}

/** The patterns that reach further than a parent may. */
export const outside = (patterns: readonly string[], { reach }: Pick<Kin, 'reach'>): string[] => patterns.filter((pattern) => !coversGlob(reach.patterns, pattern));

function childFaults({ id }: Kin, child: TicketId, path: FieldPath, family: Family): KinFault[] {
  if (!family.has(child)) return [unknown(id, child, path, family)];
  const named = family.get(child);
  if (named === undefined || named.parent === id) return [];
  if (named.isParent) return [{ path, label: 'an orchestrator', refusal: refuse('child-orchestrator', { child, parent: id }) }];
  return [{ path, label: named.parent === undefined ? 'names no parent' : `a child of ${named.parent}`, refusal: refuse('kin-disagree', { child, parent: id, silent: child, other: named.parent }) }];
}

function afterFaults({ id }: Kin, before: TicketId, path: FieldPath, family: Family): KinFault[] {
  if (!family.has(before)) return [unknown(id, before, path, family)];
  const circle = wayTo(id, before, family);
  return circle === undefined ? [] : [{ path, label: 'waits for this one', refusal: refuse('after-circle', { ticket: id, circle: [id, ...circle] }) }];
}

const unknown = (ticket: TicketId, named: TicketId, path: FieldPath, family: Family): KinFault =>
  ({ path, label: 'no such ticket', refusal: refuse('kin-unknown', { ticket, named, near: nearest(named, [...family.keys()]) }) });

/** Whom a ticket waits for: those it names, the stages before its own, and, as a parent, its children. */
function waitsFor(kin: Kin, family: Family): TicketId[] {
  const parent = kin.parent === undefined ? undefined : family.get(kin.parent);
  return [...kin.after, ...stagesBefore(parent, kin.id).flatMap(({ children }) => children), ...kin.children];
}

/** How `from` comes to wait for `goal`, if it does. */
function wayTo(goal: TicketId, from: TicketId, family: Family): TicketId[] | undefined {
  const seen = new Set<TicketId>();
  const ways: TicketId[][] = [[from]];
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const last = way.at(-1)!;
    if (last === goal) return way;
    const kin = family.get(last);
    if (seen.has(last) || kin === undefined) continue;
    seen.add(last);
    ways.push(...waitsFor(kin, family).map((next) => [...way!, next]));
  }
  return undefined;
}
