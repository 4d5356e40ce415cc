import { claimHolder } from '../domain/claim.js';
import { showActor } from '../domain/actors.js';
import { NEW_TICKET } from '../domain/newTicketCommand.js';
import { nextCommands } from '../domain/next.js';
import { done, no, waysOn, type Outcome } from '../domain/outcome.js';
import { showPath, type RepoPath } from '../domain/paths.js';
import type { Refusal } from '../domain/problem.js';
import { positionOf, stateAfter, STATES, type State } from '../domain/road.js';
import type { Delivery } from '../domain/run.js';
import type { TicketId } from '../domain/ticket.js';
import { mayChangeNothing } from '../domain/withoutProduct.js';
import type { World } from '../world/index.js';
import { runRemarks } from './advance.js';
import { endElsewhere, endInWords, unsettledEnds, type EndElsewhere } from './endsElsewhere.js';
import type { Chain } from './family/chain.js';
import { outlook } from './road/outlook.js';
import { lookOf } from './road/sighting.js';
import { standingOf, ticketPath, type Standing } from './road/standing.js';
import { firstCommand } from './firstCommand.js';
import { ticketsHere, unreadable, type TicketHere } from './ticketsHere.js';
import { whichTicket } from './whichTicket.js';

export interface StatusData {
  ticket?: TicketId;
  title?: string;
  class?: string;
  state?: State;
  /** States entered so far, in order. */
  completed: State[];
  /** The state that comes next. */
  following?: State;
  writer?: string;
  /** Digest of the change as it is now. */
  changeSet?: string;
  changed?: string[];
  /** Files that differ from what the evidence is for. */
  stale: string[];
  rounds?: number;
  openFindings?: string[];
  proofs?: { proof: string; how: string; failures: number; runs: number }[];
  blocked?: { reason: string; release: string };
  waived?: string[];
  /** `prepared`: the commit that was made, and that the branch does not name. */
  delivery?: { mode: string; branch: string; commit?: string; prepared?: string; pushed: boolean; confirmed: boolean };
  ended?: string;
  /** Its place in a chain: its parent, or what stands below it. */
  parent?: TicketId;
  chain?: Chain;
  /** Without a ticket, or with --all: every ticket here. */
  tickets?: BoardLine[];
  /** Live runs are visible only where they run. */
  siblings?: string;
}

export interface BoardLine {
  ticket: TicketId;
  state: State | 'not begun' | 'abandoned' | 'no change' | 'unreadable' | EndElsewhere['how'];
  title?: string;
  /** Whether it holds the writer claim of this worktree. */
  claim: boolean;
}

/** Where a ticket stands and why it does not move; or, with `all` or without an open ticket, all tickets here. Writes nothing. */
export async function status(world: World, request: { ticket?: string; all: boolean }): Promise<Outcome<StatusData>> {
  if (request.all) return board(world);
  const which = await whichTicket(world, request.ticket, 'cxw status');
  if (!which.ok) return request.ticket === undefined ? board(world) : no('refused', 'status', { completed: [], stale: [] }, which.refusals);
  const end = await endElsewhere(world, which.value);
  return end === undefined ? one(world, which.value) : ended(world, which.value, end);
}

/** What was done there is told by its closing records. */
async function ended(world: World, ticket: TicketId, end: EndElsewhere): Promise<Outcome<StatusData>> {
  const { next, problems } = await endInWords(world, ticket, end);
  return done('status', { ticket, completed: [], stale: [], ended: end.how }, next, problems);
}

