import type { EscalateData } from '../../verbs/ticketEscalate.js';
import type { TicketImportData } from '../../verbs/ticketImport.js';
import type { ListedTicket } from '../../verbs/ticketList.js';
import type { TicketNewData } from '../../verbs/ticketNew.js';
import type { TicketShowData } from '../../verbs/ticketShow.js';
import { visible, visibleBlock } from '../escape.js';
import { columns, type TextMaker, type View } from './view.js';

export const ticketNewText: TextMaker<TicketNewData> = ({ id, path, class: ticketClass, lines, parent, dryRun, text }, view) => (id === undefined ? [] : [
  `${dryRun ? view.paint.marks.open : view.paint.good(view.paint.marks.good)} ${visible(path ?? '')}  (${ticketClass}, ${lines} lines)`,
  ...(text === undefined ? [] : ['', ...visibleBlock(text.trimEnd()).split('\n')]),
  ...(parent === undefined ? [] : ['', visible(parent.path), ...visibleBlock(parent.diff.trimEnd()).split('\n').map((line) => painted(line, view))]),
  ...(dryRun ? ['', 'This is the plan. Nothing was written.'] : []),
]);

export const ticketListText: TextMaker<{ tickets: ListedTicket[] }> = ({ tickets }, view) => (tickets.length === 0
  ? ['No tickets here yet.']
  : columns(tickets.map((ticket) => [visible(ticket.id), listedWords(ticket, view)] as const)));

function listedWords({ title, class: ticketClass, state, end, broken }: ListedTicket, { paint }: View): string {
  if (broken !== undefined) return paint.bad(`${broken} ${broken === 1 ? 'problem' : 'problems'}`);
  const where = end ?? state ?? 'not begun';
  return [ticketClass, where, title].filter((part) => part !== undefined).map((part) => visible(part)).join('  ');
}

/** The ticket's own text, and what cxw makes of it. */
export const ticketShowText: TextMaker<TicketShowData> = ({ path, text, findings, state, end }, { paint }) => (text === undefined ? [] : [
  `${paint.strong(visible(path ?? ''))}  ${end ?? state ?? 'not begun'}`,
  '',
  ...visibleBlock(text.trimEnd()).split('\n'),
  ...(findings?.length ? ['', ...findings.map(({ trigger, why }) => `${paint.warn(paint.marks.held)} ${trigger}: ${visible(why)}`)] : []),
]);

/** What was taken over, and field by field what was not. */
export const ticketImportText: TextMaker<TicketImportData> = ({ tickets, dryRun }, { paint }) => (tickets.length === 0 ? [] : [
  ...tickets.flatMap(({ from, path, class: ticketClass, changed, dropped }) => [
    `${dryRun ? paint.marks.open : paint.good(paint.marks.good)} ${visible(path)}  (${ticketClass}, from ${visible(from)})`,
    ...columns(changed.map(({ field, why }) => [`changed  ${visible(field)}`, visible(why)] as const), '  '),
    ...columns(dropped.map(({ field, why }) => [`dropped  ${visible(field)}`, visible(why)] as const), '  '),
  ]),
  ...(dryRun ? ['', 'This is the plan. Nothing was written.'] : []),
]);

/** What becomes of the ticket, line by line. */
export const escalateText: TextMaker<EscalateData> = ({ path, dryRun, diff }, view) => (diff === undefined ? [] : [
  ...visibleBlock(diff.trimEnd()).split('\n').map((line) => painted(line, view)),
  '',
  !view.done || dryRun === true ? 'This is the plan. Nothing was written.' : `${view.paint.good(view.paint.marks.good)} ${visible(path ?? '')} is a standard ticket now.`,
]);

function painted(line: string, { paint }: View): string {
  if (line.startsWith('+')) return paint.good(line);
  return line.startsWith('-') ? paint.bad(line) : line;
}
