import type { LearnData } from '../../verbs/learn.js';
import type { ProgressData } from '../../verbs/progress/update.js';
import type { ReviewFixData } from '../../verbs/review/fix.js';
import type { ReviewWriteData } from '../../verbs/review/write.js';
import { visible, visibleBlock } from '../escape.js';
import type { TextMaker } from './view.js';

/** The review where it is only shown, what changes in one that stands, and where it was written. */
export const reviewWriteText: TextMaker<ReviewWriteData> = ({ path, lines, dryRun, diff, text }, { paint }) => (path === undefined ? [] : [
  ...(text === undefined ? [] : visibleBlock(text.trimEnd()).split('\n')),
  ...(diff === undefined ? [] : visibleBlock(diff).split('\n')),
  dryRun === true ? 'This is the plan. Nothing was written.' : `${paint.good(paint.marks.good)} ${visible(path)}  (${lines} lines)`,
]);

export const progressText: TextMaker<ProgressData> = ({ dryRun, files, completed, archived }, { paint, done }) => (!done ? [] : [
  ...completed.map((ticket) => `  completed  ${visible(ticket)}`),
  ...archived.map((ticket) => `  archived   ${visible(ticket)}`),
  dryRun ? `This is the plan: ${files.length} files would change. Nothing did.`
    : `${paint.good(paint.marks.good)} ${files.length === 0 ? 'The index says what the ledgers say.' : `Written: ${files.map((file) => visible(file)).join(', ')}`}`,
]);

export const reviewFixText: TextMaker<ReviewFixData> = ({ points = [] }, { paint }) => points.flatMap(({ class: named, because, route, text, path }) => [
  `${paint.strong(route)}  ${visible(path === undefined ? text : `${path}: ${text}`, 1100)}`,
  paint.faint(`  ${named}: ${visible(because)}`),
]);

/** What was kept, or whether the whole loop pays. */
export const learnText: TextMaker<LearnData> = ({ written = [], known = [], worth, reasons = [], against = [] }, { paint }) => [
  ...written.map(({ path, line }) => `${paint.good(paint.marks.good)} ${visible(path)}  ${visible(line, 600)}`),
  ...known.map((text) => `Known already: ${visible(text, 500)}`),
  ...(worth === undefined ? [] : [worth ? 'Planning, reviewing and learning apart pays here.' : 'The short way is enough here.']),
  ...reasons.map((reason) => `  for      ${visible(reason, 500)}`),
  ...against.map((reason) => `  against  ${visible(reason, 500)}`),
];