async function one(world: World, ticket: TicketId): Promise<Outcome<StatusData>> {
  const standing = await standingOf(world, ticket, { role: 'human', name: 'reader' }, { adopt: false, dryRun: true });
  const { change, refusals } = await outlook(standing);
  const { run } = standing;
  const lock = run.lock?.ticket.content;
  // A chain grows while its parent waits, so that is read as it is written.
  const written = lock?.class === 'orchestrator' || (lock === undefined && await looksLikeParent(world, ticket)) ? await world.documents.ticket(ticket) : undefined;
  const content = written?.ok ? written.value : lock;
  // Most tickets are nobody's parents, so most reports do without what knows families.
  const chain = content?.class === 'orchestrator' ? await (await import('./family/chain.js')).chainOf(world, content) : undefined;
  const data: StatusData = {
    ticket,
    title: content?.title,
    class: content?.class,
    state: run.state,
    completed: STATES.slice(0, positionOf(run.state) + 1),
    following: run.end === undefined ? stateAfter(run.state) : undefined,
    writer: run.writer && showActor(run.writer),
    changeSet: change === undefined || change.entries.length === 0 && !mayChangeNothing(lock) ? run.change?.changeSet.digest : change.digest,
    changed: change?.entries.map((entry) => showPath(entry.path)),
    stale: staleFiles(refusals),
    rounds: run.rounds,
    openFindings: run.openFindings.map((finding) => finding.id),
    proofs: run.proofs?.proofs.map(({ proof, how, failures, runs }) => ({ proof, how, failures, runs })),
    blocked: run.blocked && { reason: run.blocked.reason, release: run.blocked.release },
    waived: run.waivers.length === 0 ? undefined : run.waivers.map((waiver) => waiver.what),
    delivery: await deliveryOf(standing),
    ended: run.end?.how,
    parent: content === undefined || content.class === 'orchestrator' ? undefined : content.parent,
    chain,
  };
  const next = chain?.due !== undefined ? [`cxw advance ${chain.due} --until-blocked`] : refusals.length > 0 ? waysOn(refusals) : nextCommands(run, change?.entries.length || mayChangeNothing(lock) ? change?.digest : undefined);
  // A report is no refusal: asking where a ticket stands succeeds, whatever the answer is.
  return done('status', data, [...new Set(next)], [...runRemarks(run), ...refusals.map((refusal) => ({ ...refusal, severity: 'note' as const }))]);
}

/** Reading a ticket as one takes longer than all the rest; most are nobody's parents. */
const looksLikeParent = async ({ files }: World, ticket: TicketId): Promise<boolean> =>
  /^class:.*orchestrator/m.test((await files.read(ticketPath(ticket)))?.toString('latin1') ?? '');

const staleFiles = (refusals: readonly Refusal[]): string[] =>
  refusals.filter((refusal) => refusal.code === 'stale-evidence' || refusal.code === 'filters-changed')
    .flatMap((refusal) => (refusal.facts['files'] as RepoPath[]).map(showPath));

async function deliveryOf(standing: Standing): Promise<StatusData['delivery']> {
  const { delivery, discovery } = standing.run;
  if (delivery === undefined) return discovery && { mode: discovery.mode, branch: discovery.branch, pushed: false, confirmed: false };
  const { intent: { mode, branch }, prepared } = delivery;
  const commit = delivery.committed ?? await preparedOnBranch(standing, delivery);
  return {
    mode, branch, commit,
    prepared: commit === undefined ? prepared : undefined,
    pushed: delivery.pushed?.assigned === true,
    confirmed: delivery.confirmed?.assigned === true,
  };
}

/** The commit is made before the branch moves, and a run that was cut short may have moved it and not remembered that. */
async function preparedOnBranch(standing: Standing, { intent, prepared }: Delivery): Promise<string | undefined> {
  if (prepared === undefined) return undefined;
  const { branch, head } = await (await lookOf(standing)).survey();
  return branch === intent.branch && head === prepared ? prepared : undefined;
}

async function board(world: World): Promise<Outcome<StatusData>> {
  const holder = claimHolder((await world.ledger.claims()).facts);
  const here = await ticketsHere(world);
  const tickets = here.map((known): BoardLine => ({
    ticket: known.id, state: stateOf(known), title: known.stand?.title, claim: known.id === holder,
  }));
  const siblings = 'Live runs of other worktrees are visible only there.';
  return done('status', { completed: [], stale: [], tickets, siblings }, [tickets.length === 0 ? await firstCommand(world) : await nextOnBoard(world, here, holder)], unreadable(here));
}

async function nextOnBoard(world: World, here: readonly TicketHere[], holder: TicketId | undefined): Promise<string> {
  if (holder !== undefined) return `cxw status ${holder}`;
  const open = here.find(({ end, stand }) => end === undefined && stand?.problem === undefined);
  if (open !== undefined) return `cxw advance ${open.id} --until-blocked`;
  const ends = await unsettledEnds(world);
  const unsettled = here.find(({ end }) => ends.some((how) => how === end));
  return unsettled === undefined ? NEW_TICKET : `cxw status ${unsettled.id}`;
}

function stateOf({ stand, end }: TicketHere): BoardLine['state'] {
  if (stand?.problem !== undefined) return 'unreadable';
  if (end === undefined || end === 'done') return stand?.state ?? 'not begun';
  return end === 'no-change' ? 'no change' : end;
}
