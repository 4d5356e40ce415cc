import { plainText } from '../domain/documents/plainText.js';
import { isKnown, LESSON_KINDS, lessonLine, LESSONS, withLesson, type Lesson, type LessonKind } from '../domain/learning/lessons.js';
import { worthOf } from '../domain/learning/worth.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import type { RepoPath } from '../domain/paths.js';
import { granted, refuse, refused, type Refusal, type Verdict } from '../domain/problem.js';
import { fold, type Run } from '../domain/run.js';
import { holdsSecret } from '../domain/secrets.js';
import type { Ticket, TicketId } from '../domain/ticket.js';
import { isSeenLine } from '../domain/unseen.js';
import type { World } from '../world/index.js';
import { endingOf } from './advance.js';
import { factsOf, recordedTickets, rememberedTicket } from './ticketFacts.js';

export interface LearnRequest {
  ticket?: string;
  /** Where it comes from, where that is no ticket. */
  source?: string;
  said: Record<LessonKind, readonly string[]>;
}

export interface LearnData {
  ticket?: TicketId;
  written?: { path: string; line: string }[];
  /** What was known already, and is not written again. */
  known?: string[];
  worth?: boolean;
  reasons?: string[];
  against?: string[];
}

const LESSON_MAX = 400;

/** Keeps what was learned in agent/, each line with its date and source. Later briefs hold it. */
export async function learn(world: World, { ticket: named, source: given, said }: LearnRequest): Promise<Outcome<LearnData>> {
  const lessons = LESSON_KINDS.flatMap((kind) => said[kind].map((text): Lesson => ({ kind, text: text.trim() })));
  const which = given === undefined || named !== undefined ? await rememberedTicket(world, named, 'cxw learn') : granted(undefined);
  const refusals = [...(which.ok ? [] : which.refusals), ...lessonRefusals(lessons, given)];
  if (refusals.length > 0 || !which.ok) return no('refused', 'learn', {}, refusals);
  const ticket = which.value;
  const source = [ticket, given?.trim()].filter((part) => part !== undefined).join(', ');

  return world.lock.hold('cxw learn', async () => {
    const date = world.clock.now().toISOString().slice(0, 10);
    const pages = new Map<RepoPath, string>();
    const written: { path: string; line: string }[] = [];
    const known: string[] = [];
    for (const { kind, text } of lessons) {
      const { path, head } = LESSONS[kind];
      const bytes = pages.has(path) ? undefined : await world.files.read(path);
      const plain = bytes === undefined ? undefined : plainText(bytes, path);
      if (plain?.ok === false) return no('invalid', 'learn', { ticket }, plain.problems);
      const page = pages.get(path) ?? plain?.text ?? head;
      if (isKnown(page, text)) {
        known.push(text);
        continue;
      }
      const line = lessonLine(text, date, source);
      pages.set(path, withLesson(page, line));
      written.push({ path, line });
    }
    for (const [path, page] of pages) await world.files.write(path, page);
    return done('learn', { ticket, written, known }, await nextFor(world, ticket, written.map(({ path }) => path)));
  });
}

function lessonRefusals(lessons: readonly Lesson[], source: string | undefined): Refusal[] {
  const faultOf = (text: string): string | undefined => (!isSeenLine(text, LESSON_MAX) ? `it is one line of at most ${LESSON_MAX} characters, all of which can be seen`
    : holdsSecret(text) ? 'it looks as if it held a secret' : undefined);
  const wrong = [...lessons.map(({ kind, text }) => ({ flag: `--${kind}`, why: faultOf(text) })),
    ...(source === undefined ? [] : [{ flag: '--source', why: /[()]/.test(source) ? 'it stands in brackets, and can hold none' : faultOf(source) }])];
  return [
    ...(lessons.length === 0 ? [refuse('learn-nothing', {})] : []),
    ...wrong.flatMap(({ flag, why }) => (why === undefined ? [] : [refuse('learn-value-invalid', { flag, why })])),
  ];
}

/** While a ticket is open, its curation names the memory that is delivered with it. */
async function nextFor(world: Pick<World, 'ledger'>, ticket: TicketId | undefined, written: readonly string[]): Promise<string[]> {
  const run = ticket === undefined ? undefined : fold(ticket, (await world.ledger.read(ticket)).facts);
  const isOpen = run?.change !== undefined && run.end === undefined && run.delivery === undefined && written.length > 0;
  return [isOpen ? `cxw record curation ${ticket} ${[...new Set(written)].map((path) => `--memory ${path}`).join(' ')}` : 'cxw validate agent'];
}

/** Whether planning, reviewing and learning apart pays for a ticket, from what it touches and what went wrong before. Writes nothing. */
export async function weigh(world: World, request: { ticket?: string }): Promise<Outcome<LearnData>> {
  const which = await rememberedTicket(world, request.ticket, 'cxw learn --worth');
  if (!which.ok) return no('refused', 'learn', {}, which.refusals);
  const id = which.value;
  const [subject, policy] = await Promise.all([subjectOf(world, id), world.documents.policy()]);
  if (!subject.ok) return no(endingOf(subject.refusals), 'learn', { ticket: id }, subject.refusals);
  if (policy?.ok !== true) return policy === undefined ? no('refused', 'learn', { ticket: id }, [refuse('no-policy', {})]) : no('invalid', 'learn', { ticket: id }, policy.problems);
  const { ticket, files } = subject.value;
  const found = worthOf({ ticket, policy: policy.value, files, failedBefore: await failedBefore(world, ticket) });
  return done('learn', { ticket: id, ...found }, [found.worth ? `cxw brief planner ${id}` : `cxw advance ${id} --until-blocked`]);
}

/** A ticket as it was locked, or as its file says; with the files that it changed, or that a quick one names. */
async function subjectOf(world: World, id: TicketId): Promise<Verdict<{ ticket: Ticket; files: readonly RepoPath[] }>> {
  const known = await factsOf(world, id);
  if (!known.ok) return known;
  const run = fold(id, known.value.facts);
  const reading = run.lock === undefined ? await world.documents.ticket(id) : undefined;
  const ticket = run.lock?.ticket.content ?? (reading?.ok === true ? reading.value : undefined);
  if (ticket === undefined) return refused(reading?.ok === false ? reading.problems : [refuse('ticket-missing', { ticket: id })]);
  const named = ticket.class === 'quick' ? ticket.scope.files : [];
  return granted({ ticket, files: run.change?.changeSet.entries.map(({ path }) => path) ?? named });
}

/** Other tickets of this kind whose work was sent back or given up. Broken ledgers teach nothing. */
async function failedBefore(world: World, { id, kind }: Ticket): Promise<TicketId[]> {
  const others = [...new Set([...await world.ledger.tickets(), ...await recordedTickets(world)])].filter((other) => other !== id).sort();
  const failed: TicketId[] = [];
  for (const other of others) {
    const known = await factsOf(world, other);
    const run = known.ok ? fold(other, known.value.facts) : undefined;
    if (run?.lock?.ticket.content.kind === kind && hasFailed(run)) failed.push(other);
  }
  return failed;
}

const hasFailed = ({ reviews, rounds, end }: Run): boolean =>
  rounds > 0 || end?.how === 'abandoned' || reviews.some(({ document }) => document.verdict === 'fail');
