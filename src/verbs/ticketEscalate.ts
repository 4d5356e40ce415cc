import type { Actor } from '../domain/actors.js';
import { classify } from '../domain/classify.js';
import type { Draft } from '../domain/facts.js';
import { lineDiff } from '../domain/lineDiff.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { argumentPath, parseArgument } from '../domain/paths.js';
import { granted, refuse, refused, type Refusal, type Verdict } from '../domain/problem.js';
import { fold, type Run } from '../domain/run.js';
import { asWritten, sh } from '../domain/shellLine.js';
import { specNeeds } from '../domain/specNeed.js';
import type { QuickTicket, TicketId } from '../domain/ticket.js';
import { isVagueReason } from '../domain/vagueReason.js';
import type { World } from '../world/index.js';
import type { SpecOrReason } from '../world/ticketRewriter.js';
import { actorOr, namedActor } from './actor.js';
import { missingNamed } from './newTicket/judging.js';
import { publish } from './road/publish.js';
import { ticketToMove } from './ticketToMove.js';

export interface EscalateRequest {
  ticket?: string;
  /** The folder of the spec that it carries out. */
  spec?: string;
  /** Why it needs none; else its reason for being quick is taken for that, if it is one. */
  why?: string;
  as?: string;
  dryRun: boolean;
}

export interface EscalateData {
  ticket?: TicketId;
  path?: string;
  dryRun?: boolean;
  /** What changes in the ticket, line by line. */
  diff?: string;
}

const COMMAND = 'ticket escalate';

/** Rewrites a quick ticket as a standard one, in place: its files become its scope. A run that has begun takes it in with `rework --refresh`. */
export async function ticketEscalate(world: World, request: EscalateRequest): Promise<Outcome<EscalateData>> {
  const which = await ticketToMove(world, request.ticket, `cxw ${COMMAND}`);
  const named = namedActor(world, request.as);
  if (!which.ok || !named.ok) return no('refused', COMMAND, {}, [...(which.ok ? [] : which.refusals), ...(named.ok ? [] : named.refusals)]);
  const ticket = which.value;
  const reading = await world.documents.ticket(ticket);
  if (reading === undefined) return no('refused', COMMAND, { ticket }, [refuse('ticket-missing', { ticket })]);
  if (!reading.ok) return no('invalid', COMMAND, { ticket }, reading.problems);
  const quick = reading.value;
  const run = fold(ticket, (await world.ledger.read(ticket)).facts);
  if (quick.class !== 'quick') return no('refused', COMMAND, { ticket }, [refuse('ticket-already-standard', { id: ticket, class: quick.class })]);
  const closed = closedRefusals(run);
  if (closed.length > 0) return no('refused', COMMAND, { ticket }, closed);

  const specs = await specsOf(world, quick, request);
  if (!specs.ok) return no('refused', COMMAND, { ticket }, specs.refusals);
  const text = await world.rewriter.asStandard(reading.text, quick, specs.value);
  const data: EscalateData = { ticket, path: reading.path, dryRun: request.dryRun, diff: lineDiff(reading.text, text) };
  if (request.dryRun) return done(COMMAND, data, [theSame(ticket, request, specs.value)]);

  const refusals = run.length === 0 ? [] : await remember(world, quick, named.value, text);
  if (refusals.length > 0) return no('refused', COMMAND, data, refusals);
  await world.files.write(reading.path, text);
  return done(COMMAND, data, [run.length === 0 ? `cxw advance ${ticket} --until-blocked` : `cxw rework ${ticket} --refresh`]);
}

/** The command that does what was only shown. */
function theSame(ticket: TicketId, { why }: EscalateRequest, specs: SpecOrReason): string {
  if ('spec' in specs) return `cxw ${COMMAND} ${ticket} --spec ${argumentPath(specs.spec)}`;
  return why === undefined ? `cxw ${COMMAND} ${ticket}` : sh`cxw ${asWritten(COMMAND)} ${ticket} --why ${why}`;
}

/** The spec that was named, all of it there; or why it needs none. What would be refused at the source lock is refused here. */
async function specsOf(world: World, ticket: QuickTicket, { spec: written, why }: EscalateRequest): Promise<Verdict<SpecOrReason>> {
  const command = `cxw ${COMMAND} ${ticket.id}`;
  if (written === undefined) {
    const policy = await world.documents.policy();
    const needs = policy?.ok === true ? specNeeds(ticket.scope.files, ticket, policy.value) : [];
    if (needs.length > 0) return refused([refuse('ticket-wants-spec', { findings: needs.map(({ trigger, why: shown }) => `${trigger}: ${shown}`), command })]);
    const reason = why ?? ticket.why_quick;
    return isVagueReason(reason) ? refused([refuse('ticket-wants-reason', { reason, command })]) : granted({ reason });
  }
  const folder = parseArgument(written.replace(/^(\.\/)+/, '').replace(/(?<=.)\/+$/, ''));
  if (!folder.ok) return refused([refuse('path-unusable', { written, fault: folder.fault })]);
  const missing = await missingNamed(world.files, { spec: folder.path });
  return missing.length > 0 ? refused(missing) : granted({ spec: folder.path });
}

/** The fact comes before the deed; a run that was cut short in between is escalated once more. */
async function remember(world: World, ticket: QuickTicket, named: Actor | undefined, text: string): Promise<Refusal[]> {
  const [by, origin, triggers] = await Promise.all([actorOr(world, named, 'human'), world.session.origin(), triggersOf(world, ticket)]);
  const verdict = await publish(world, ticket.id, (now) => {
    const closed = closedRefusals(now);
    return closed.length > 0 ? refused(closed) : granted<Draft[]>([{ kind: 'escalated', by, origin, triggers, digest: world.digest(text) }]);
  });
  return verdict.ok ? [] : verdict.refusals;
}

/** Once a delivery begins, the sealed records name the ticket byte for byte. */
export function closedRefusals(run: Run): Refusal[] {
  if (run.end !== undefined) return [refuse('ticket-ended', { ticket: run.ticket, how: run.end.how })];
  return run.delivery === undefined ? [] : [refuse('mid-delivery', { ticket: run.ticket, state: run.state! })];
}

/** What made it more than quick, as far as its paths and words show. */
async function triggersOf(world: Pick<World, 'documents'>, ticket: QuickTicket): Promise<string[]> {
  const policy = await world.documents.policy();
  if (policy?.ok !== true) return ticket.triggers ?? [];
  return [...new Set(classify(ticket.scope.files, ticket.triggers ?? [], policy.value, ticket.proof).findings.map(({ trigger }) => trigger))];
}
