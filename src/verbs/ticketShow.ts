import { classify } from '../domain/classify.js';
import { resolveTicket } from '../domain/ids.js';
import { nextCommands } from '../domain/next.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { showPath } from '../domain/paths.js';
import type { Policy } from '../domain/policy.js';
import { granted, refuse } from '../domain/problem.js';
import { fold } from '../domain/run.js';
import type { Ticket, TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { endElsewhere, endInWords } from './endsElsewhere.js';

export interface TicketShowData {
  id?: TicketId;
  path?: string;
  /** The ticket as it was read. */
  ticket?: Ticket;
  /** Its text, byte for byte. */
  text?: string;
  /** What its paths and words show; empty for a ticket that is rightly quick. Absent for other classes. */
  findings?: { trigger: string; why: string }[];
  state?: string;
  end?: string;
}

/** One ticket in full: its text, what it is classified as and why, and where it stands. */
export async function ticketShow(world: Pick<World, 'documents' | 'ledger' | 'tickets' | 'git' | 'digest'>, request: { ticket: string }): Promise<Outcome<TicketShowData>> {
  const which = await world.documents.hasTicket(request.ticket) ? granted(request.ticket) : resolveTicket(request.ticket, await world.documents.ticketIds());
  if (!which.ok) return no('refused', 'ticket show', {}, which.refusals);
  const id = which.value;
  const [reading, policy, view] = await Promise.all([world.documents.ticket(id), world.documents.policy(), world.ledger.read(id)]);
  if (reading === undefined) return no('refused', 'ticket show', { id }, [refuse('ticket-missing', { ticket: id })]);
  if (!reading.ok) return no('invalid', 'ticket show', { id, path: showPath(reading.path) }, reading.problems);

  const run = fold(id, view.facts);
  const findings = policy?.ok ? findingsOf(reading.value, policy.value) : undefined;
  const elsewhere = await endElsewhere(world, id);
  const data = { id, path: showPath(reading.path), ticket: reading.value, text: reading.text, findings, state: run.state, end: elsewhere?.how ?? run.end?.how };
  if (elsewhere === undefined) return done('ticket show', data, nextCommands(run), reading.warnings);
  const { next, problems } = await endInWords(world, id, elsewhere);
  return done('ticket show', data, next, [...reading.warnings, ...problems]);
}

function findingsOf(ticket: Ticket, policy: Policy): { trigger: string; why: string }[] | undefined {
  if (ticket.class !== 'quick') return undefined;
  return classify(ticket.scope.files, ticket.triggers ?? [], policy, ticket.proof).findings.map(({ trigger, why }) => ({ trigger, why }));
}
