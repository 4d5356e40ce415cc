import { claimHolder } from '../../domain/claim.js';
import type { RepoPath } from '../../domain/paths.js';
import { refuse, type Refusal } from '../../domain/problem.js';
import { fold } from '../../domain/run.js';
import { lockedScope } from '../../domain/scope.js';
import type { World } from '../../world/index.js';

/** While a ticket owns the changes of this worktree, a change of specs is written within its scope or not at all. */
export async function foreignRefusals({ ledger }: Pick<World, 'ledger'>, change: string, paths: readonly RepoPath[]): Promise<Refusal[]> {
  const ticket = claimHolder((await ledger.claims()).facts);
  const lock = ticket === undefined ? undefined : fold(ticket, (await ledger.read(ticket)).facts).lock;
  if (ticket === undefined || lock === undefined) return [];
  const scope = lockedScope(lock);
  const outside = paths.filter((path) => !scope.covers(path) || scope.forbids(path) !== undefined);
  return outside.length === 0 ? [] : [refuse('apply-outside-scope', { change, ticket, paths: [...new Set(outside)] })];
}
