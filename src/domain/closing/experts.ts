import { showActor } from '../actors.js';
import type { ExpertAnswer } from '../run.js';
import type { TicketId } from '../ticket.js';
import { inline, pathCell, quoted, record, section, table } from './markdown.js';

/** What experts answered, each about one change. */
export function expertsRecord(ticket: TicketId, answers: readonly ExpertAnswer[]): Uint8Array {
  return record(`# Experts on ${ticket}`, ...answers.map((answer) => {
    const { profile, trigger, findings, required_proof: proof, bounded_next_action: next } = answer.document;
    return section(profile,
      table(['', ''], [
        ['expert', inline(showActor(answer.by))],
        ['seen', answer.origin.seen],
        ['at', answer.at],
        ['change set', answer.changeSet?.digest ?? 'none named'],
        ['asked because', inline(trigger)],
      ]),
      findings.length === 0 ? 'No findings.' : table(
        ['severity', 'path', 'expected', 'actual', 'evidence', 'repair'],
        findings.map((finding) => [finding.severity, finding.path === undefined ? '–' : pathCell(finding.path),
          ...[finding.expected, finding.actual, finding.evidence, finding.repair].map((text) => (text === undefined ? '–' : inline(text)))]),
      ),
      'Required proof:', quoted(proof),
      'Next action:', quoted(next));
  }));
}
