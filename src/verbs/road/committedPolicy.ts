import { encoded, sameText } from '../../domain/fileText.js';
import { POLICY_PATH } from '../../domain/ownFiles.js';
import type { RepoPath } from '../../domain/paths.js';
import { refuse, remark, type Refusal } from '../../domain/problem.js';
import type { World } from '../../world/index.js';
import type { Standing } from './standing.js';

/**
 * The policy that HEAD holds, where another one governs: it was edited on disk, and nobody else sees it. Nothing where
 * HEAD holds none, as in a repository that is just being set up.
 */
export async function overriddenPolicy({ git, blobId }: Pick<World, 'git' | 'blobId'>, governing: { text: string }): Promise<Uint8Array | undefined> {
  const [id] = await git.trees.idsAt([{ commit: 'HEAD', path: POLICY_PATH as RepoPath }]);
  if (id === undefined || blobId(encoded(governing.text), id) === id) return undefined;
  const committed = await git.changes.blob(id);
  return sameText(committed, governing.text.replaceAll('\r\n', '\n')) ? undefined : committed;
}

/** Whoever works by a policy that is not committed is told. An agent could have weakened it, so a person must go on, or it is committed for all to see. */
export async function uncommittedPolicyRefusals({ world, ticket, remarks }: Standing, governing: { text: string }): Promise<Refusal[]> {
  if (await overriddenPolicy(world, governing) === undefined) return [];
  const { agent } = world.session;
  if (agent !== undefined) return [refuse('policy-uncommitted', { ticket, agent })];
  remarks.push(remark('policy-uncommitted', { ticket }, 'warning'));
  return [];
}
