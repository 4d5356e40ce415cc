import type { Actor } from '../domain/actors.js';
import { blockedRefusals } from '../domain/blocked.js';
import type { ObjectId } from '../domain/changeSet.js';
import { nextStep, type NextStep, type Sight } from '../domain/delivery/resume.js';
import { nameOf } from '../domain/delivery/preconditions.js';
import { onlyStaged, union } from '../domain/delivery/sets.js';
import type { Fact } from '../domain/facts.js';
import { NEW_TICKET } from '../domain/newTicketCommand.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { showPath } from '../domain/paths.js';
import type { DeliveryMode } from '../domain/policy.js';
import { refuse, remark, type Problem, type Refusal } from '../domain/problem.js';
import { hasReached, type State } from '../domain/road.js';
import { fold, type Run } from '../domain/run.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import type { LedgerView } from '../world/ledger.js';
import { actorOr } from './actor.js';
import { lastingRemarks } from './advance.js';
import { anew } from './delivery/anew.js';
import { begin, planDelivery } from './delivery/begin.js';
import { asWarnings, touchedBefore } from './delivery/besideHook.js';
import { acknowledge, move, stage } from './delivery/commit.js';
import { finish, finishUndelivered } from './delivery/finish.js';
import type { NotePlace } from './delivery/note.js';
import { build, prepare } from './delivery/prepare.js';
import { confirm, found, push } from './delivery/push.js';
import { alteredBeside, alteredMeanwhile, goingOn, lookToGoOn, stopped, type Known, type Progress } from './delivery/sight.js';
import { onlyStagedBefore, replacedRemarks, stagingRemarks } from './delivery/staged.js';
import { release } from './road/release.js';
import { attestationRefusals } from './road/review.js';
import { alteredRefusals, lookAgain } from './road/sighting.js';
import { locked, LostRace, standingOf, type Standing } from './road/standing.js';

export interface DeliverRequest {
  ticket: TicketId;
  /** Who delivers; git's user as deliverer when nobody was named. */
  actor?: Actor;
  dryRun: boolean;
}

/**
 * Moves the ticket through every state before the delivery, as far as evidence reaches, and answers where that ended.
 * In a dry run it must write nothing.
 */
export type Walk = (until: State) => Promise<{ ok: true; run: Run; view: LedgerView<Fact>; remarks: Problem[] } | { ok: false; outcome: Outcome }>;

export interface DeliverData {
  ticket: TicketId;
  state?: State;
  mode?: DeliveryMode;
  commit?: ObjectId;
  branch?: string;
  /** The ref on the remote that the commit was delivered to. */
  target?: { remote: string; ref: string; url: string };
  /** The remote itself named the commit. */
  confirmed?: boolean;
  /** When it did, and what HEAD named at that moment. */
  confirmedAt?: string;
  head?: ObjectId;
  /** The remote's tip at that moment, where somebody had built upon the commit already. */
  superseded?: ObjectId;
  /** Where the note of the delivery stands; only where the policy wants one. */
  note?: NotePlace;
  /** It was delivered by an earlier run: what is told of the remote was so then. */
  already?: boolean;
  /** What would be delivered; with --dry-run only. */
  wouldDeliver?: string[];
}

/**
 * Delivers one ticket: its product, memory and records as one commit, pushed and confirmed as far as the policy goes.
 * Cut short at any point, it goes on from what the world shows; once done, it answers the same commit again. The
 * caller holds the lock.
 */
