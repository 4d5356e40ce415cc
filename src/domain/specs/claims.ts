import { complain } from '../problem.js';
import type { Item } from './sheet.js';
import type { Change, FileProblem } from './spec.js';

/** A requirement that an item of a delta is about. */
export interface Claim {
  id: string;
  item: Item;
}

/** The spec that a delta changes, as it names it. */
export const specOf = ({ fields }: Change['delta']): string => fields.get('spec')?.text ?? '';

/** The requirements that a change touches; what was given up touches none. */
export function claimsOf({ delta }: Change): Claim[] {
  const { added, modified, removed, renamed } = delta.tables;
  const named = (items: readonly Item[], column: string): Claim[] => items.map((item) => ({ id: item.cells[column]?.text ?? '', item }));
  return [...named([...added, ...modified, ...removed, ...renamed], 'requirement'), ...named(renamed, 'new id')]
    .filter(({ id, item }) => id !== '' && item.status?.word !== 'superseded');
}

/** Other changes on their way that touch the same requirement. */
export function conflictsOf(change: Change, all: readonly Change[]): { claim: Claim; other: string }[] {
  const others = all.filter((other) => other.id !== change.id && other.delta.status?.word !== 'superseded' && specOf(other.delta) === specOf(change.delta));
  return claimsOf(change).flatMap((claim) => others.flatMap((other) => (claimsOf(other).some(({ id }) => id === claim.id) ? [{ claim, other: other.id }] : [])));
}

/** Said while both are on their way; whoever applies one is refused. */
export const conflictWarnings = (change: Change, all: readonly Change[]): FileProblem[] => (change.delta.status?.word === 'superseded' ? [] : conflictsOf(change, all).map(({ claim, other }) => {
  const cell = claim.item.cells['requirement']!;
  const problem = complain('delta-conflict', { change: change.id, other, requirement: claim.id }, change.delta.place(cell.from, cell.to, `also in ${other}`), 'warning');
  return { path: change.delta.path, problem };
}));
