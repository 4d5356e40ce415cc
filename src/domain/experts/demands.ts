import { isExpert, type Expert } from '../roles.js';
import type { Ticket } from '../ticket.js';

/** The experts whose answer the ticket demands. A name that is none of ours was written before they had names. */
export function demandsOf(ticket: Ticket | undefined): { profile: Expert; why: string }[] {
  const named = ticket === undefined || ticket.class === 'quick' ? [] : ticket.experts ?? [];
  return named.flatMap(({ profile, why }) => (isExpert(profile) ? [{ profile, why }] : []));
}
