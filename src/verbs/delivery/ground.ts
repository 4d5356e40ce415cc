import { deliveryRefusals, movedRefusals, targetOf, type Ground } from '../../domain/delivery/preconditions.js';
import type { Target } from '../../domain/facts.js';
import type { Refusal } from '../../domain/problem.js';
import type { Survey } from '../../domain/repository.js';
import { discovered, locked, type Standing } from '../road/standing.js';

/** What the ground looks like, and everything that speaks against delivering from it. */
export interface GroundView {
  survey: Survey;
  target?: Target;
  refusals: Refusal[];
}

/** Looks again at everything that discovery looked at: branch, state of git, target, and the remote itself. */
export async function lookAtGround(standing: Standing): Promise<GroundView> {
  const { world: { git }, ticket } = standing;
  const { policy } = locked(standing);
  const discovery = discovered(standing);
  const [survey, operation, identity, replacements, locks, remote] = await Promise.all([
    git.repository.fullSurvey(),
    git.repository.operation(),
    git.repository.identity(),
    git.repository.replacements(),
    git.repository.locks(),
    git.remote.configuration(discovery.branch),
  ]);
  const commits = survey.head === undefined ? [] : await git.history.between(discovery.head, survey.head, 5);
  const moved = movedRefusals({ ticket, discovery, survey, commits });
  const seen: Ground = { ticket, survey, operation, identity, replacements, locks, remote, begun: true };
  const local = deliveryRefusals(seen, policy);
  const target = targetOf(remote, discovery.branch, policy);
  if (target === undefined || local.length + moved.length > 0) return { survey, target, refusals: withoutDoubles([...moved, ...local]) };
  const tip = await git.remote.ask(target, policy.delivery.timeout);
  const same = tip === undefined || tip === survey.head;
  const [unpushed, incoming] = same ? [[], []] : await Promise.all([git.history.between(tip, survey.head!, 5), git.history.between(survey.head!, tip, 5)]);
  return { survey, target, refusals: deliveryRefusals({ ...seen, asked: { target, tip, unpushed, incoming } }, policy) };
}

/** Two rules may give the same reason, as for a detached HEAD; it is said once. */
function withoutDoubles(refusals: readonly Refusal[]): Refusal[] {
  return refusals.filter((refusal, at) => refusals.findIndex((other) => other.code === refusal.code) === at);
}
