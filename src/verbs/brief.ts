import { inspected } from '../domain/codes/reviews.js';
import { inspectionsOf } from '../domain/gates.js';
import { composeBrief, type BriefPart } from '../domain/brief.js';
import type { ChangeSet } from '../domain/changeSet.js';
import { nextCommands } from '../domain/next.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { showPath, type RepoPath } from '../domain/paths.js';
import { refuse } from '../domain/problem.js';
import { fill, parsePrompt } from '../domain/rendering.js';
import { hasReached } from '../domain/road.js';
import type { Run } from '../domain/run.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { showActor } from '../domain/actors.js';
import { measure } from './road/sighting.js';
import { standingOf, ticketPath, type Standing } from './road/standing.js';
import { whichTicket } from './whichTicket.js';

export const BRIEF_ROLES = ['planner', 'writer', 'reviewer', 'curator'] as const;
export type BriefRole = (typeof BRIEF_ROLES)[number];

export interface BriefData {
  ticket?: TicketId;
  role?: BriefRole;
  changeSet?: string;
  /** Ready to paste into a fresh session. */
  text?: string;
  /** What did not fit. */
  leftOut?: string[];
}

const DIFF_BYTES = 512 * 1024;
const LINES_WITHOUT_POLICY = 400;
/** How much of a failed proof's output a brief shows. */
const FAILED_LINES = 30;

/** Everything that a fresh session needs for one role, within bounds, and what was left out. Writes nothing. */
export async function brief(world: World, request: { role?: BriefRole; ticket?: string }): Promise<Outcome<BriefData>> {
  const which = await whichTicket(world, request.ticket, `cxw brief ${request.role ?? 'writer'}`);
  if (!which.ok) return no('refused', 'brief', {}, which.refusals);
  const ticket = which.value;
  const standing = await standingOf(world, ticket, { role: 'human', name: 'reader' }, { adopt: false, dryRun: true });
  const role = request.role ?? roleDue(standing.run);
  const text = await ticketText(standing);
  if (text === undefined) return no('refused', 'brief', { ticket, role }, [refuse('ticket-missing', { ticket })]);
  const change = await changeOf(standing);
  if (role === 'reviewer' && change === undefined) {
    const files = standing.run.lock?.ticket.content;
    return no('refused', 'brief', { ticket, role }, [refuse('no-change', { ticket, files: files?.class === 'quick' ? files.scope.files : [] })]);
  }
  const prompt = parsePrompt(await world.assets.prompt(role));
  const words = fill(prompt.body, { ticket, title: titleOf(standing.run, text), ticket_path: ticketPath(ticket), change_set: change?.digest ?? '' });
  const parts = await partsFor(role, standing, text, change);
  const composed = composeBrief(words, parts, standing.run.lock?.policy.content.limits.brief_lines ?? LINES_WITHOUT_POLICY);
  return done('brief', { ticket, role, changeSet: change?.digest, ...composed }, nextCommands(standing.run, change?.digest));
}

/** Whose turn it is. */
function roleDue(run: Run): BriefRole {
  if (!hasReached(run.state, 'repository_discovered')) return 'planner';
  if (!hasReached(run.state, 'focused_tests_passed')) return 'writer';
  return hasReached(run.state, 'repair_loop_complete_or_not_needed') ? 'curator' : 'reviewer';
}

async function ticketText({ world, ticket, run }: Standing): Promise<string | undefined> {
  return run.lock?.ticket.text ?? (await world.files.read(ticketPath(ticket)))?.toString('utf8');
}

const titleOf = (run: Run, text: string): string => run.lock?.ticket.content.title ?? /^title:\s*(.+)$/m.exec(text)?.[1] ?? run.ticket;

async function changeOf(standing: Standing): Promise<ChangeSet | undefined> {
  if (!hasReached(standing.run.state, 'writer_assigned') || standing.run.delivery !== undefined) return standing.run.change?.changeSet;
  const { change } = await measure(standing);
  return change.entries.length === 0 ? undefined : change;
}

async function partsFor(role: BriefRole, standing: Standing, text: string, change: ChangeSet | undefined): Promise<BriefPart[]> {
  const { run } = standing;
  const parts: BriefPart[] = [
    part('The ticket', text.trimEnd().split('\n'), 100, true),
    part('Where it stands', standLines(run), 90),
    ...refreshPart(run),
    ...findingsPart(run),
    ...planPart(run, role),
    ...(role === 'reviewer' ? inspectionPart(run) : []),
    ...(role === 'curator' ? [] : await proofsPart(standing)),
    ...(change !== undefined && role !== 'planner' && role !== 'writer' ? await diffPart(standing, change) : []),
    ...await contextParts(standing),
    ...await memoryPart(standing, role),
  ];
  return parts.filter((one) => one.lines.length > 0);
}

const part = (heading: string, lines: string[], weight: number, material = false): BriefPart => ({ heading, lines, weight, material });

function standLines(run: Run): string[] {
  return [
    `State: ${run.state ?? 'not begun'}.`,
    ...(run.writer === undefined ? [] : [`Writer: ${showActor(run.writer)}.`]),
    ...(run.rounds === 0 ? [] : [`Repair rounds used: ${run.rounds}.`]),
    ...run.waivers.map((waiver) => `Waived by ${showActor(waiver.by)}: ${waiver.what}. ${waiver.reason}`),
  ];
}

