import type { ProgressData } from '../../verbs/progress/update.js';
import type { ReviewWriteData } from '../../verbs/review/write.js';
import { visible, visibleBlock } from '../escape.js';
import type { TextMaker } from './view.js';

/** The review where it is only shown, what changes in one that stands, and where it was written. */
export const reviewWriteText: TextMaker<ReviewWriteData> = ({ path, lines, dryRun, diff, text }, { paint }) => (path === undefined ? [] : [
  ...(text === undefined ? [] : visibleBlock(text.trimEnd()).split('\n')),
  ...(diff === undefined ? [] : visibleBlock(diff).split('\n')),
  dryRun === true ? 'This is the plan. Nothing was written.' : `${paint.good(paint.marks.good)} ${visible(path)}  (${lines} lines)`,
]);

export const progressText: TextMaker<ProgressData> = ({ dryRun, files, completed, archived }, { paint }) => [
  ...completed.map((ticket) => `  completed  ${visible(ticket)}`),
  ...archived.map((ticket) => `  archived   ${visible(ticket)}`),
  dryRun ? `This is the plan: ${files.length} files would change. Nothing did.`
    : `${paint.good(paint.marks.good)} ${files.length === 0 ? 'The index says what the ledgers say.' : `Written: ${files.map((file) => visible(file)).join(', ')}`}`,
];
