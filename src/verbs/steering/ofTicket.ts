import { refuse, type Refusal } from '../../domain/problem.js';
import type { Run } from '../../domain/run.js';
import { conflictsAmong, sidesOf, undecided } from '../../domain/steering/conflicts.js';
import { loadedPacks, type Loaded, type Steered } from '../../domain/steering/load.js';
import type { Ticket } from '../../domain/ticket.js';
import { touchedPaths } from '../../domain/touched.js';
import type { RepoPath } from '../../domain/paths.js';
import { readPacks, type PackReader } from './packs.js';

/** What a ticket is worked by: the packs that are loaded for it, in order, and those that nobody can read. */
export interface Steering {
  loaded: Loaded[];
  unreadable: RepoPath[];
}

export async function steeringOf(world: PackReader, run: Run, ticket: Ticket, files: readonly RepoPath[]): Promise<Steering> {
  const readings = await readPacks(world, files);
  return {
    loaded: loadedPacks(readings.flatMap((reading) => (reading.ok ? [reading.value] : [])), steeredBy(run, ticket)),
    unreadable: readings.flatMap((reading) => (reading.ok ? [] : [reading.path])),
  };
}

/** What the ticket and, as far as they are there, its plan and its change show. */
function steeredBy(run: Run, ticket: Ticket): Steered {
  return {
    paths: touchedPaths(run, ticket),
    patterns: ticket.class === 'quick' ? [] : ticket.scope.allowed,
    words: `${ticket.title} ${ticket.kind}`,
    named: ticket.class === 'quick' ? [] : ticket.steering ?? [],
  };
}

/** No writer begins while the guidance of the ticket cannot be read, or says two things at once and nobody decided which holds. */
export async function steeringRefusals(world: PackReader, run: Run, files: readonly RepoPath[]): Promise<Refusal[]> {
  const ticket = run.lock?.ticket.content;
  if (ticket === undefined) return [];
  const { loaded, unreadable } = await steeringOf(world, run, ticket, files);
  const decisions = ticket.class === 'quick' ? [] : (ticket.decisions?.locked ?? []).map((decision) => decision.text);
  const conflicts = undecided(conflictsAmong(loaded.map(({ pack }) => pack)), decisions);
  return [
    ...(unreadable.length === 0 ? [] : [refuse('steering-unreadable', { paths: unreadable })]),
    ...conflicts.map((conflict) => refuse('steering-undecided', { ticket: run.ticket, key: conflict.key, sides: sidesOf(conflict) })),
  ];
}
