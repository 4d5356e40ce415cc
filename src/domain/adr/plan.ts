import type { RepoPath } from '../paths.js';
import { complain, granted, refuse, refused, type Refusal, type Verdict } from '../problem.js';
import { isSeenLine } from '../unseen.js';
import { indexRows, withDecisions } from './index.js';
import { ADR_INDEX, ADR_TEMPLATE, adrName, readDecision, sectionPlace, TAG, unwrittenSections, type AdrStatus, type Decision } from './record.js';
import { decisionPath, decisionText, linkTo, withField, type NewDecision } from './text.js';

/** The records before, with the index and what a new record begins with. */
export interface Ground {
  decisions: readonly Decision[];
  /** Every number that a file has, readable or not. */
  numbers: readonly number[];
  index: string;
  template: string;
}

/** A record as it will be, and every file that is written for it, in this order. */
export interface AdrPlan {
  decision: Decision;
  files: { path: RepoPath; text: string; action: 'create' | 'update' }[];
}

const TITLE_MAX = 120;
const TAGS_MAX = 12;

/** Why words of a command make no record. */
export function wordRefusals({ title, tags, origin }: Pick<NewDecision, 'title' | 'tags' | 'origin'>): Refusal[] {
  const wrong = (flag: string, given: string, why: string): Refusal[] => [refuse('adr-value-invalid', { flag, given, why })];
  return [
    ...(isSeenLine(title, TITLE_MAX) && isReadBack(title) ? [] : wrong('the title', JSON.stringify(title.slice(0, TITLE_MAX)), `a title is one line of at most ${TITLE_MAX} characters, all of which can be seen as Markdown shows a heading`)),
    ...tags.flatMap((tag) => (TAG.test(tag) && tag.length <= 40 ? [] : wrong('--tag', JSON.stringify(tag.slice(0, 80)), 'a tag is a word of lower-case letters, digits and hyphens'))),
    ...(tags.length <= TAGS_MAX ? [] : wrong('--tag', String(tags.length), `a record has at most ${TAGS_MAX} of them`)),
    ...(origin === undefined || isSeenLine(origin, TITLE_MAX * 2) ? [] : wrong('--origin', JSON.stringify(origin.slice(0, TITLE_MAX)), 'it is one line of text')),
  ];
}

/** Whether a heading says this title and nothing else. */
const isReadBack = (title: string): boolean => {
  const words: NewDecision = { number: 1, title, status: 'Draft', date: '2000-01-01', tags: ['domain'] };
  return readDecision(decisionPath(1, title), decisionText('', words)).decision?.title === title;
};

/**
 * A new record under the next number. The one that it revises, if any, holds until the new one does. A record of these
 * very words that the index does not name yet is what an earlier run that was cut short has left: it is completed.
 */
export function planNew(ground: Ground, words: Omit<NewDecision, 'number'>): Verdict<AdrPlan> {
  const named = new Set(indexRows(ground.index).map(({ number }) => number));
  const begun = ground.decisions.find(({ number, text }) => !named.has(number) && text === decisionText(ground.template, { ...words, number }));
  if (begun !== undefined) return granted(completed(ground, begun, [], revisedBy(ground, begun)));
  const number = Math.max(0, ...ground.numbers) + 1;
  const path = decisionPath(number, words.title);
  const { decision, problems } = readDecision(path, decisionText(ground.template, { ...words, number }));
  if (decision === undefined) return refused([refuse('adr-template-unusable', { path: ADR_TEMPLATE, why: problems.map(({ message }) => message).join(' ') })]);
  return granted(completed(ground, decision, [{ path, text: decision.text, action: 'create' }], [decision, ...revisedBy(ground, decision)]));
}

/** A record with another status; once it is accepted, those that it revises get theirs, and a link back. */
export function planStatus(ground: Ground, decision: Decision, status: AdrStatus): AdrPlan {
  const settled = asDecision(decision.path, withField(decision.text, 'Status', status));
  return completed(ground, settled, [], [settled, ...revisedBy(ground, settled)]);
}

const revisedBy = (ground: Ground, decision: Decision): Decision[] =>
  (decision.status === 'Accepted' ? replacedBy(ground, decision).map((old) => replaced(old, decision)) : []);

/** The records that one takes the place of, and that do not say so yet. */
const replacedBy = ({ decisions }: Ground, { number, revises }: Decision): Decision[] =>
  decisions.filter((old) => revises.includes(old.number) && !old.revisedBy.includes(number));

/** Why a record cannot get this status; nothing when it can. */
export function statusRefusals(ground: Ground, decision: Decision, status: AdrStatus): Refusal[] {
  const record = adrName(decision.number);
  if (isSettled(decision, status)) return [refuse('adr-settled', { record, status: decision.status, wanted: status })];
  if (status !== 'Accepted') return [];
  const sections = unwrittenSections(decision.text, ground.template);
  return [
    ...(sections.length === 0 ? [] : [complain('adr-unwritten', { record, path: decision.path, sections, status: decision.status }, sectionPlace(decision, sections[0]!))]),
    ...replacedBy(ground, decision).filter((old) => isSettled(old, 'Revised')).map((old) => refuse('adr-revises-settled', { record, path: decision.path, old: adrName(old.number), status: old.status })),
  ];
}

const isSettled = (decision: Decision, status: AdrStatus): boolean =>
  decision.status !== 'Draft' && (decision.status !== 'Accepted' || status === 'Accepted');

function replaced(old: Decision, by: Decision): Decision {
  const links = [...old.revisedBy.length === 0 ? [] : [fieldText(old)], linkTo(by.path, by.number)].join(', ');
  return asDecision(old.path, withField(withField(old.text, 'Status', 'Revised'), 'Revised by', links));
}

const fieldText = ({ text }: Decision): string => /^[-*] +Revised by: *(.*?) *\r?$/m.exec(text)?.[1] ?? '';

function completed({ decisions, index }: Ground, decision: Decision, first: AdrPlan['files'], changed: readonly Decision[]): AdrPlan {
  const created = new Set(first.map(({ path }) => path));
  const updates = changed.filter(({ path }) => !created.has(path)).map(({ path, text }) => ({ path, text, action: 'update' as const }));
  const after = [...decisions.filter(({ path }) => !changed.some((one) => one.path === path)), ...changed];
  const text = withDecisions(index, after);
  return { decision, files: [...first, ...updates, ...(text === index ? [] : [{ path: ADR_INDEX, text, action: 'update' as const }])] };
}

/** A record that could be read, with another field: it can be read as well. */
function asDecision(path: RepoPath, text: string): Decision {
  const { decision, problems } = readDecision(path, text);
  if (decision === undefined) throw new Error(`${path} is no record any more: ${problems.map(({ message }) => message).join(' ')}`);
  return decision;
}
