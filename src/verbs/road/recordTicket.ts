import { granted, refuse, refused } from '../../domain/problem.js';
import { ticketPath, type Step } from './standing.js';

/** State 4: the ticket stands in the repository, byte for byte as it was locked. */
export const recordTicket: Step = async ({ world, ticket, run, actor, origin }) => {
  const path = ticketPath(ticket);
  const bytes = await world.files.read(path);
  if (bytes === undefined) return refused([refuse('ticket-missing', { ticket })]);
  const digest = world.digest(bytes);
  if (digest !== run.lock?.ticket.digest) return refused([refuse('ticket-edited', { ticket })]);
  return granted([{ kind: 'entered', state: 'repository_ticket_recorded', by: actor, origin, evidence: { path, digest } }]);
};
