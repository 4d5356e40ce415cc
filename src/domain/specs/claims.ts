import { complain, type Problem } from '../problem.js';
import { referencesIn } from './ids.js';
import type { Item, Sheet } from './sheet.js';
import type { Change, FileProblem } from './spec.js';

/** A requirement that an item of a delta is about, and the spec that has it. */
export interface Claim {
  spec: string;
  id: string;
  item: Item;
}

/** The specs that a delta changes, as it names them at its head. */
export const specsOf = ({ fields }: Sheet<'delta'>): string[] =>
  [...new Set((fields.get('spec')?.text ?? '').split(',').map((name) => name.trim()).filter((name) => name !== ''))];

/** What a cell of a delta is about: where it changes one spec alone, that need not be said. */
export function subjectOf(delta: Sheet<'delta'>, { cells }: Item, column = 'requirement'): Omit<Claim, 'item'> {
  const text = cells[column]?.text ?? '';
  const [only = '', ...more] = specsOf(delta);
  const [reference] = referencesIn(text, ['REQ']);
  return { spec: reference?.spec ?? (more.length === 0 ? only : ''), id: reference?.length === text.length ? reference.id : text };
}

const live = (items: readonly Item[]): Item[] => items.filter(({ status }) => status?.word !== 'superseded');

/** The requirements that a change touches; what was given up touches none. */
export function claimsOf({ delta }: Pick<Change, 'delta'>): Claim[] {
  const { added, modified, removed, renamed } = delta.tables;
  const named = (items: readonly Item[], column?: string): Claim[] => live(items).map((item) => ({ ...subjectOf(delta, item, column), item }));
  return [...named([...added, ...modified, ...removed, ...renamed]), ...named(renamed, 'new id')].filter(({ id }) => id !== '');
}

/** Rows of a delta of which nobody can tell which spec they change. */
export function unplaced(delta: Sheet<'delta'>): Problem[] {
  const specs = specsOf(delta);
  const lost = claimsOf({ delta }).filter(({ spec }) => !specs.includes(spec));
  return specs.length === 0 ? [] : lost.map(({ item }) => {
    const { text, from, to } = item.cells['requirement']!;
    return complain('delta-spec-unclear', { item: item.id, requirement: text, specs }, delta.place(from, to, 'of which spec?'));
  });
}

/** Other changes on their way that touch the same requirement. */
export function conflictsOf(change: Change, all: readonly Change[]): { claim: Claim; other: string }[] {
  const others = all.filter((other) => other.id !== change.id && other.delta.status?.word !== 'superseded');
  return claimsOf(change).flatMap((claim) => others.flatMap((other) => (claimsOf(other).some(({ spec, id }) => spec === claim.spec && id === claim.id) ? [{ claim, other: other.id }] : [])));
}

/** Said while both are on their way; whoever applies one is refused. */
export const conflictWarnings = (change: Change, all: readonly Change[]): FileProblem[] => (change.delta.status?.word === 'superseded' ? [] : conflictsOf(change, all).map(({ claim, other }) => {
  const cell = claim.item.cells['requirement']!;
  const problem = complain('delta-conflict', { change: change.id, other, requirement: claim.id }, change.delta.place(cell.from, cell.to, `also in ${other}`), 'warning');
  return { path: change.delta.path, problem };
}));
