import type { RepoPath } from '../paths.js';
import { granted, refuse, refused, type Refusal, type Verdict } from '../problem.js';
import type { Cell } from './cells.js';
import { claimsOf, conflictsOf } from './claims.js';
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

/** Writes an accepted delta into a spec: all of it, or every reason why not. Nothing else in the documents changes. */
export function mergeDelta(spec: Spec, change: Change, all: readonly Change[], strictness: Strictness): Verdict<MergedFile[]> {
  const { requirements } = spec;
  const refusals = [...notAccepted(change), ...conflicts(change, all), ...twice(change)];
  if (requirements === undefined || refusals.length > 0) return refused(refusals);
  const steps = itemsOf(change).map(({ kind, item }) => STEPS[kind]({ sheet: requirements, delta: change.delta, item, change: change.id, strictness }));
  const stale = steps.flatMap((step) => ('refusal' in step ? [step.refusal] : []));
  if (stale.length > 0) return refused(stale);
  const edits = steps.flatMap((step) => ('edits' in step ? step.edits : []));
  const renamings = change.delta.tables.renamed.filter(isLive).map(({ cells }) => [cells['requirement']!.text, cells['new id']!.text] as const);
  return granted(sheetsOf(spec).map(({ path, text, kind }) => ({ path, before: text, after: renamed(kind === 'requirements' ? edited(text, edits) : text, renamings) }))
    .filter(({ before, after }) => before !== after));
}

type Kind = 'added' | 'modified' | 'removed' | 'renamed';

const isLive = ({ status }: Item): boolean => status?.word !== 'superseded';

const itemsOf = ({ delta }: Change): { kind: Kind; item: Item }[] =>
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
  const renaming = new Set(change.delta.tables.renamed);
  const ids = claimsOf(change).filter(({ item }) => !renaming.has(item)).map(({ id }) => id);
  const removed = change.delta.tables.removed.filter(isLive).map(({ cells }) => cells['requirement']!.text);
  const gone = change.delta.tables.renamed.filter(isLive).map(({ cells }) => cells['requirement']!.text).filter((id) => removed.includes(id));
  return [...new Set([...ids.filter((id, at) => ids.indexOf(id) < at), ...gone])].map((id) => refuse('delta-conflict', { change: change.id, other: change.id, requirement: id }));
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
const idOf = ({ item }: Setting): string => item.cells['requirement']!.text;
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
  const going = new Set(delta.tables.removed.filter(isLive).map(({ cells: of }) => of['requirement']!.text));
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
  const fresh = setting.item.cells['new id']!.text;
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
