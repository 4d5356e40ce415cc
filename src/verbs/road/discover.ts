import { claimHolder } from '../../domain/claim.js';
import type { RepoPath } from '../../domain/paths.js';
import { granted, refuse, refused, remark, type Refusal } from '../../domain/problem.js';
import type { Baseline, Survey } from '../../domain/repository.js';
import { fold } from '../../domain/run.js';
import type { PrivateBaseline } from '../../world/privateState.js';
import type { Look } from '../../world/git/index.js';
import { childrenToClose } from '../family/binding.js';
import { handedUp } from '../family/handedUp.js';
import { unagreedRefusals } from './agreement.js';
import { lookAtGround } from './ground.js';
import { baselineDigest, earlierBaseline, fingerprintDigests } from './keptBaseline.js';
import { pristineAmong } from './pristine.js';
import { lookOf } from './sighting.js';
import { locked, LostRace, ticketPath, type Standing, type Step } from './standing.js';
import { unreachableRefusals } from './unreachable.js';

/**
 * State 2: what the repository is before anything is changed, every precondition of delivery that can be known now,
 * and the baseline of all work that was there before, with safety copies outside the worktree.
 */
export const discover: Step = async (standing) => {
  const { world, ticket, wishes } = standing;
  const busy = await claimRefusals(standing);
  if (busy.length > 0) return refused(busy);
  const children = await childrenToClose(world, locked(standing).ticket);
  if (!children.ok) return children;

  const look = await lookOf(standing);
  const unagreed = await unagreedRefusals(standing);
  if (unagreed.length > 0) return refused(unagreed);
  const survey = await look.fullSurvey();
  const seen = await lookAtGround(standing, survey);
  const known = await earlierBaseline(standing);
  const own = await handedUp(world, look, children.value ?? []);
  const inScope = known === undefined ? dirtyScope(standing, survey) : [];
  const dirt = known === undefined ? dirtRefusals(standing, inScope, own) : [];
  const refusals = [...seen.refusals, ...await unreachableRefusals(standing, survey), ...await unseenRefusals(standing, look), ...dirt, ...await leftoverRefusals(standing, survey)];
  if (refusals.length > 0) return refused(refusals);

  const renewal = await renewalOf(standing, survey, known);
  const kept = await keepBaseline(standing, look, survey, known);
  if (!wishes.dryRun) await claim(standing);
  const copies = wishes.dryRun
    ? { copied: 0, notCopied: 0 }
    : await world.private.copyToSafety(ticket, kept.baseline.paths, locked(standing).policy.limits.safety_copy_bytes);
  return granted([{
    kind: 'entered', state: 'repository_discovered', by: standing.actor, origin: standing.origin,
    evidence: {
      branch: survey.branch!,
      head: survey.head!,
      objectFormat: survey.head!.length === SHA1_DIGITS ? 'sha1' : 'sha256',
      mode: locked(standing).policy.delivery.mode,
      target: seen.target,
      remoteTip: seen.remoteTip,
      fingerprints: fingerprintDigests(standing, kept),
      baseline: { digest: baselineDigest(standing, kept.baseline), ...counts(kept.baseline), ...copies, ...renewal },
      adopted: known === undefined ? inScope : standing.run.discovery?.adopted ?? [],
      git: await world.git.repository.gitVersion(),
      ...(children.value === undefined ? {} : { children: children.value.map(({ ticket: child, how, reason }) => ({ ticket: child, how, ...(reason === undefined ? {} : { reason }) })) }),
    },
  }]);
};

const SHA1_DIGITS = 40;

async function claimRefusals({ world, ticket }: Standing): Promise<Refusal[]> {
  const holder = claimHolder((await world.ledger.claims()).facts);
  return holder === undefined || holder === ticket ? [] : [refuse('writer-busy', { ticket, holder })];
}

/** From here until the ticket ends its claim stands: no other ticket may change this worktree. */
async function claim({ world, ticket, actor, origin }: Standing): Promise<void> {
  const view = await world.ledger.claims();
  if (claimHolder(view.facts) === ticket) return;
  const taken = await world.ledger.appendClaim(view, { kind: 'claimed', ticket, by: actor, origin });
  if (taken === undefined) throw new LostRace(ticket);
}

function dirtyScope(standing: Standing, survey: Survey): RepoPath[] {
  const { scope } = locked(standing);
  return survey.dirty.map((dirty) => dirty.path).filter((path) => scope.covers(path));
}

