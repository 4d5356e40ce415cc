import type { VerifiedTicket, VerifyData } from '../../domain/verification/report.js';
import { visible } from '../escape.js';
import { columns, type TextMaker, type View } from './view.js';

/** The three questions apart, ticket by ticket. */
export const verifyText: TextMaker<VerifyData> = ({ tickets, unticketed }, view) => [
  ...tickets.flatMap((ticket, at) => [...(at === 0 ? [] : ['']), ...ticketLines(ticket, view)]),
  ...(unticketed.length === 0 ? [] : ['', 'Commits without a ticket:', ...columns(unticketed.map(({ commit, subject }) => [commit.slice(0, 12), visible(subject)] as const), '  ')]),
];

function ticketLines(ticket: VerifiedTicket, { paint }: View): string[] {
  const sound = ticket.evidence !== 'broken';
  const mark = sound ? paint.good(paint.marks.good) : paint.bad(paint.marks.bad);
  const rows: (readonly [string, string | undefined])[] = [
    ['Evidence', ticket.evidence],
    ['Delivered', ticket.delivered],
    ['Integrated', ticket.integrated],
    ['Changed', ticket.changed?.join(', ')],
    ['Seal', ticket.seal],
    ['Proofs', ticket.rerun?.map(({ proof, verdict }) => `${proof} ${verdict}`).join(', ')],
    ['Note', ticket.deliveredAt === undefined ? ticket.note : `${ticket.note}: delivered ${ticket.deliveredAt}`],
    ['Waived', ticket.waived?.map(({ what, by, reason }) => `${what} by ${by}: ${reason}`).join('; ')],
  ];
  return [
    `${mark} ${paint.strong(visible(ticket.ticket))}  ${ticket.commit.slice(0, 12)}`,
    ...columns(rows.flatMap(([key, value]) => (value === undefined ? [] : [[key, visible(value)] as const])), '  '),
  ];
}
