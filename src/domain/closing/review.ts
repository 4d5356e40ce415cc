import { showActor } from '../actors.js';
import type { Recorded } from '../facts.js';
import type { TicketId } from '../ticket.js';
import { inline, pathCell, quoted, record, section, table } from './markdown.js';

export type ReviewFact = Extract<Recorded, { record: 'review' }>;

/** One independent review, as it was attested. */
export function reviewRecord(ticket: TicketId, review: ReviewFact, number: number): Uint8Array {
  const { verdict, summary, findings, clears, inspected } = review.document;
  return record(
    `# Review ${number} of ${ticket}`,
    table(['', ''], [
      ['verdict', `**${verdict}**`],
      ['reviewer', inline(showActor(review.by))],
      ['seen', review.origin.seen],
      ['at', review.at],
      ['change set', review.changeSet?.digest ?? 'none named'],
      ['clears', clears.length === 0 ? 'nothing' : clears.join(', ')],
      ['inspected', inspected.length === 0 ? 'nothing' : inspected.map(inline).join(', ')],
    ]),
    quoted(summary),
    section('Findings', findings.length === 0 ? 'None.' : table(
      ['id', 'severity', 'path', 'expected', 'actual', 'failed criterion', 'evidence', 'required repair'],
      findings.map((finding) => [
        finding.id, finding.severity, finding.path === undefined ? '–' : pathCell(finding.path),
        ...[finding.expected, finding.actual, finding.criterion, finding.evidence, finding.repair].map(orDash),
      ]),
    )),
  );
}

const orDash = (text: string | undefined): string => (text === undefined ? '–' : inline(text));
