import type { Target } from '../../domain/facts.js';
import type { Run } from '../../domain/run.js';
import type { ObjectId } from '../../domain/changeSet.js';
import type { VerifiedTicket } from '../../domain/verification/report.js';
import type { World } from '../../world/index.js';

export interface Delivered {
  delivered: VerifiedTicket['delivered'];
  /** One sentence. */
  why: string;
}

/** How long the remote may take, in seconds. */
const PATIENCE = 30;

/** Whether the remote's branch contains the commit: the remote is asked itself, under this clone's own configuration. */
export async function wasDelivered(world: Pick<World, 'git'>, run: Run | undefined, commit: ObjectId): Promise<Delivered> {
  const targets = await targetsOf(world, run);
  if (targets.length === 0) return { delivered: 'unknown', why: 'This clone has no one remote that could be asked.' };
  let answer: Delivered = { delivered: 'no', why: 'No branch that was asked for is on the remote.' };
  for (const target of targets) {
    const asked = await ask(world, target, commit);
    if (asked.delivered === 'yes') return asked;
    if (asked.delivered === 'unknown' || answer.delivered === 'no') answer = asked;
  }
  return answer;
}

/** The branch that was delivered to, and the one that this clone follows, where it may have been merged since. */
async function targetsOf(world: Pick<World, 'git'>, run: Run | undefined): Promise<Target[]> {
  const branch = (await world.git.branch.head()).ref ?? run?.discovery?.branch ?? 'refs/heads/main';
  const { remotes, upstream, pushUrls } = await world.git.remote.configuration(branch);
  const remote = upstream?.remote ?? remotes[0];
  const [url, ...others] = pushUrls;
  if (remote === undefined || url === undefined || others.length > 0) return [];
  const refs = new Set([run?.discovery?.target?.ref, upstream?.ref].filter((ref) => ref !== undefined && ref.startsWith('refs/heads/')));
  return [...refs].map((ref) => ({ remote, ref: ref!, url }));
}

async function ask(world: Pick<World, 'git'>, target: Target, commit: ObjectId): Promise<Delivered> {
  const answer = await world.git.remote.answer(target, PATIENCE);
  if (!answer.reached) return { delivered: 'unknown', why: `The remote did not answer: ${answer.said}` };
  const { tip } = answer;
  if (tip === undefined) return { delivered: 'no', why: `The remote has no ${target.ref}.` };
  const contained = tip === commit || await world.git.remote.contains(tip, commit);
  if (contained === 'unknown') return { delivered: 'unknown', why: `${target.ref} on the remote is at a commit that this clone does not have.` };
  if (contained === 'cut-off') return { delivered: 'unknown', why: `This clone is shallow: its history ends before it tells whether ${target.ref} on the remote contains the commit.` };
  return contained
    ? { delivered: 'yes', why: `${target.ref} on the remote contains the commit.` }
    : { delivered: 'no', why: `${target.ref} on the remote does not contain the commit.` };
}
