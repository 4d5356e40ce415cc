import { sealedLedgerPath } from '../../domain/closing.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import type { Policy } from '../../domain/policy.js';
import { complain, type Problem } from '../../domain/problem.js';
import type { Whereabouts } from '../../domain/documents/whereabouts.js';
import type { Ticket } from '../../domain/ticket.js';
import { ticketProblems } from '../../domain/ticketRules.js';
import type { World } from '../../world/index.js';

type Reader = Pick<World, 'documents' | 'files'>;

/** Everything wrong with a ticket file. A ticket that is sealed was judged by the policy of its day, not by today's. */
export async function ticketFileProblems(world: Reader, path: RepoPath, policy: Policy | undefined): Promise<Problem[]> {
  const reading = await world.documents.ticketAt(path);
  if (reading === undefined) return [];
  if (!reading.ok) return reading.problems;
  const isSealed = await world.files.kind(sealedLedgerPath(reading.value.id)) !== 'absent';
  if (isSealed) return reading.warnings;
  return [...ticketProblems(reading.value, policy, reading.where), ...await specProblems(world, reading.value, reading.where)];
}

/** The specs that a ticket carries out are there to be locked. */
async function specProblems({ files }: Reader, ticket: Ticket, where: Whereabouts): Promise<Problem[]> {
  if (ticket.class === 'quick' || ticket.specs.mode === 'no_spec') return [];
  const { mode: _, ...specs } = ticket.specs;
  const found = await Promise.all(Object.entries(specs).map(async ([key, path]) => (path === undefined || await files.kind(path) === 'file'
    ? []
    : [complain('spec-missing', { key, path: showPath(path) }, where.value(['specs', key], 'no such file'))])));
  return found.flat();
}
