import type { BriefPart } from '../../domain/brief.js';
import { POLICY_PATH } from '../../domain/ownFiles.js';
import type { RepoPath } from '../../domain/paths.js';
import { overriddenPolicy } from '../road/committedPolicy.js';
import { changedKeys } from '../road/lockSource.js';
import type { Standing } from '../road/standing.js';
import { part } from './told.js';

/** The rules of this ticket are not those that everybody sees: whoever reviews must know. */
export async function policyPart({ world, run }: Standing): Promise<BriefPart[]> {
  const policy = run.lock?.policy;
  const committed = policy === undefined ? undefined : await overriddenPolicy(world, policy);
  if (policy === undefined || committed === undefined) return [];
  const reading = await world.documents.readPolicy(committed, POLICY_PATH as RepoPath);
  const changed = reading.ok ? changedKeys('policy', reading.value, policy.content) : [];
  return [part('The policy of this ticket is not the committed one', [
    'HEAD holds another .cxw/policy.yaml than the one that was locked for this ticket. From the committed one to the locked one:',
    ...(changed.length === 0 ? ['- nothing that changes a rule'] : changed.map((words) => `- ${words}`)),
  ], 95, true)];
}
