import type { Actor, Origin } from '../../domain/actors.js';
import type { Draft, Fact } from '../../domain/facts.js';
import type { RepoPath } from '../../domain/paths.js';
import type { Policy } from '../../domain/policy.js';
import type { Problem, Verdict } from '../../domain/problem.js';
import { fold, type Run } from '../../domain/run.js';
import { lockedScope, type Scope } from '../../domain/scope.js';
import type { Ticket, TicketId } from '../../domain/ticket.js';
import type { World } from '../../world/index.js';
import type { Look } from '../../world/git/index.js';
import type { LedgerView } from '../../world/ledger.js';
import type { Sighting } from './sighting.js';

/** Where one ticket stands while a verb moves it: its run, and what is wished for. */
export interface Standing {
  world: World;
  ticket: TicketId;
  view: LedgerView<Fact>;
  run: Run;
  /** Who runs the command. */
  actor: Actor;
  origin: Origin;
  wishes: Wishes;
  /** Things worth saying that stopped nothing. */
  remarks: Problem[];
  /** The latest look at the repository, and what of the ticket's change it showed, for as long as nothing can have changed them. */
  look?: Look;
  sighting?: Sighting;
  /** The look in which what executes or redirects was last compared. */
  compared?: Look;
}

export interface Wishes {
  /** Take over paths of the scope that were changed before. */
  adopt: boolean;
  /** Only tell what would happen. */
  dryRun: boolean;
  /** Paths that a person declares as their own with this very command. */
  mine?: readonly RepoPath[];
}

/** Somebody else published a fact first: read again and decide again. */
export class LostRace extends Error {}

export async function standingOf(world: World, ticket: TicketId, actor: Actor, wishes: Wishes): Promise<Standing> {
  const view = await world.ledger.read(ticket);
  // A dry run remembers nothing, so it need not know where it comes from; and finding out may write a salt.
  const origin: Origin = wishes.dryRun ? { seen: 'self-declared' } : await world.session.origin();
  return { world, ticket, view, run: fold(ticket, view.facts), actor, origin, wishes, remarks: [] };
}

/** Publishes facts and moves the standing along. Throws `LostRace` when somebody else was first. */
export async function remember(standing: Standing, drafts: readonly Draft[]): Promise<void> {
  const view = await standing.world.ledger.append(standing.ticket, standing.view, drafts);
  if (view === undefined) throw new LostRace(standing.ticket);
  moveTo(standing, view);
}

/**
 * Publishes what was seen, behind whatever others published meanwhile: it happened, and seeing it again could take as
 * long. Attestations may come at any time; any other news throws `LostRace`, because it may ask for another decision.
 */
export async function rememberSeen(standing: Standing, seen: Draft): Promise<void> {
  const { world, ticket, view: known } = standing;
  for (;;) {
    const published = await world.ledger.append(ticket, standing.view, [seen]);
    moveTo(standing, published ?? await world.ledger.read(ticket));
    if (published !== undefined) break;
  }
  const news = standing.view.facts.slice(known.facts.length, -1);
  if (news.some((fact) => fact.kind !== 'recorded')) throw new LostRace(ticket);
}

function moveTo(standing: Standing, view: LedgerView<Fact>): void {
  standing.view = view;
  standing.run = fold(standing.ticket, view.facts);
}

/** One state of the road: looks, decides, and answers the fact that enters it, or every reason why not. */
export type Step = (standing: Standing) => Promise<Verdict<Draft[]>>;

/** The locked sources. Every step after the first stands on them. */
export function locked(standing: Pick<Standing, 'run' | 'ticket'>): { ticket: Ticket; policy: Policy; scope: Scope } {
  const lock = standing.run.lock;
  if (lock === undefined) throw new Error(`${standing.ticket} has no lock; a step was taken out of order`);
  return { ticket: lock.ticket.content, policy: lock.policy.content, scope: lockedScope(lock) };
}

/** The discovered repository. Every step after the second stands on it. */
export function discovered(standing: Pick<Standing, 'run' | 'ticket'>): NonNullable<Run['discovery']> {
  const discovery = standing.run.discovery;
  if (discovery === undefined) throw new Error(`${standing.ticket} has no discovery; a step was taken out of order`);
  return discovery;
}

export const ticketPath = (ticket: TicketId): RepoPath => `tickets/${ticket}.yaml` as RepoPath;
