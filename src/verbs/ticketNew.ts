import { kinOf } from '../domain/family/kin.js';
import { compileGlobs } from '../domain/globs.js';
import { commandFor, newTicket, type TicketWords } from '../domain/newTicket.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { isUnder, type RepoPath } from '../domain/paths.js';
import { refuse, remark, type Problem } from '../domain/problem.js';
import type { TicketClass, TicketId } from '../domain/ticket.js';
import type { NewTicket } from '../domain/ticketText.js';
import type { World } from '../world/index.js';
import { adopted, adoptionOf, type Adoption } from './family/adoption.js';
import { createUnder, createUnderFreeId, idToBe, textFor, type CreatingWorld } from './newTicket/creating.js';
import { classRefusals, pathRefusals } from './newTicket/judging.js';
import { patternRemarks } from './newTicket/patterns.js';
import { isAbandoned, unnamedChild } from './newTicket/unnamedChild.js';

export interface TicketNewRequest extends TicketWords {
  /** Where in the repository the person stands; absent at its root. */
  standing?: RepoPath;
  /** Only shows what would be written. */
  dryRun?: boolean;
}

export interface TicketNewData {
  id?: TicketId;
  path?: string;
  class?: TicketClass;
  /** How many lines the ticket has. */
  lines?: number;
  /** Numbers of the lines that want a person's words. */
  wants?: number[];
  /** The parent that names it now, and what changed in its text. */
  parent?: { path: string; diff: string };
  dryRun?: true;
  /** With a dry run: what the file would hold. */
  text?: string;
}

type NewWorld = CreatingWorld & Pick<World, 'rewriter'>;

const COMMAND = 'ticket new';

/** Makes a ticket: short, valid, under an id that nobody else has. Never overwrites. */
export async function ticketNew(world: NewWorld, request: TicketNewRequest): Promise<Outcome<TicketNewData>> {
  const policy = await world.documents.policy();
  if (policy === undefined) return no('refused', COMMAND, {}, [refuse('no-policy', {})]);
  if (!policy.ok) return no('invalid', COMMAND, {}, policy.problems);

  const ticket = newTicket(request, policy.value);
  if (!ticket.ok) return no('refused', COMMAND, {}, ticket.refusals);
  const refusals = [...await pathRefusals(world, ticket.value, request.standing), ...classRefusals(request, ticket.value, policy.value)];
  const adoption = await adoptionOf(world, ticket.value);
  if (!adoption.ok) refusals.push(...adoption.refusals);
  if (refusals.length > 0 || !adoption.ok) return no(refusals.some(({ place }) => place !== undefined) ? 'invalid' : 'refused', COMMAND, {}, refusals);
  const written: NewTicket = { ...ticket.value, chain: adoption.value?.chain };
  const begun = adoption.value?.parent && await unnamedChild(world, written, kinOf(adoption.value.parent.value), request.id);
  if (request.dryRun === true) return plan(world, request, written, { adoption: adoption.value, id: begun?.id ?? await idToBe(world, written.title, request.id) });

  const made = begun !== undefined && await isAbandoned(world, begun) ? begun : request.id === undefined ? await createUnderFreeId(world, written) : await createUnder(world, request.id, written);
  if ('refusal' in made) return no('refused', COMMAND, {}, [made.refusal]);
  const { id, path, lines, wants } = made;
  // The child is there before its parent names it: cut short in between, the same command completes it.
  const parent = adoption.value === undefined ? undefined : await adopted(world, adoption.value, id);
  if (parent !== undefined) await world.files.write(parent.path, parent.text);
  const words = [...await patternRemarks(world, written), ...(wants.length === 0 ? [] : [remark('ticket-wants-words', { path, lines: wants })]), ...await uncommittedSpec(world, written)];
  const next = written.scope.class === 'orchestrator' ? `cxw ticket new TITLE --parent ${id} --allow GLOB` : `cxw advance ${id} --until-blocked`;
  return done(COMMAND, { id, path, class: written.scope.class, lines, wants, parent: parent && { path: parent.path, diff: parent.diff } }, [next, `cxw validate ${path}`], words);
}

/** A delivery takes along what the ticket may change; a spec outside of that is in nobody's clone until somebody commits it. */
async function uncommittedSpec({ git }: NewWorld, { more, scope }: NewTicket): Promise<Problem[]> {
  if (more?.spec === undefined || scope.class === 'quick') return [];
  const covers = compileGlobs(scope.allowed);
  const { dirty } = await git.repository.survey();
  return dirty.some(({ path }) => isUnder(path, more.spec!) && !covers(path)) ? [remark('spec-not-committed', { folder: more.spec }, 'warning')] : [];
}

/** What would be written. */
async function plan(world: NewWorld, request: TicketNewRequest, ticket: NewTicket, { adoption, id }: { adoption: Adoption | undefined; id: TicketId }): Promise<Outcome<TicketNewData>> {
  const { path, lines, wants, text } = textFor(id, ticket);
  const parent = adoption === undefined ? undefined : await adopted(world, adoption, id);
  return done(COMMAND, {
    id, path, class: ticket.scope.class, lines, wants,
    parent: parent && { path: parent.path, diff: parent.diff }, dryRun: true, text,
  }, [commandFor(request)], await patternRemarks(world, ticket));
}
