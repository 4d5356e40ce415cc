import type { ObjectId } from '../../domain/changeSet.js';
import { POLICY_PATH } from '../../domain/ownFiles.js';
import type { RepoPath } from '../../domain/paths.js';
import type { Policy } from '../../domain/policy.js';
import type { Run } from '../../domain/run.js';
import type { World } from '../../world/index.js';

type Reader = Pick<World, 'git' | 'documents'>;

/**
 * Whether work without a ticket fails. Three kinds of policy count, and one that demands tickets is enough: the one
 * here, those that the verified tickets were proved under, and those committed at the bases, which no commit that is
 * judged could have touched. A base without a policy demands nothing, and neither does one whose policy this cxw
 * cannot read: a repository may only just be set up. One that a partial clone left at its remote is a failure of the
 * world, as nobody knows what it says.
 */
export async function ticketsAreDemanded(world: Reader, bases: readonly ObjectId[], runs: readonly (Run | undefined)[]): Promise<boolean> {
  const here = await world.documents.policy();
  const known = [here?.ok ? here.value : undefined, ...runs.map((run) => run?.lock?.policy.content)];
  return known.some(demandsTickets) || (await policiesAt(world, bases)).some(demandsTickets);
}

const demandsTickets = (policy: Policy | undefined): boolean => policy?.delivery.unticketed_commits === 'fail';

/** The policies that can be read there, each once: many bases mostly have the same. */
async function policiesAt({ git, documents }: Reader, commits: readonly ObjectId[]): Promise<Policy[]> {
  const path = POLICY_PATH as RepoPath;
  const ids = await git.trees.idsAt(commits.map((commit) => ({ commit, path })));
  const texts = await git.changes.blobs([...new Set(ids.filter((id) => id !== undefined))]);
  const readings = await Promise.all([...texts.values()].map((text) => documents.readPolicy(text, path)));
  return readings.flatMap((reading) => (reading.ok ? [reading.value] : []));
}
