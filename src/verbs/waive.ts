import type { Draft } from '../domain/facts.js';
import { viewsOf } from '../domain/gates.js';
import { nextCommands } from '../domain/next.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { granted, refuse, refused, type Refusal } from '../domain/problem.js';
import type { Run } from '../domain/run.js';
import { sh } from '../domain/shellLine.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { addressed } from './addressed.js';
import { endingOf, waiverRemarks } from './advance.js';
import { publish } from './road/publish.js';

export interface WaiveData {
  ticket?: TicketId;
  what?: string;
  reason?: string;
}

/**
 * Goes on without a piece of evidence. The one bypass: by a person at a terminal, never under an agent, with a reason;
 * it never counts as the evidence, and every later answer and the delivered record show it.
 */
export async function waive(world: World, request: { what: string; ticket?: string; as?: string; reason: string }): Promise<Outcome<WaiveData>> {
  const to = await addressed(world, request, sh`waive ${request.what}`, 'human');
  if (!to.ok) return no('refused', 'waive', {}, to.refusals);
  const { ticket, actor, origin } = to.value;
  const command = sh`cxw waive ${request.what} ${ticket} --reason TEXT`;
  const person = personRefusals(world, command);
  if (person.length > 0) return no('refused', 'waive', { ticket, what: request.what }, person);
  const verdict = await publish(world, ticket, (run) => {
    if (run.end !== undefined) return refused([refuse('ticket-ended', { ticket, how: run.end.how })]);
    const allowed = waivable(run);
    return allowed.includes(request.what)
      ? granted<Draft[]>([{ kind: 'waived', by: actor, origin, what: request.what, reason: request.reason }])
      : refused([refuse('not-waivable', { what: request.what, allowed })]);
  });
  if (!verdict.ok) return no(endingOf(verdict.refusals), 'waive', { ticket, what: request.what }, verdict.refusals);
  return done('waive', { ticket, what: request.what, reason: request.reason }, nextCommands(verdict.value), waiverRemarks({ run: verdict.value }));
}

function personRefusals({ session }: World, command: string): Refusal[] {
  if (session.agent !== undefined) return [refuse('person-needed', { command, agent: session.agent })];
  return session.terminal ? [] : [refuse('terminal-needed', { command })];
}

/** What a person may go on without: verdicts, single proofs and findings. Never what keeps the repository safe. */
export function waivable(run: Run): string[] {
  return [
    'self_review_complete',
    'independent_review_complete',
    ...(run.lock?.ticket.content.proof ?? []).map((proof) => `proof:${proof.id}`),
    ...viewsOf(run.lock?.ticket.content).map(({ id }) => `proof:${id}`),
    ...[...new Set([...run.openFindings, ...run.testRepairs].map(({ id }) => `finding:${id}`))],
  ];
}