/** The goal posts moved: whoever reviews must know. */
const refreshPart = (run: Run): BriefPart[] =>
  (run.lock?.changed === undefined || run.lock.changed.length === 0 ? [] : [part('Changed in ticket or policy since the first lock', run.lock.changed.map((words) => `- ${words}`), 95, true)]);

function findingsPart(run: Run): BriefPart[] {
  const lines = run.openFindings.flatMap((finding) => [
    `- ${finding.id} (${finding.severity})${finding.path === undefined ? '' : ` ${showPath(finding.path)}`}${finding.criterion === undefined ? '' : `, fails ${finding.criterion}`}`,
    ...(finding.expected === undefined ? [] : [`  expected: ${finding.expected}`]),
    `  actual: ${finding.actual}`,
    ...(finding.repair === undefined ? [] : [`  required repair: ${finding.repair}`]),
  ]);
  return lines.length === 0 ? [] : [part('Open findings', lines.flatMap((line) => line.split('\n')), 95, true)];
}

function planPart(run: Run, role: BriefRole): BriefPart[] {
  const plan = run.records.plan?.document;
  if (plan === undefined || role === 'planner') return [];
  return [part('The recorded plan', [
    ...plan.tasks.map((task) => `${task.id}. ${task.text}${task.paths.length === 0 ? '' : ` (${task.paths.map(showPath).join(', ')})`}`),
    ...plan.constraints.map((words) => `Constraint: ${words}`),
    ...plan.success.map((words) => `Success: ${words}`),
  ], 80, true)];
}

/** What only a reviewer can show: it must be said in the review. */
function inspectionPart(run: Run): BriefPart[] {
  const ids = inspectionsOf(run);
  return ids.length === 0 ? [] : [part('Proofs by inspection', [`Carry out ${ids.join(', ')} as the ticket says, and add${inspected(ids)} to the review.`], 96)];
}

async function proofsPart({ world, run, ticket }: Standing): Promise<BriefPart[]> {
  const lines = await Promise.all(run.proofRuns.slice(-10).map(async (ran) => {
    const tests = ran.tests === undefined ? '' : `, ${ran.tests.passed} passed, ${ran.tests.failed} failed, ${ran.tests.skipped} skipped`;
    const said = `- ${ran.proof}: ${ran.verdict} (${ran.argv.join(' ')}; exit ${ran.exit ?? 'none'}, ${ran.duration} ms${tests})`;
    const log = ran.verdict === 'passed' || ran.log === undefined ? undefined : await world.private.log(ticket, ran.log.name);
    const wrote = ran.wrote?.map((path) => `  Look first at what it runs: it wrote ${showPath(path)} meanwhile, and left it as it was.`) ?? [];
    return [said, ...wrote, ...(log?.toString('utf8').trimEnd().split('\n').slice(-FAILED_LINES).map((line) => `  | ${line}`) ?? [])];
  }));
  return lines.length === 0 ? [] : [part('Proofs that cxw ran', lines.flat(), 60, true)];
}

async function diffPart({ world, run }: Standing, change: ChangeSet): Promise<BriefPart[]> {
  const { text, cut } = await world.git.changes.diff(change, DIFF_BYTES);
  const first = (run.change?.sensitive ?? []).map((place) => `Look first at ${showPath(place.path)}: ${place.why}.`);
  return [
    ...(first.length === 0 ? [] : [part('Look here first', first, 94, true)]),
    part(`The change ${change.digest}`, [...text.trimEnd().split('\n'), ...(cut ? ['(the difference is longer than can be shown here)'] : [])], 85, true),
  ];
}

/** Steering packs and required context that the ticket names. */
async function contextParts(standing: Standing): Promise<BriefPart[]> {
  const ticket = standing.run.lock?.ticket.content;
  if (ticket === undefined || ticket.class === 'quick') return [];
  const paths = [...(ticket.steering ?? []), ...(ticket.context?.required ?? [])].slice(0, ticket.context?.max_files ?? 20);
  return (await Promise.all(paths.map((path) => filePart(standing, path, 50)))).flat();
}

async function memoryPart(standing: Standing, role: BriefRole): Promise<BriefPart[]> {
  const names = role === 'curator' ? ['STATE', 'DECISIONS', 'KNOWN_ISSUES', 'TODO'] : ['STATE', 'KNOWN_ISSUES'];
  return (await Promise.all(names.map((name) => filePart(standing, `agent/${name}.md` as RepoPath, role === 'curator' ? 70 : 30)))).flat();
}

async function filePart({ world }: Standing, path: RepoPath, weight: number): Promise<BriefPart[]> {
  const kind = await world.files.obstacle(path) === undefined ? await world.files.kind(path) : 'link';
  if (kind === 'link') return [part(showPath(path), ['(Behind a symbolic link, which is not followed: read it yourself.)'], weight, true)];
  const bytes = kind === 'file' ? await world.files.read(path) : undefined;
  return bytes === undefined || bytes.length === 0 ? [] : [part(showPath(path), bytes.toString('utf8').trimEnd().split('\n'), weight, true)];
}
