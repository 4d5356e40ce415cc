import type { TracedRequirement } from '../../domain/specs/trace.js';
import type { SpecApplyData } from '../../verbs/specApply.js';
import type { ListedChange, ListedSpec, SpecListData } from '../../verbs/specList.js';
import type { SpecNewData } from '../../verbs/specNew.js';
import type { SpecDriftData } from '../../verbs/specDrift.js';
import type { SpecTraceData } from '../../verbs/specTrace.js';
import { visible, visibleBlock } from '../escape.js';
import { columns, type TextMaker, type View } from './view.js';

export const specNewText: TextMaker<SpecNewData> = ({ files = [] }, { paint }) => files.map((file) => `${paint.good(paint.marks.good)} ${visible(file)}`);

export const specListText: TextMaker<SpecListData> = ({ specs, changes }, view) => (specs.length + changes.length === 0
  ? ['No specs here yet.']
  : [
    ...columns(specs.map((spec) => [visible(spec.name), specWords(spec, view)] as const)),
    ...(changes.length === 0 ? [] : ['', 'On their way:', ...columns(changes.map((change) => [visible(change.id), changeWords(change)] as const), '  ')]),
  ]);

function specWords({ title, requirements = 'unread', counts, broken }: ListedSpec, { paint }: View): string {
  const held = `${counted(counts.requirements, 'requirement')} (${counts.accepted} accepted), ${counted(counts.decisions, 'decision')}, ${counted(counts.tasks, 'task')}, ${counted(counts.questions, 'open question')}`;
  const wrong = broken === undefined ? [] : [paint.bad(counted(broken, 'problem'))];
  return [requirements, ...(title === undefined ? [] : [visible(title)]), held, ...wrong].join('  ');
}

const changeWords = ({ status = 'unread', spec, title, items }: ListedChange): string =>
  [status, ...(spec === undefined ? [] : [`to ${visible(spec)}`]), ...(title === undefined ? [] : [visible(title)]), counted(items, 'item')].join('  ');

const counted = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

export const specTraceText: TextMaker<SpecTraceData> = ({ specs }, view) => (specs === undefined ? [] : specs.length === 0
  ? ['No specs here yet.']
  : specs.flatMap(({ name, title, status, requirements }, at) => [
    ...(at === 0 ? [] : ['']),
    [view.paint.strong(visible(name)), ...(title === undefined ? [] : [visible(title)]), ...(status === undefined ? [] : [status])].join('  '),
    ...requirements.flatMap((requirement) => requirementLines(requirement, view)),
  ]));

function requirementLines({ id, status, text, design, tasks, proofs, tickets }: TracedRequirement, { paint }: View): string[] {
  const none = paint.warn('none');
  const told = (words: readonly string[]): string => (words.length === 0 ? none : visible(words.join(', ')));
  const delivered = tickets.map(({ ticket, state, proofs: some, commit }) => visible([
    ticket, state, some.map(({ id: proof, how }) => (how === undefined ? proof : `${proof} ${how}`)).join(', '), ...(commit === undefined ? [] : [commit.slice(0, 12)]),
  ].join('  ')));
  return [
    `  ${paint.strong(visible(id))}  ${status ?? 'no status'}  ${visible(text)}`,
    ...columns([['design', told(design)], ['tasks', told(tasks)], ['proofs', told(proofs)], ...(delivered.length === 0 ? [['ticket', none] as const] : delivered.map((line) => ['ticket', line] as const))], '    '),
  ];
}

/** The findings themselves are told below, as every problem is. */
export const specDriftText: TextMaker<SpecDriftData> = ({ verdict, specs = [], findings = [] }, { paint }) => {
  if (verdict === undefined) return [];
  const mark = { pass: paint.good(paint.marks.good), pass_with_risk: paint.warn(paint.marks.held), fail: paint.bad(paint.marks.bad) }[verdict];
  const looked = specs.length === 0 ? 'no spec' : visible(specs.join(', '));
  return [`${mark} ${verdict.replaceAll('_', ' ')}: ${counted(findings.length, 'finding')} on ${looked}.`];
};

/** What becomes of the documents, and of the change. */
export const specApplyText: TextMaker<SpecApplyData> = ({ files, archive = '', dryRun, change = '' }, { paint }) => (files === undefined ? [] : [
  ...files.flatMap(({ path, diff }) => [paint.strong(visible(path)), ...visibleBlock(diff.trimEnd()).split('\n'), '']),
  dryRun === true ? 'This is the plan. Nothing was written.' : `${paint.good(paint.marks.good)} ${visible(change)} lies in ${visible(archive)} now.`,
]);
