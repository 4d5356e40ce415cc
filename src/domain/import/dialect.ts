import { isMap } from './taking.js';

/** The five ways in which the old template writes a ticket. */
export const DIALECTS = ['full', 'quick', 'orchestrator', 'flat', 'package'] as const;
export type Dialect = (typeof DIALECTS)[number];

/** Which of them a document is written in, if in any. */
export function dialectOf(document: unknown): Dialect | undefined {
  if (!isMap(document)) return undefined;
  const { ticket, schema_version: version } = document;
  if (version === 2 && isMap(ticket)) {
    if (ticket['ticket_class'] === 'orchestrator' || 'orchestration' in document) return 'orchestrator';
    return ticket['ticket_class'] === 'quick_flow' || 'acceptance_given_when_then' in document ? 'quick' : 'full';
  }
  if (version !== 1 || typeof document['id'] !== 'string' || !('acceptance_criteria' in document)) return undefined;
  return 'implementation_requirements' in document ? 'flat' : 'package';
}