export async function deliver(world: World, request: DeliverRequest, walk: Walk): Promise<Outcome<DeliverData>> {
  const { ticket, dryRun } = request;
  const actor = await actorOr(world, request.actor, 'deliverer');
  const standing = await standingOf(world, ticket, actor, { adopt: false, dryRun });
  const { end } = standing.run;
  if (end !== undefined && end.how !== 'done') return answer(standing, [refuse('ticket-ended', { ticket, how: end.how })]);
  if (end === undefined && standing.run.delivery === undefined) {
    const altered = await alteredBefore(standing);
    if (altered.length > 0) return answer(standing, altered);
    const walked = await walk('context_curated');
    if (!walked.ok) return { ...walked.outcome, command: 'deliver', data: { ...dataOf(standing.run), ...walked.outcome.data } };
    // Proofs and hooks may have run on the way.
    if (walked.view.facts.length > standing.view.facts.length) lookAgain(standing);
    Object.assign(standing, { run: walked.run, view: walked.view, remarks: walked.remarks });
    // What writer, reviewers and experts say by now: their states may have been entered long before.
    const objections = attestationRefusals(standing, standing.run.change!.changeSet.digest);
    if (objections.length > 0) return answer(standing, objections);
  }
  if (dryRun) return rehearse(standing);
  const altered = await alteredMeanwhile(standing);
  if (altered?.filters === true && await world.private.watch(ticket) !== undefined) return answer(standing, altered.refusals);
  const touched = standing.run.delivery === undefined ? [] : await touchedBefore(standing);
  if (end !== undefined) standing.remarks.push(...asWarnings(touched));
  return touched.length > 0 && end === undefined ? answer(standing, touched) : goOn(standing, altered, end !== undefined || standing.run.delivery?.confirmed !== undefined);
}

/** What nobody agreed to of what executes or redirects, told before the walk lets git start any of it. */
const alteredBefore = async (standing: Standing): Promise<Refusal[]> =>
  (hasReached(standing.run.state, 'repository_discovered') ? alteredRefusals(standing) : []);

/** What would happen, decided as for the real run, with nothing written. */
async function rehearse(standing: Standing): Promise<Outcome<DeliverData>> {
  const { run, ticket } = standing;
  const data = dataOf(run);
  if (run.end !== undefined) return answer(standing, [], true);
  if (run.delivery !== undefined) {
    const sight = await lookToGoOn(standing, {}, await alteredMeanwhile(standing));
    const next = nextStep(run, sight);
    if (next.step === 'refuse') return answer(standing, next.refusals);
    const remarks = [...standing.remarks, ...stagingRemarks(ticket, onlyStagedBefore(run.delivery))];
    return done('deliver', { ...data, wouldDeliver: union(run.delivery.intent).map((entry) => showPath(entry.path)) }, [`cxw deliver ${ticket}`], remarks);
  }
  if (locked(standing).policy.delivery.mode === 'none') return done('deliver', { ...data, wouldDeliver: [] }, [`cxw deliver ${ticket}`], standing.remarks);
  const plan = await planDelivery(standing);
  if (!plan.ok) return answer(standing, plan.refusals);
  const { paths, target, gathering, index } = plan.value;
  const remarks = [...standing.remarks, ...stagingRemarks(ticket, onlyStaged(gathering.change.entries, index))];
  return done('deliver', { ...data, target, wouldDeliver: paths.map(showPath) }, [`cxw deliver ${ticket}`], remarks);
}

/**
 * Step after step: look, decide, do, remember; until it is done or somebody must act. What a step knows of the world is
 * not asked again by the next one. Where programs ran in a step, what executes or redirects is compared again: while
 * they run, anybody has time to plant something. A lost race is read again.
 */
async function goOn(standing: Standing, atFirst: Sight['altered'], already: boolean): Promise<Outcome<DeliverData>> {
  let known: Known = {};
  let altered = atFirst;
  for (;;) {
    try {
      const progress = await oneStep(standing, known, altered);
      if (progress === 'finished') return await close(standing, already);
      if (progress.refusals.length > 0) return answer(standing, progress.refusals);
      known = progress.known;
      if (standing.look !== standing.compared) altered = await alteredBeside(standing);
    } catch (error) {
      if (!(error instanceof LostRace)) throw error;
      known = {};
      const view = await standing.world.ledger.read(standing.ticket);
      Object.assign(standing, { view, run: fold(standing.ticket, view.facts) });
      altered = await alteredMeanwhile(standing);
    }
  }
}

