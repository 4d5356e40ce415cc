import { outside } from '../../domain/family/faults.js';
import { kinOf, reachOf } from '../../domain/family/kin.js';
import { resolveTicket } from '../../domain/ids.js';
import { lineDiff } from '../../domain/lineDiff.js';
import { granted, refuse, refused, type Refusal, type Verdict } from '../../domain/problem.js';
import { fold } from '../../domain/run.js';
import type { Ticket, TicketId } from '../../domain/ticket.js';
import type { NewTicket, Place } from '../../domain/ticketText.js';
import type { World } from '../../world/index.js';
import type { Reading } from '../../world/documents.js';
import { closedRefusals } from '../ticketEscalate.js';

type Reader = Pick<World, 'documents' | 'ledger'>;
type Parent = Extract<Reading<Ticket>, { ok: true }>;

/** A new ticket's place in its chain, the tickets of it looked up; and its parent as it was read. */
export interface Adoption {
  chain: Place;
  parent?: Parent;
}

/** Looks up parent and predecessors, and whether the parent can take a child. */
export async function adoptionOf(world: Reader, { chain, scope }: Pick<NewTicket, 'chain' | 'scope'>): Promise<Verdict<Adoption | undefined>> {
  if (chain === undefined) return granted(undefined);
  const known = await world.documents.ticketIds();
  const after = chain.after.map((written) => resolveTicket(written, known));
  const parent = chain.parent === undefined ? undefined : resolveTicket(chain.parent, known);
  const strangers = [...after, ...(parent === undefined ? [] : [parent])].flatMap((found) => (found.ok ? [] : found.refusals));
  if (strangers.length > 0) return refused(strangers);
  const place = { ...chain, after: after.flatMap((found) => (found.ok ? [found.value] : [])) };
  if (!parent?.ok) return granted({ chain: place });
  const reading = await world.documents.ticket(parent.value);
  if (!reading?.ok) return refused(reading?.problems ?? [refuse('ticket-missing', { ticket: parent.value })]);
  const unfit = await unfitRefusals(world, reading, { stage: chain.stage, patterns: reachOf(scope).patterns });
  return unfit.length > 0 ? refused(unfit) : granted({ chain: { ...place, parent: parent.value }, parent: reading });
}

async function unfitRefusals({ ledger }: Reader, { value: parent }: Parent, { stage, patterns }: { stage: string | undefined; patterns: string[] }): Promise<Refusal[]> {
  if (parent.class !== 'orchestrator') return [refuse('parent-not-orchestrator', { ticket: 'the new ticket', parent: parent.id })];
  const known = (parent.stages ?? []).map(({ id }) => id);
  const strange = stage === undefined || known.includes(stage) ? [] : [refuse('stage-unknown', { parent: parent.id, stage, known })];
  const allowed = kinOf(parent);
  const stray = outside(patterns, allowed);
  const far = stray.length === 0 ? [] : [refuse('child-outside-parent', { child: 'The new ticket', parent: parent.id, patterns: stray, allowed: allowed.reach.patterns })];
  return [...strange, ...far, ...closedRefusals(fold(parent.id, (await ledger.read(parent.id)).facts))];
}

/** The parent's text with its new child, and what changes in it. */
export async function adopted({ rewriter }: Pick<World, 'rewriter'>, { parent, chain }: Adoption, child: TicketId): Promise<{ path: Parent['path']; text: string; diff: string } | undefined> {
  if (parent === undefined) return undefined;
  const text = await rewriter.withChild(parent.text, child, chain.stage);
  return { path: parent.path, text, diff: lineDiff(parent.text, text) };
}
