import type { RepoPath } from '../paths.js';
import { granted, refuse, refused, type Refusal, type Verdict } from '../problem.js';
import type { Cell } from './cells.js';
import { claimsOf, conflictsOf, subjectOf } from './claims.js';
import { FORMATS } from './format.js';
import { isId, saysNothing } from './ids.js';
import { columnNames, type Item, type Sheet } from './sheet.js';
import { sheetsOf, type Change, type Spec } from './spec.js';

/** A document with the change in it. */
export interface MergedFile {
  path: RepoPath;
  before: string;
  after: string;
}

/** Part of a text to be replaced. */
interface Edit {
  from: number;
  to: number;
  text: string;
}

/** How strictly the spec must be what the delta was written against: what an earlier run that was cut short has written may stand there. */
export type Strictness = 'first' | 'again';

/** Writes an accepted delta into the specs that it changes: all of it, or every reason why not. Nothing else in the documents changes. */
export function mergeDelta(specs: readonly Spec[], change: Change, all: readonly Change[], strictness: Strictness): Verdict<MergedFile[]> {
  const refusals = [...notAccepted(change), ...conflicts(change, all), ...twice(change)];
  if (refusals.length > 0) return refused(refusals);
  const parts = specs.map((spec) => mergeInto(spec, change, strictness));
  const stale = parts.flatMap((part) => (part.ok ? [] : part.refusals));
  return stale.length > 0 ? refused(stale) : granted(parts.flatMap((part) => (part.ok ? part.value : [])));
}

/** The rows of a delta that are about one spec. */
function mergeInto(spec: Spec, { id: change, delta }: Change, strictness: Strictness): Verdict<MergedFile[]> {
  const { requirements: sheet } = spec;
  if (sheet === undefined) return granted([]);
  const own = { delta: { ...delta, tables: ofSpec(delta, spec.name) } };
  const steps = itemsOf(own).map(({ kind, item }) => STEPS[kind]({ sheet, ...own, item, change, strictness }));
  const stale = steps.flatMap((step) => ('refusal' in step ? [step.refusal] : []));
  if (stale.length > 0) return refused(stale);
  const edits = steps.flatMap((step) => ('edits' in step ? step.edits : []));
  const renamings = own.delta.tables.renamed.filter(isLive).map((item) => [subjectOf(delta, item).id, subjectOf(delta, item, 'new id').id] as const);
  return granted(sheetsOf(spec).map(({ path, text, kind }) => ({ path, before: text, after: renamed(kind === 'requirements' ? edited(text, edits) : text, renamings) }))
    .filter(({ before, after }) => before !== after));
}

function ofSpec(delta: Sheet<'delta'>, name: string): Sheet<'delta'>['tables'] {
  const own = (items: Item[]): Item[] => items.filter((item) => subjectOf(delta, item).spec === name);
  const { added, modified, removed, renamed } = delta.tables;
  return { added: own(added), modified: own(modified), removed: own(removed), renamed: own(renamed) };
}

type Kind = 'added' | 'modified' | 'removed' | 'renamed';

const isLive = ({ status }: Item): boolean => status?.word !== 'superseded';

const itemsOf = ({ delta }: Pick<Change, 'delta'>): { kind: Kind; item: Item }[] =>
  (['added', 'modified', 'removed', 'renamed'] as const).flatMap((kind) => delta.tables[kind].filter(isLive).map((item) => ({ kind, item })));

function notAccepted(change: Change): Refusal[] {
  const items = itemsOf(change);
  if (items.length === 0) return [refuse('delta-empty', { change: change.id, path: change.delta.path })];
  const open = items.filter(({ item }) => item.status?.word !== 'accepted').map(({ item }) => `${item.id} is ${item.status?.word ?? 'without a status'}`);
  const { status } = change.delta;
  const whys = [...(status?.word === 'accepted' ? [] : [`the change is ${status?.word ?? 'without a status'}`]), ...open];
  return whys.length === 0 ? [] : [refuse('delta-not-accepted', { change: change.id, path: change.delta.path, whys })];
}

const conflicts = (change: Change, all: readonly Change[]): Refusal[] =>
  conflictsOf(change, all).map(({ claim, other }) => refuse('delta-conflict', { change: change.id, other, requirement: claim.id }));

/** A requirement may be changed and renamed at once; everything else contradicts itself. */
function twice(change: Change): Refusal[] {
  const { removed, renamed: renaming } = change.delta.tables;
  const named = (items: readonly Item[]): string[] => claimsOf(change).filter(({ item }) => items.includes(item)).map(({ spec, id }) => `${spec}#${id}`);
  const ids = claimsOf(change).filter(({ item }) => !renaming.includes(item)).map(({ spec, id }) => `${spec}#${id}`);
  const old = renaming.filter(isLive).map((item) => subjectOf(change.delta, item)).map(({ spec, id }) => `${spec}#${id}`);
  const gone = old.filter((id) => named(removed).includes(id));
  return [...new Set([...ids.filter((id, at) => ids.indexOf(id) < at), ...gone])].map((id) => refuse('delta-conflict', { change: change.id, other: change.id, requirement: id.slice(id.indexOf('#') + 1) }));
}

interface Setting {
  sheet: Sheet<'requirements'>;
  delta: Sheet<'delta'>;
  item: Item;
  change: string;
  strictness: Strictness;
}

