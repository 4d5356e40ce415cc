import { fieldsIn } from '../../domain/documents/markdown.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import { complain, type Problem } from '../../domain/problem.js';
import { isFeatureRecord, PROGRESS_FOLDER } from '../../domain/progress/places.js';
import { progressProblems } from '../../domain/progress/problems.js';
import type { World } from '../../world/index.js';
import { linkedProblems } from '../linked.js';
import { standingProgress } from '../progress/pages.js';
import { recordedTickets } from '../ticketFacts.js';

type Reader = Pick<World, 'files' | 'git' | 'tickets'>;

/** What is wrong with the pages of progress: the index against the sealed records, and records of merged features against HEAD. */
export async function standingProgressProblems(world: Reader): Promise<Problem[]> {
  const linked = await linkedProblems(world, PROGRESS_FOLDER);
  if (linked.length > 0 || await world.files.kind(PROGRESS_FOLDER) !== 'directory') return linked;
  const { index, archive, problems } = await standingProgress(world);
  const sealed = index === undefined ? new Set<string>() : await world.tickets.sealed(await recordedTickets(world));
  return [...problems, ...(index === undefined ? [] : progressProblems({ index, archive: [...archive.values()], sealed })), ...await frozenProblems(world)];
}

/** Git says what differs from HEAD, so that line endings of a checkout do not. */
async function frozenProblems({ git }: Reader): Promise<Problem[]> {
  const { head, dirty } = await git.repository.survey();
  if (head === undefined) return [];
  const found = await Promise.all(dirty.map(({ path }) => path).filter(isFeatureRecord).map(async (path) => {
    const then = await git.history.file(head, path);
    return then !== undefined && isMerged(then) ? [complain('progress-frozen', { path }, placeOf(path))] : [];
  }));
  return found.flat();
}

const isMerged = (record: Buffer): boolean => fieldsIn(record.toString('utf8')).some(({ name, text }) => name === 'Status' && text === 'Merged');

const placeOf = (path: RepoPath): { file: string } => ({ file: showPath(path) });
