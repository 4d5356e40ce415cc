import { composeBrief, type Room } from '../domain/brief.js';
import type { ChangeSet } from '../domain/changeSet.js';
import { nearest } from '../domain/nearest.js';
import { nextCommands } from '../domain/next.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { granted, refuse, refused, type Refusal, type Verdict } from '../domain/problem.js';
import { fill, parsePrompt } from '../domain/rendering.js';
import { hasReached } from '../domain/road.js';
import { isRole, ROLES, type BriefRole, type Entry } from '../domain/roles.js';
import type { Run } from '../domain/run.js';
import { sh } from '../domain/shellLine.js';
import type { Ticket, TicketId } from '../domain/ticket.js';
import { mayChangeNothing } from '../domain/withoutProduct.js';
import type { World } from '../world/index.js';
import { capsuleOf, type Capsule } from './briefing/capsule.js';
import { partsFor } from './briefing/parts.js';
import { measurable, measure } from './road/sighting.js';
import { standingOf, ticketPath, type Standing } from './road/standing.js';
import { ticketToMove } from './ticketToMove.js';

export interface BriefData {
  ticket?: TicketId;
  role?: BriefRole;
  /** Whether the role changes files: a client that starts it can give it a read-only sandbox otherwise. */
  writes?: boolean;
  changeSet?: string;
  /** Ready to paste into a fresh session. */
  text?: string;
  lines?: number;
  bytes?: number;
  tokensEstimated?: number;
  /** The assignment in lists. */
  capsule?: Capsule;
  /** The words of the beginning, where no ticket is meant. */
  start?: Entry;
  /** What did not fit, or was not wanted, and why. */
  leftOut?: string[];
}

const LINES_WITHOUT_POLICY = 400;

/** Everything that a fresh session needs for one role, within bounds, and what was left out. Writes nothing. */
export async function brief(world: World, words: readonly [string?, string?]): Promise<Outcome<BriefData>> {
  const asked = await askedFor(world, words);
  if (!asked.ok) return no('refused', 'brief', {}, asked.refusals);
  const { ticket } = asked.value;
  const standing = await standingOf(world, ticket, { role: 'human', name: 'reader' }, { adopt: false, dryRun: true });
  const role = asked.value.role ?? roleDue(standing.run);
  const text = await ticketText(standing);
  if (text === undefined) return no('refused', 'brief', { ticket, role }, [refuse('ticket-missing', { ticket })]);
  const prompt = parsePrompt(await world.assets.prompt(role));
  const measured = await measurable(standing, async () => granted(await changeOf(standing)));
  if (!measured.ok) return no('refused', 'brief', { ticket, role }, measured.refusals);
  const change = measured.value;
  if (change === undefined && prompt.variables.includes('change_set')) {
    const files = standing.run.lock?.ticket.content;
    return no('refused', 'brief', { ticket, role }, [refuse('no-change', { ticket, files: files?.class === 'quick' ? files.scope.files : [] })]);
  }
  const filled = fill(prompt.body, { ticket, title: titleOf(standing.run, text), ticket_path: ticketPath(ticket), change_set: change?.digest ?? '' });
  const content = await ticketNow(standing);
  const { parts, shown, leftOut } = await partsFor({ role, standing, text, ticket: content, change });
  const composed = composeBrief(filled, parts, roomFor(standing.run), leftOut);
  const { run } = standing;
  const capsule = capsuleOf({ role, run, ticket: content, policy: run.lock?.policy.content, ticketPath: ticketPath(ticket), shown, change: change?.digest });
  return done('brief', { ticket, role, writes: prompt.writes, changeSet: change?.digest, ...composed, capsule }, othersThan(`cxw brief ${role} ${ticket}`, nextCommands(standing.run, change?.digest)));
}

/** A role and a ticket, in this order, either of which may be left out. A single word that is neither was meant as the role it is like. */
async function askedFor(world: World, [first, second]: readonly [string?, string?]): Promise<Verdict<{ role?: BriefRole; ticket: TicketId }>> {
  const role = isRole(first) ? first : undefined;
  if (first !== undefined && second !== undefined && role === undefined) return refused([unknownRole(first)]);
  const which = await ticketToMove(world, role === undefined ? first : second, sh`cxw brief ${role ?? 'writer'}`);
  if (which.ok) return granted({ role, ticket: which.value });
  return role === undefined && first !== undefined && nearRole(first) !== undefined ? refused([unknownRole(first)]) : which;
}

const unknownRole = (written: string): Refusal => refuse('unknown-role', { written, roles: [...ROLES], near: nearRole(written) });
const nearRole = (written: string): string | undefined => nearest(written, ROLES)[0];

/** Whose turn it is. */
function roleDue(run: Run): BriefRole {
  if (run.delivery !== undefined) return 'git-delivery';
  if (!hasReached(run.state, 'repository_discovered')) return 'planner';
  if (!hasReached(run.state, 'focused_tests_passed')) return 'writer';
  return hasReached(run.state, 'repair_loop_complete_or_not_needed') ? 'curator' : 'reviewer';
}

async function ticketText({ world, ticket, run }: Standing): Promise<string | undefined> {
  return run.lock?.ticket.text ?? (await world.files.read(ticketPath(ticket)))?.toString('utf8');
}

async function ticketNow({ world, ticket, run }: Standing): Promise<Ticket | undefined> {
  if (run.lock !== undefined) return run.lock.ticket.content;
  const reading = await world.documents.ticket(ticket);
  return reading?.ok ? reading.value : undefined;
}

const titleOf = (run: Run, text: string): string => run.lock?.ticket.content.title ?? /^title:\s*(.+)$/m.exec(text)?.[1] ?? run.ticket;

/** Who has read the brief is not sent to it again. */
const othersThan = (own: string, next: readonly string[]): string[] => next.filter((command) => command !== own);

/** The change as it is now. A commit keeps the objects of the one that evidence was gathered for; nothing else does. */
async function changeOf(standing: Standing): Promise<ChangeSet | undefined> {
  const { run } = standing;
  if (run.delivery?.prepared !== undefined) return run.change?.changeSet;
  if (run.discovery === undefined || (run.change === undefined && !hasReached(run.state, 'writer_assigned'))) return undefined;
  const { change } = await measure(standing);
  return change.entries.length === 0 && !mayChangeNothing(run.lock?.ticket.content) ? undefined : change;
}

/** The ticket's own word on how long a brief may be, else the policy's. */
function roomFor({ lock }: Run): Room {
  const ticket = lock?.ticket.content;
  const own = ticket === undefined || ticket.class === 'quick' ? undefined : ticket.context?.max_lines;
  if (own !== undefined) return { lines: own, because: `the ticket allows ${own} lines: context.max_lines` };
  const lines = lock?.policy.content.limits.brief_lines ?? LINES_WITHOUT_POLICY;
  return { lines, because: `the policy allows ${lines} lines: limits.brief_lines` };
}
