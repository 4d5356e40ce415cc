import { kinFaults } from '../../domain/family/faults.js';
import type { Family, Kin } from '../../domain/family/kin.js';
import type { Problem } from '../../domain/problem.js';
import { ticketPath } from '../../domain/verification/sets.js';
import type { World } from '../../world/index.js';
import type { Judgement } from '../../world/tickets/index.js';

type Reader = Pick<World, 'documents' | 'tickets'>;

/** What tickets that name each other say against each other, each where it is written. Tickets that stand alone cost nothing. */
export async function chainProblems(world: Reader, judgements: readonly (Judgement | undefined)[]): Promise<Problem[]> {
  const named = judgements.flatMap((judgement) => judgement?.head?.kin ?? []);
  if (named.length === 0) return [];
  const family = await familyHere(world);
  return (await Promise.all(named.map((kin) => placed(world, kin, family)))).flat();
}

async function familyHere({ documents, tickets }: Reader): Promise<Family> {
  const ids = await documents.ticketIds();
  const heads = await tickets.heads(ids.map(ticketPath));
  return new Map(ids.map((id, at): [string, Kin | undefined] => {
    const head = heads[at]?.head;
    return [id, head && (head.kin ?? { id, isParent: false, after: [], children: [], stages: [], reach: { field: 'allowed', patterns: [] } })];
  }));
}

/** The text is read again for those that something is wrong with. */
async function placed({ documents }: Reader, kin: Kin, family: Family): Promise<Problem[]> {
  const faults = kinFaults(kin, family);
  if (faults.length === 0) return [];
  const reading = await documents.ticket(kin.id);
  return faults.map(({ refusal, path, label }) => (reading?.ok ? { ...refusal, place: reading.where.value(path, label) } : refusal));
}
