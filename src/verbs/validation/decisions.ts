import { decisionProblems } from '../../domain/adr/problems.js';
import type { Problem } from '../../domain/problem.js';
import type { World } from '../../world/index.js';
import { adrFolder } from '../adr/folder.js';

/** What is wrong with the decision records: one by one, together, and against their index. */
export async function recordedDecisionProblems(world: Pick<World, 'assets' | 'files'>): Promise<Problem[]> {
  const folder = await adrFolder(world);
  return folder.readings.length === 0 && folder.index === undefined ? folder.problems : [...folder.problems, ...decisionProblems(folder)];
}
