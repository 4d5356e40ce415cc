import { nearest } from '../nearest.js';
import { complain, type Problem } from '../problem.js';
import type { Cell } from './cells.js';
import { unplaced } from './claims.js';
import { clauseHints } from './clauses.js';
import { deferralProblems } from './deferral.js';
import { FORMATS, type ColumnKind, type DocumentFormat, type TableFormat } from './format.js';
import { exampleId, idsIn, isId, referencesIn, saysNothing, type Reference } from './ids.js';
import type { Item, Sheet } from './sheet.js';
import { firstCycle } from './cycle.js';
import type { Spec } from './spec.js';

/** What a document stands among: the spec that it belongs to, and how others are found. */
export interface Around {
  spec?: Spec;
  elsewhere: (name: string) => Spec | undefined;
}

/** What one document says against its form and, where it belongs to a spec, against the other documents of that. */
export function sheetRules(sheet: Sheet, around: Around): Problem[] {
  const format: DocumentFormat = FORMATS[sheet.kind];
  const tables = Object.entries(format.tables).map(([name, table]) => ({ table, items: (sheet.tables as Record<string, Item[]>)[name] ?? [] }));
  return [
    ...idOfWhole(sheet, format),
    ...replacedWhole(sheet, around),
    ...tables.flatMap(({ table, items }) => [...ownIds(sheet, table, items), ...items.filter(({ broken }) => !broken).flatMap((item) => itemRules(sheet, table, item, around))]),
    ...(sheet.kind === 'requirements' ? requirementRules(sheet as Sheet<'requirements'>) : []),
    ...(sheet.kind === 'tasks' ? taskCycle(sheet as Sheet<'tasks'>) : []),
    ...(sheet.kind === 'delta' ? [...unplaced(sheet as Sheet<'delta'>), ...deferralProblems(sheet as Sheet<'delta'>)] : []),
  ];
}

function idOfWhole(sheet: Sheet, { prefix, idField }: DocumentFormat): Problem[] {
  const cell = sheet.fields.get(idField.toLowerCase());
  const form = new RegExp(`^${prefix}-\\d{4}-\\d{2}-\\d{2}-[a-z0-9][a-z0-9-]*$`);
  if (cell === undefined || form.test(cell.text)) return [];
  return [complain('spec-id-malformed', { found: cell.text, wants: `${prefix}-2026-11-21-name` }, sheet.place(cell.from, cell.to, `must look like ${prefix}-2026-11-21-name`))];
}

/** A spec that is superseded as a whole names the spec in its place. */
function replacedWhole(sheet: Sheet, { elsewhere, spec }: Around): Problem[] {
  if (sheet.status?.word !== 'superseded' || sheet.kind === 'delta') return [];
  const cell = sheet.fields.get('status')!;
  const { by } = sheet.status;
  if (by === undefined || by === spec?.name) return [complain('spec-unreplaced', { what: 'document', id: sheet.title }, sheet.place(cell.from, cell.to, 'by what?'))];
  return elsewhere(by) !== undefined || isId(by, 'REQ') ? [] : [complain('spec-reference-unknown', { id: by, near: [] }, sheet.place(cell.from, cell.to, 'no such spec'))];
}

function ownIds(sheet: Sheet, { what, columns }: TableFormat, items: readonly Item[]): Problem[] {
  const kind = columns.find(({ name }) => name === 'id')?.kind;
  if (kind?.is !== 'id') return [];
  const seen = new Set<string>();
  return items.flatMap((item) => {
    const { from, to } = item.cells['id']!;
    if (!isId(item.id, kind.prefix)) return [complain('spec-id-malformed', { found: item.id, wants: exampleId(kind.prefix) }, sheet.place(from, to, `must look like ${exampleId(kind.prefix)}`))];
    if (!seen.has(item.id)) return seen.add(item.id) && [];
    return [complain('spec-id-double', { what, id: item.id }, sheet.place(from, to, 'stands above already'))];
  });
}

function itemRules(sheet: Sheet, table: TableFormat, item: Item, around: Around): Problem[] {
  const cells = table.columns.flatMap(({ name, kind }) => (item.cells[name] === undefined ? [] : cellRules(sheet, name, item.cells[name], kind, around)));
  return [...cells, ...unreplaced(sheet, table, item, around)];
}

function cellRules(sheet: Sheet, column: string, cell: Cell, kind: ColumnKind, around: Around): Problem[] {
  if (kind.is === 'choice') {
    if (kind.of.includes(cell.text.toLowerCase())) return [];
    return [complain('spec-choice-unknown', { column, found: cell.text, allowed: [...kind.of] }, sheet.place(cell.from, cell.to, `one of ${kind.of.join(', ')}`))];
  }
  if (kind.is !== 'references') return [];
  // Whether a spec has what a delta is about is asked when that is applied.
  const found = referencesIn(cell.text, kind.to).filter(({ prefix }) => sheet.kind !== 'delta' || prefix !== 'REQ');
  if (referencesIn(cell.text, kind.to).length === 0 && kind.free !== true && !saysNothing(cell.text) && !/^all\b/i.test(cell.text)) {
    const wants = exampleId(kind.to[0]!);
    return [complain('spec-id-malformed', { found: cell.text, wants }, sheet.place(cell.from, cell.to, `must look like ${wants}`))];
  }
  return found.flatMap((reference) => unknownReference(sheet, cell, reference, around));
}

