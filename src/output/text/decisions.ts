import type { AdrIndexData } from '../../verbs/adr/index.js';
import type { AdrListData, ListedDecision } from '../../verbs/adr/list.js';
import type { AdrData } from '../../verbs/adr/settle.js';
import { visible, visibleBlock } from '../escape.js';
import { columns, type TextMaker } from './view.js';

export const adrText: TextMaker<AdrData> = ({ number, path, title, status, tags = [], dryRun, files = [] }, { paint }) => (number === undefined ? [] : [
  `${dryRun === true ? '' : `${paint.good(paint.marks.good)} `}${visible(path ?? '')}  ${visible(title ?? '')}  (${status}; ${visible(tags.join(', '))})`,
  ...columns(files.filter((file) => file.path !== path || file.action !== 'create').map(({ path: written, action }) => [action, visible(written)] as const), '  '),
  ...(dryRun === true ? ['Nothing was written: this is the plan.'] : []),
]);

export const adrListText: TextMaker<AdrListData> = ({ decisions, broken }, { paint }) => [
  ...(decisions.length === 0 && broken === undefined ? ['No such decision records here.'] : []),
  ...columns(decisions.map((one) => [visible(one.path), listedWords(one)] as const)),
  ...(broken === undefined ? [] : [paint.bad(`${broken} ${broken === 1 ? 'record' : 'records'} cannot be read.`)]),
];

const listedWords = ({ title, status, tags, revisedBy }: ListedDecision): string =>
  [status + (revisedBy === undefined ? '' : ` by ${revisedBy.join(', ')}`), visible(title), visible(tags.join(', '))].join('  ');

/** What becomes of the index, line by line. */
export const adrIndexText: TextMaker<AdrIndexData> = ({ path, dryRun, diff }, { paint, done }) => (!done ? [] : [
  ...(diff === undefined ? [] : visibleBlock(diff).split('\n')),
  diff === undefined ? `${paint.good(paint.marks.good)} ${visible(path)} says what the records say.`
    : dryRun ? 'This is the plan. Nothing was written.' : `${paint.good(paint.marks.good)} ${visible(path)} says now what the records say.`,
]);