/** What its children have left is a parent's own. */
function dirtRefusals(standing: Standing, inScope: readonly RepoPath[], own: ReadonlySet<RepoPath>): Refusal[] {
  const paths = inScope.filter((path) => !own.has(path));
  return paths.length === 0 || standing.wishes.adopt ? [] : [refuse('scope-dirty', { ticket: standing.ticket, paths })];
}

/** Nothing can be delivered of a ticket that git does not see. */
async function unseenRefusals({ ticket }: Standing, look: Look): Promise<Refusal[]> {
  const paths = await look.ignored([ticketPath(ticket)]);
  return paths.length === 0 ? [] : [refuse('ignored-path', { ticket, paths })];
}

/** What HEAD has and this worktree has lost, and nothing else stands or is staged in its place: to commit that would take it away. */
async function lostHere({ files }: Standing['world'], { dirty }: Survey, isMeant: (path: RepoPath) => boolean): Promise<RepoPath[]> {
  const half = dirty.filter(({ path, kind, staged, unstaged }) => isMeant(path) && kind === 'changed' && staged !== unstaged).map(({ path }) => path);
  const kinds = await Promise.all(half.map((path) => files.kind(path)));
  return half.filter((_, at) => kinds[at] === 'absent');
}

/** Records that an earlier ticket left uncommitted. Those of one that was to deliver nothing lie where they belong. */
async function leftoverRefusals({ ticket, world }: Standing, survey: Survey): Promise<Refusal[]> {
  const byTicket = new Map<string, RepoPath[]>();
  for (const { path } of survey.dirty) {
    const earlier = /^tickets\/records\/([^/]+)\/(?!drafts\/)/.exec(path)?.[1];
    if (earlier !== undefined && earlier !== ticket && earlier !== '.gitattributes') byTicket.set(earlier, [...(byTicket.get(earlier) ?? []), path]);
  }
  const left = await Promise.all([...byTicket].map(async ([earlier, paths]) => {
    const { end, discovery } = fold(earlier, (await world.ledger.read(earlier)).facts);
    if (end?.how === 'done' && discovery?.mode === 'none') return [];
    const gone = await lostHere(world, survey, (path) => paths.includes(path) || path === ticketPath(earlier));
    const left = paths.filter((path) => !gone.includes(path));
    return [
      ...(left.length === 0 ? [] : [refuse('leftovers', { ticket, earlier, paths: left })]),
      ...(gone.length === 0 ? [] : [refuse('records-gone', { ticket, earlier, paths: gone })]),
    ];
  }));
  return left.flat();
}

/**
 * Where the baseline of the beginning is damaged, all that is dirty beside the ticket now counts as having been there
 * before. No agent gets this far; the person is told.
 */
async function renewalOf(standing: Standing, { dirty }: Survey, known: PrivateBaseline | undefined): Promise<{ renewed?: true }> {
  const { world, ticket, run } = standing;
  if (run.discovery === undefined || known !== undefined) return {};
  const { scope } = locked(standing);
  const beside = dirty.map(({ path }) => path).filter((path) => !scope.covers(path) && !scope.isManaged(path));
  const pristine = new Set(await pristineAmong(world, beside));
  const paths = beside.filter((path) => !pristine.has(path));
  if (paths.length > 0) standing.remarks.push(remark('baseline-renewed', { ticket, paths }, 'warning'));
  return { renewed: true };
}

/** The first baseline is kept through every refresh: what was there before stays what was there before. */
async function keepBaseline({ world, ticket, wishes }: Standing, look: Look, survey: Survey, known: PrivateBaseline | undefined): Promise<PrivateBaseline> {
  const salt = known?.baseline.salt ?? world.salt();
  const kept: PrivateBaseline = {
    baseline: known?.baseline ?? await look.baseline(survey, salt),
    mine: known?.mine ?? [],
    fingerprints: await look.fingerprints(salt),
  };
  if (!wishes.dryRun) await world.private.saveBaseline(ticket, kept);
  return kept;
}

function counts({ paths, ignored }: Baseline): { dirty: number; staged: number; untracked: number; hidden: number; ignored: number } {
  return {
    dirty: paths.filter((path) => !path.untracked).length,
    staged: paths.filter((path) => path.staged).length,
    untracked: paths.filter((path) => path.untracked).length,
    hidden: paths.filter((path) => path.hidden !== undefined).length,
    ignored,
  };
}