function unknownReference(sheet: Sheet, cell: Cell, reference: Reference, { spec, elsewhere }: Around): Problem[] {
  const of = reference.spec === undefined ? spec : elsewhere(reference.spec);
  const known = of && knownIds(of, reference.prefix);
  // Where the document that would know is missing, its absence is told, and not every line that needs it.
  if (reference.spec === undefined ? known === undefined || known.includes(reference.id) : known?.includes(reference.id) === true) return [];
  const near = nearest(reference.id, known ?? []);
  const id = reference.spec === undefined ? reference.id : `${reference.spec}#${reference.id}`;
  return [complain('spec-reference-unknown', { id, near }, sheet.place(cell.from, cell.to, `no ${id}`))];
}

/** The ids of a spec by their beginning; nothing when the document that has them cannot be read. */
function knownIds({ requirements, design, tasks }: Spec, prefix: Reference['prefix']): string[] | undefined {
  switch (prefix) {
    case 'REQ': return requirements?.tables.requirements.map(({ id }) => id);
    case 'DEC': return design?.tables.decisions.map(({ id }) => id);
    case 'TASK': return tasks?.tables.tasks.map(({ id }) => id);
    case 'P': return tasks?.tables.proofs.map(({ id }) => id);
    default: return undefined;
  }
}

/** In a delta an item is superseded by another delta, which only people can tell. */
function unreplaced(sheet: Sheet, { what }: TableFormat, item: Item, { spec, elsewhere }: Around): Problem[] {
  if (item.status?.word !== 'superseded' || sheet.kind === 'delta') return [];
  const { from, to } = item.cells['status']!;
  const { by } = item.status;
  if (by === undefined || by === item.id) return [complain('spec-unreplaced', { what, id: item.id }, sheet.place(from, to, 'by what?'))];
  const [reference] = referencesIn(by, ['REQ', 'DEC', 'TASK']);
  if (reference !== undefined) return unknownReference(sheet, item.cells['status']!, reference, { spec, elsewhere });
  return elsewhere(by) !== undefined ? [] : [complain('spec-reference-unknown', { id: by, near: [] }, sheet.place(from, to, `no ${by}`))];
}

function requirementRules(sheet: Sheet<'requirements'>): Problem[] {
  const { requirements, questions } = sheet.tables;
  const isAccepted = ({ status }: Item): boolean => status?.word === 'accepted';
  const silent = requirements.filter((item) => isAccepted(item) && !item.broken && saysNothing(item.cells['requirement']!.text));
  const blocking = questions.filter(({ cells, broken }) => !broken && cells['blocks the work']!.text.toLowerCase() === 'yes');
  return [
    ...silent.map(({ id, cells }) => complain('spec-text-missing', { id }, sheet.place(cells['requirement']!.from, cells['requirement']!.to, 'no text'))),
    ...blocking.flatMap(({ cells }) => {
      const question = cells['question']!;
      const about = requirements.filter((item) => isAccepted(item) && idsIn(question.text, 'REQ').includes(item.id)).map(({ id }) => id);
      if (sheet.status?.word !== 'accepted' && about.length === 0) return [];
      return [complain('spec-question-open', { question: question.text, about }, sheet.place(question.from, question.to, 'blocks, and is not answered'))];
    }),
    ...requirements.filter(({ broken }) => !broken).flatMap((item) => hints(sheet, item)),
  ];
}

/** The sentence itself or its acceptance criteria say what can be observed; the one that does is looked at. */
function hints(sheet: Sheet<'requirements'>, { id, status, cells }: Item): Problem[] {
  if (status?.word === 'superseded') return [];
  const { requirement, acceptance } = cells;
  return [requirement!, ...(acceptance === undefined ? [] : [acceptance])].filter(({ text }) => !saysNothing(text)).slice(-1).flatMap((cell) =>
    clauseHints(cell.text).map((why) => complain('spec-clause-order', { id, why }, sheet.place(cell.from, cell.to, why), 'warning')));
}

function taskCycle(sheet: Sheet<'tasks'>): Problem[] {
  const tasks = sheet.tables.tasks;
  const cycle = firstCycle(new Map(tasks.map(({ id, cells }) => [id, idsIn(cells['depends on']?.text ?? '', 'TASK')])));
  if (cycle === undefined) return [];
  const { from, to } = tasks.find(({ id }) => id === cycle[0])!.cells['depends on']!;
  return [complain('spec-task-cycle', { cycle }, sheet.place(from, to, cycle.join(' → ')))];
}
