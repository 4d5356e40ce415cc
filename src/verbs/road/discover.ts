import { claimHolder } from '../../domain/claim.js';
import type { Fingerprints, Target } from '../../domain/facts.js';
import type { RepoPath } from '../../domain/paths.js';
import { granted, refuse, refused, type Refusal } from '../../domain/problem.js';
import type { Baseline, FingerprintDetails, RemoteConfiguration, Survey } from '../../domain/repository.js';
import { deliveryRefusals, targetOf, type RemoteAnswer } from '../../domain/delivery/preconditions.js';
import type { PrivateBaseline } from '../../world/privateState.js';
import { locked, LostRace, type Standing, type Step } from './standing.js';

/**
 * State 2: what the repository is before anything is changed, every precondition of delivery that can be known now,
 * and the baseline of all work that was there before, with safety copies outside the worktree.
 */
export const discover: Step = async (standing) => {
  const { world, ticket, wishes } = standing;
  const busy = await claimRefusals(standing);
  if (busy.length > 0) return refused(busy);

  const survey = await world.git.repository.fullSurvey();
  const seen = await lookAtDelivery(standing, survey);
  // Only a discovery that was remembered counts: a baseline without its fact is a run that was cut short.
  const known = standing.run.discovery === undefined ? undefined : await world.private.baseline(ticket);
  const dirt = known === undefined ? dirtRefusals(standing, survey) : [];
  const refusals = [...seen.refusals, ...dirt, ...leftoverRefusals(standing, survey)];
  if (refusals.length > 0) return refused(refusals);

  const kept = await keepBaseline(standing, survey, known);
  if (!wishes.dryRun) await claim(standing);
  const copies = wishes.dryRun
    ? { copied: 0, notCopied: 0 }
    : await world.private.copyToSafety(ticket, kept.baseline.paths, locked(standing).policy.limits.safety_copy_bytes);
  return granted([{
    kind: 'entered', state: 'repository_discovered', by: standing.actor, origin: standing.origin,
    evidence: {
      branch: survey.branch!,
      head: survey.head!,
      objectFormat: await world.git.repository.objectFormat(),
      mode: locked(standing).policy.delivery.mode,
      target: seen.target,
      remoteTip: seen.remoteTip,
      fingerprints: published(world, kept),
      baseline: { digest: world.digest(JSON.stringify([kept.baseline.salt, kept.baseline.paths])), ...counts(kept.baseline), ...copies },
      adopted: known === undefined ? dirtyScope(standing, survey) : standing.run.discovery?.adopted ?? [],
      git: await world.git.repository.gitVersion(),
    },
  }]);
};

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

interface DeliveryView {
  refusals: Refusal[];
  target?: Target;
  remoteTip?: string;
}

/** All preconditions of delivery that can be known before the work: better refused now than after the review. */
async function lookAtDelivery(standing: Standing, survey: Survey): Promise<DeliveryView> {
  const { world, ticket } = standing;
  const { policy } = locked(standing);
  const [operation, identity, replacements, locks, remote] = await Promise.all([
    world.git.repository.operation(),
    world.git.repository.identity(),
    world.git.repository.replacements(),
    world.git.repository.locks(),
    survey.branch === undefined ? noRemote : world.git.remote.configuration(survey.branch),
  ]);
  const target = survey.branch === undefined ? undefined : targetOf(remote, survey.branch, policy);
  const ground = { ticket, survey, operation, identity, replacements, locks, remote, begun: standing.run.discovery !== undefined };
  const early = deliveryRefusals(ground, policy);
  if (target === undefined || early.length > 0) return { refusals: early };
  const asked = await askRemote(standing, target, survey.head!);
  return { refusals: deliveryRefusals({ ...ground, asked }, policy), target, remoteTip: asked.tip };
}

/** The remote's own answer, and which commits lie between it and HEAD as far as they are known here. */
async function askRemote({ world, run }: Standing, target: Target, head: string): Promise<RemoteAnswer> {
  const tip = await world.git.remote.ask(target, run.lock!.policy.content.delivery.timeout);
  if (tip === undefined || tip === head) return { target, tip, unpushed: [] };
  const [unpushed, incoming] = await Promise.all([world.git.history.between(tip, head, 5), world.git.history.between(head, tip, 5)]);
  return { target, tip, unpushed, incoming };
}

const noRemote: RemoteConfiguration = { remotes: [], pushUrls: [], mirror: false };

function dirtyScope(standing: Standing, survey: Survey): RepoPath[] {
  const { scope } = locked(standing);
  return survey.dirty.map((dirty) => dirty.path).filter((path) => scope.covers(path));
}

function dirtRefusals(standing: Standing, survey: Survey): Refusal[] {
  const paths = dirtyScope(standing, survey);
  return paths.length === 0 || standing.wishes.adopt ? [] : [refuse('scope-dirty', { ticket: standing.ticket, paths })];
}

/** Records that an earlier ticket left uncommitted. */
function leftoverRefusals({ ticket }: Standing, survey: Survey): Refusal[] {
  const byTicket = new Map<string, RepoPath[]>();
  for (const { path } of survey.dirty) {
    const earlier = /^tickets\/records\/([^/]+)\/(?!drafts\/)/.exec(path)?.[1];
    if (earlier !== undefined && earlier !== ticket && earlier !== '.gitattributes') byTicket.set(earlier, [...(byTicket.get(earlier) ?? []), path]);
  }
  return [...byTicket].map(([earlier, paths]) => refuse('leftovers', { ticket, earlier, paths }));
}

/** The first baseline is kept through every refresh: what was there before stays what was there before. */
async function keepBaseline({ world, ticket, wishes }: Standing, survey: Survey, known: PrivateBaseline | undefined): Promise<PrivateBaseline> {
  const salt = known?.baseline.salt ?? world.salt();
  const kept: PrivateBaseline = {
    baseline: known?.baseline ?? await world.git.repository.baseline(survey, salt),
    mine: known?.mine ?? [],
    fingerprints: await world.git.repository.fingerprints(salt),
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

/** One digest per kind; the names stay private. */
function published(world: Standing['world'], { baseline, fingerprints }: PrivateBaseline): Fingerprints {
  const digest = (kind: keyof FingerprintDetails): string => world.digest(JSON.stringify([baseline.salt, Object.entries(fingerprints[kind]).sort()]));
  return { hooks: digest('hooks'), filters: digest('filters'), attributes: digest('attributes'), agents: digest('agents'), config: digest('config') };
}
