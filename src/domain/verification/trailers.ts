import { DIGEST, type Digest } from '../changeSet.js';
import type { CommitInfo } from '../repository.js';
import { TICKET_ID, TICKET_ID_MAX, type TicketId } from '../ticketId.js';

export const TICKET_TRAILER = 'Cxw-Ticket';
export const EVIDENCE_TRAILER = 'Cxw-Evidence';

/**
 * What a commit's message says about evidence. `elsewhere`: the words stand in the message, but not in its last
 * paragraph, as after a squash that joined messages.
 */
export type Naming =
  | { named: 'evidence'; ticket: TicketId; seal: Digest }
  | { named: 'nothing' }
  | { named: 'elsewhere' }
  | { named: 'badly'; why: string };

export function namedEvidence(commit: Pick<CommitInfo, 'message' | 'trailers'>): Naming {
  const values = (key: string): string[] =>
    commit.trailers.filter((trailer) => trailer.key.toLowerCase() === key.toLowerCase()).map((trailer) => trailer.value.trim());
  const tickets = values(TICKET_TRAILER);
  const seals = values(EVIDENCE_TRAILER);
  if (tickets.length === 0 && seals.length === 0) return { named: /^Cxw-(Ticket|Evidence):/im.test(commit.message) ? 'elsewhere' : 'nothing' };
  if (tickets.length !== 1) return { named: 'badly', why: `${TICKET_TRAILER} stands there ${times(tickets.length)}` };
  if (seals.length !== 1) return { named: 'badly', why: `${EVIDENCE_TRAILER} stands there ${times(seals.length)}` };
  const [ticket, seal] = [tickets[0]!, seals[0]!];
  if (!isTicketId(ticket)) return { named: 'badly', why: `${TICKET_TRAILER} names no ticket` };
  return DIGEST.test(seal) ? { named: 'evidence', ticket, seal } : { named: 'badly', why: `${EVIDENCE_TRAILER} names no SHA-256` };
}

/** Ticket ids become paths, so nothing else may pass for one. */
export const isTicketId = (text: string): boolean => text.length <= TICKET_ID_MAX && TICKET_ID.test(text);

const times = (n: number): string => (n === 0 ? 'not at all' : n === 2 ? 'twice' : `${n} times`);
