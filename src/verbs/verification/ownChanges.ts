import { emptyTree, isDeletion, type ChangedPath } from '../../domain/changeSet.js';
import { sealedLedgerPath } from '../../domain/closing/places.js';
import type { RepoPath } from '../../domain/paths.js';
import type { CommitInfo } from '../../domain/repository.js';
import type { TicketId } from '../../domain/ticket.js';
import { isTicketId } from '../../domain/verification/trailers.js';
import type { World } from '../../world/index.js';

/** What a commit changes by itself. What a merge brings in is in the commits that it merges; the first commit brings in all it holds. */
export async function ownChanges({ git }: Pick<World, 'git'>, { id, parents }: CommitInfo): Promise<ChangedPath[]> {
  const [parent = emptyTree(id), second, ...others] = parents;
  if (second === undefined) return git.trees.difference(parent, id);
  return others.length === 0 ? git.trees.beyondMerging(id) : differentFromAll(await Promise.all(parents.map((one) => git.trees.difference(one, id))));
}

/** Git merges more than two at once only where they have nothing to do with each other. */
const differentFromAll = ([first = [], ...others]: readonly ChangedPath[][]): ChangedPath[] =>
  first.filter(({ path }) => others.every((difference) => difference.some((entry) => entry.path === path)));

/** The tickets whose evidence a commit itself puts there: their sealed ledgers are among its own changes. */
export const sealedBy = (own: readonly ChangedPath[]): TicketId[] => own.filter((entry) => !isDeletion(entry)).flatMap(({ path }) => sealedTicket(path));

/** The ticket whose sealed ledger stands at a path, if one does. */
export function sealedTicket(path: RepoPath): TicketId[] {
  const ticket = path.split('/')[2] ?? '';
  return isTicketId(ticket) && path === sealedLedgerPath(ticket) ? [ticket] : [];
}
