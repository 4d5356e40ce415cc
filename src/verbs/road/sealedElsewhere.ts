import { sealedLedgerPath } from '../../domain/closing/places.js';
import type { Digest } from '../../domain/changeSet.js';
import type { Fact } from '../../domain/facts.js';
import { refuse, type Refusal } from '../../domain/problem.js';
import type { Survey } from '../../domain/repository.js';
import type { Standing } from './standing.js';

/**
 * The branch has a sealed ledger of this ticket that this run never sealed: somebody else took the same ticket, and what
 * they delivered came with a pull. It would be delivered once more, over its own records. A commit of this run that
 * somebody rewrote holds what was sealed here.
 */
export async function sealedElsewhere({ world, ticket, view }: Pick<Standing, 'world' | 'ticket' | 'view'>, { head, dirty }: Pick<Survey, 'head' | 'dirty'>): Promise<Refusal[]> {
  const path = sealedLedgerPath(ticket);
  // Neither lies there nor was taken away: git need not be asked.
  if (head === undefined || (await world.files.looks([path]))[0] === undefined && !dirty.some((one) => one.path === path)) return [];
  const sealed = await world.git.history.file(head, path);
  if (sealed === undefined || sealsOf(view.facts).includes(world.digest(sealed))) return [];
  const { chainFaults } = await import('../../domain/sealChain.js');
  const [fault] = chainFaults(sealed, { ticket, hash: world.digest });
  if (fault !== undefined) return [refuse('seal-damaged', { ticket, why: fault.why })];
  const [commit] = await world.git.history.writing(path, head);
  return [refuse('delivered-elsewhere', { ticket, commit: commit?.id ?? head })];
}

const sealsOf = (facts: readonly Fact[]): Digest[] =>
  facts.flatMap((fact) => (fact.kind === 'entered' && fact.state === 'git_delivery_started' ? [fact.evidence.seal] : []));