/** What comes after the last fact. None of it can undo the delivery, and all of it may be repeated. */
async function close(standing: Standing, already: boolean): Promise<Outcome<DeliverData>> {
  const { world, ticket, run, actor: by, origin } = standing;
  const wish = run.lock?.policy.content.delivery.notes ?? 'none';
  const noted = wish === 'none' ? undefined : await (await import('./delivery/note.js')).leaveNote(standing, wish);
  await release(world, ticket, { by, origin, how: 'done' });
  const answered = await answer(standing, [], already);
  if (noted === undefined) return answered;
  const { place, owed } = noted;
  return { ...answered, data: { ...answered.data, note: place }, problems: [...answered.problems, ...owed], next: owed[0]?.commands ?? answered.next };
}

async function oneStep(standing: Standing, known: Known, altered: Sight['altered']): Promise<Progress | 'finished'> {
  const { run } = standing;
  if (run.end !== undefined) return 'finished';
  if (run.delivery === undefined) {
    const blocked = blockedRefusals(run);
    return blocked.length > 0 ? stopped(...blocked) : startDelivery(standing);
  }
  const sight = await lookToGoOn(standing, known, altered);
  const next = nextStep(run, sight);
  if (next.step === 'refuse') return stopped(...next.refusals);
  standing.world.tell(SAYING[next.step]);
  return PERFORM[next.step](standing, sight);
}

async function startDelivery(standing: Standing): Promise<Progress> {
  if (locked(standing).policy.delivery.mode === 'none') {
    await finishUndelivered(standing);
    return goingOn();
  }
  const plan = await planDelivery(standing);
  return plan.ok ? begin(standing, plan.value) : stopped(...plan.refusals);
}

type Step = Exclude<NextStep['step'], 'refuse'>;

const PERFORM: Record<Step, (standing: Standing, sight: Sight) => Promise<Progress>> = {
  again: anew, build, prepare, stage, move, acknowledge, push, found, confirm, finish,
};

const SAYING: Record<Step, string> = {
  again: 'Beginning the delivery anew',
  build: 'Building the tree',
  prepare: 'Making the commit',
  stage: 'Staging the delivered paths',
  move: 'Moving the branch',
  acknowledge: 'The branch has the commit',
  push: 'Pushing',
  found: 'The remote has the commit',
  confirm: 'The remote confirms the commit',
  finish: 'Closing the ticket',
};

const MAIN_BRANCHES = ['main', 'master', 'trunk'];

async function answer(standing: Standing, refusals: readonly Refusal[], already = false): Promise<Outcome<DeliverData>> {
  const { run, ticket } = standing;
  const remarks = [...standing.remarks, ...await replacedRemarks(standing), ...await lastingRemarks(standing)];
  const data: DeliverData = { ...dataOf(run), already: already || undefined };
  if (refusals.length === 0) {
    const { branch, target } = data;
    const integrate: Problem[] = branch === undefined || target === undefined || MAIN_BRANCHES.includes(nameOf(target.ref)) ? [] : [remark('integrate-next', { branch, remote: target.remote })];
    return done('deliver', data, run.delivery === undefined ? [NEW_TICKET] : [`cxw verify ${ticket}`], [...remarks, ...integrate]);
  }
  const waits = refusals.every(({ code }) => code === 'pushed-unconfirmed' || code === 'ticket-blocked');
  return no(waits ? 'waiting' : 'refused', 'deliver', data, [...remarks, ...refusals]);
}

function dataOf({ ticket, state, delivery, lock }: Run): DeliverData {
  return {
    ticket, state,
    mode: lock?.policy.content.delivery.mode,
    commit: delivery?.committed,
    branch: delivery?.intent.branch,
    target: delivery?.intent.target,
    confirmed: delivery?.confirmed?.assigned,
    superseded: delivery?.confirmed?.superseded,
    confirmedAt: delivery?.confirmedAt,
    head: delivery?.confirmed?.head,
  };
}
