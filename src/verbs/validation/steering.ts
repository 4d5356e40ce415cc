import type { RepoPath } from '../../domain/paths.js';
import type { Problem } from '../../domain/problem.js';
import { conflictProblems } from '../../domain/steering/conflicts.js';
import { readPacks, type PackReader } from '../steering/packs.js';

/** What is wrong with guidance packs, each by itself, and where those that can be read disagree. */
export async function steeringProblems(world: PackReader, paths: readonly RepoPath[]): Promise<Problem[]> {
  const readings = await readPacks(world, paths);
  const valid = readings.flatMap((reading) => (reading.ok ? [reading] : []));
  return [
    ...readings.flatMap((reading) => (reading.ok ? reading.warnings : reading.problems)),
    ...conflictProblems(valid.map(({ value }) => value), (pack, rule) => valid.find(({ value }) => value === pack)!.where.value(['rules', rule, 'value'])),
  ];
}