type Step = { edits: Edit[] } | { refusal: Refusal };

const STEPS: Record<Kind, (setting: Setting) => Step> = { added, modified, removed, renamed: renaming };

const nothing: Step = { edits: [] };
const stale = ({ change, item }: Setting, why: string): Step => ({ refusal: refuse('delta-stale', { change, item: item.id, why }) });
const idOf = ({ delta, item }: Setting): string => subjectOf(delta, item).id;
const rowOf = ({ sheet }: Setting, id: string): Item | undefined => sheet.tables.requirements.find((row) => row.id === id);
const textOf = (row: Item): string => normal(row.cells['requirement']!.text);
const normal = (text: string): string => text.replace(/\s+/g, ' ').trim();

function added(setting: Setting): Step {
  const { sheet, delta, item, strictness } = setting;
  const standing = rowOf(setting, idOf(setting));
  if (!isId(idOf(setting), 'REQ')) return stale(setting, 'it names no requirement');
  if (standing !== undefined) return strictness === 'again' && textOf(standing) === normal(item.cells['text']!.text) ? nothing : stale(setting, `${idOf(setting)} stands in the spec already`);
  const table = sheet.grids.requirements.at(-1);
  if (table === undefined) return stale(setting, 'the spec has no table of requirements');
  const values: Record<string, string> = { id: idOf(setting), status: 'accepted', requirement: written(delta, item.cells['text']), 'how it is proved': written(delta, item.cells['how it is proved']) };
  const cells = columnNames(FORMATS.requirements.tables.requirements, table).map((name) => (name === undefined ? '' : values[name] ?? ''));
  const going = new Set(delta.tables.removed.filter(isLive).map((one) => subjectOf(delta, one).id));
  const staying = sheet.tables.requirements.filter((row) => row.table === table && !going.has(row.id));
  const last = staying.at(-1)?.row ?? table.delimiter;
  const end = sheet.text[last.to] === '\r' ? '\r\n' : '\n';
  return { edits: [{ from: last.to, to: last.to, text: `${end}|${cells.map((cell) => ` ${cell} `).join('|')}|` }] };
}

function modified(setting: Setting): Step {
  const { delta, item, strictness } = setting;
  const row = rowOf(setting, idOf(setting));
  const after = item.cells['it will say']!;
  if (row === undefined) return stale(setting, `there is no ${idOf(setting)} in the spec`);
  if (strictness === 'again' && textOf(row) === normal(after.text)) return nothing;
  if (textOf(row) !== normal(item.cells['it says now']!.text)) return stale(setting, `${idOf(setting)} says something else now: ${textOf(row)}`);
  const proof = item.cells['how it is proved'];
  return { edits: [put(row.cells['requirement']!, written(delta, after)), ...(proof === undefined || saysNothing(proof.text) ? [] : [put(row.cells['how it is proved']!, written(delta, proof))])] };
}

function removed(setting: Setting): Step {
  const { sheet, item, strictness } = setting;
  const row = rowOf(setting, idOf(setting));
  if (row === undefined) return strictness === 'again' ? nothing : stale(setting, `there is no ${idOf(setting)} in the spec`);
  if (textOf(row) !== normal(item.cells['it says now']!.text)) return stale(setting, `${idOf(setting)} says something else now: ${textOf(row)}`);
  const end = sheet.text.indexOf('\n', row.row.to);
  return { edits: [{ from: row.row.from, to: end < 0 ? row.row.to : end + 1, text: '' }] };
}

/** The id is replaced wherever it stands, in all documents of the spec, once the rest is done. */
function renaming(setting: Setting): Step {
  const fresh = subjectOf(setting.delta, setting.item, 'new id').id;
  if (!isId(fresh, 'REQ')) return stale(setting, 'it gives no new id');
  const [old, standing] = [rowOf(setting, idOf(setting)), rowOf(setting, fresh)];
  if (setting.strictness === 'again' && old === undefined && standing !== undefined) return nothing;
  if (old === undefined) return stale(setting, `there is no ${idOf(setting)} in the spec`);
  return standing === undefined ? nothing : stale(setting, `${fresh} stands in the spec already`);
}

/** A cell as it is written in its own document: pipes in it have their backslash. */
const written = ({ text }: Sheet, cell: Cell | undefined): string => (cell === undefined ? '' : text.slice(cell.from, cell.to).trim());

const put = ({ text, from, to }: Cell, fresh: string): Edit => ({ from, to, text: text === '' ? ` ${fresh} ` : fresh });

/** Several rows may be added at one place: they keep their order. */
function edited(text: string, edits: readonly Edit[]): string {
  return edits.map((edit, at) => ({ ...edit, at })).sort((a, b) => b.from - a.from || b.at - a.at)
    .reduce((whole, { from, to, text: fresh }) => whole.slice(0, from) + fresh + whole.slice(to), text);
}

/** All at once, so that ids may change places. */
function renamed(text: string, renamings: readonly (readonly [string, string])[]): string {
  if (renamings.length === 0) return text;
  const fresh = new Map(renamings);
  return text.replace(/(?<![\p{L}\p{N}_#-])REQ-\d+(?![\p{L}\p{N}_])/gu, (id) => fresh.get(id) ?? id);
}
