import { POLICY_PATH } from '../../domain/ownFiles.js';
import type { RepoPath } from '../../domain/paths.js';
import { refuse, type Refusal } from '../../domain/problem.js';
import type { Run } from '../../domain/run.js';
import { sameData } from '../../domain/verification/sameData.js';
import { ticketPath } from '../../domain/verification/sets.js';
import type { Reading } from '../../world/documents.js';
import type { World } from '../../world/index.js';

/** What the facts say that ticket and policy mean is what their locked texts mean: nobody put easier proofs beside a strict text. */
export async function sourceRefusals(world: Pick<World, 'documents'>, { ticket, lock }: Run): Promise<Refusal[]> {
  if (lock === undefined) return [];
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const [ticketReading, policyReading] = await Promise.all([
    world.documents.readTicket(encode(lock.ticket.text), ticketPath(ticket)),
    world.documents.readPolicy(encode(lock.policy.text), POLICY_PATH as RepoPath),
  ]);
  const wanting = (what: string, reading: Reading<unknown>, content: unknown): Refusal[] => {
    const why = reading.ok ? 'means something else than the facts say' : 'cannot be read';
    return reading.ok && sameData(reading.value, content) ? [] : [refuse('evidence-wanting', { ticket, state: 'source_lock_validated', why: `the text of the ${what} ${why}.` })];
  };
  return [...wanting('ticket', ticketReading, lock.ticket.content), ...wanting('policy', policyReading, lock.policy.content)];
}
