import { speakerOf } from '../../domain/story.js';
import type { LogData } from '../../verbs/log.js';
import { visible } from '../escape.js';
import type { TextMaker, View } from './view.js';

/** The story of a ticket, oldest first. */
export const logText: TextMaker<LogData> = ({ ticket, source, entries, noted }, view) => (ticket === undefined || !view.done ? [] : entries.length === 0 ? [`${view.paint.strong(visible(ticket))} has not begun.`] : [
  `${view.paint.strong(visible(ticket))}${source === 'sealed' ? '  (from its delivered records)' : ''}`,
  ...entries.map((entry) => `${moment(entry.at)}  ${mark(entry.kind, view)} ${visible(entry.says)}  ${view.paint.faint(visible(speakerOf(entry)))}`),
  ...(noted === undefined ? [] : [`${moment(noted.at)}  ${mark('step', view)} ${visible(noted.says)}`]),
]);

const moment = (at: string): string => at.slice(0, 19).replace('T', ' ');

function mark(kind: LogData['entries'][number]['kind'], { paint }: View): string {
  if (kind === 'waiver') return paint.warn(paint.marks.held);
  return kind === 'turn' ? paint.marks.arrow : paint.good(paint.marks.good);
}
