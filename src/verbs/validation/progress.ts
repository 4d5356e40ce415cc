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

/** What is wrong with the pages of progress: the index against the sealed records, and records of merged features against what was merged. */
export async function standingProgressProblems(world: Reader): Promise<Problem[]> {
  const linked = await linkedProblems(world, PROGRESS_FOLDER);
  if (linked.length > 0 || await world.files.kind(PROGRESS_FOLDER) !== 'directory') return linked;
  const { index, archive, problems } = await standingProgress(world);
  const sealed = index === undefined ? new Set<string>() : await world.tickets.sealed(await recordedTickets(world));
  return [...problems, ...(index === undefined ? [] : progressProblems({ index, archive: [...archive.values()], sealed })), ...await frozenProblems(world)];
}

/** A record stays what it was when it first said Merged: in every later commit, and here. Git compares, so that line endings of a checkout do not count. */
async function frozenProblems({ files, git }: Reader): Promise<Problem[]> {
  const { head, dirty } = await git.repository.survey();
  const edited = dirty.map(({ path }) => path).filter(isFeatureRecord);
  const here = (await files.list(PROGRESS_FOLDER)).map((name) => `${PROGRESS_FOLDER}/${name}` as RepoPath).filter(isFeatureRecord);
  const records = [...new Set([...here, ...edited])];
  if (head === undefined || records.length === 0) return [];
  const commits = await git.history.touching(PROGRESS_FOLDER, head);
  const found = await Promise.all(records.map(async (path) => {
    const frozen = await mergedText(git, commits, path);
    if (frozen === undefined) return [];
    const [now] = await git.trees.idsAt([{ commit: head, path }]);
    const isSame = edited.includes(path) ? await isWritten(files, path, frozen.text) : now === frozen.id;
    return isSame ? [] : [complain('progress-frozen', { path, commit: frozen.commit.slice(0, 12) }, placeOf(path))];
  }));
  return found.flat();
}

/** The first text of a record that said Merged. */
async function mergedText({ changes, trees }: Reader['git'], commits: readonly string[], path: RepoPath): Promise<{ commit: string; id: string; text: Buffer } | undefined> {
  const ids = await trees.idsAt(commits.map((commit) => ({ commit, path })));
  const texts = await changes.blobs([...new Set(ids.filter((id) => id !== undefined))]);
  const at = ids.findIndex((id) => id !== undefined && isMerged(texts.get(id)!));
  return at < 0 ? undefined : { commit: commits[at]!, id: ids[at]!, text: texts.get(ids[at]!)! };
}

const isWritten = async (files: Reader['files'], path: RepoPath, text: Buffer): Promise<boolean> =>
  await files.kind(path) === 'file' && (await files.read(path))?.equals(text) === true;

const isMerged = (record: Buffer): boolean => fieldsIn(record.toString('utf8')).some(({ name, text }) => name === 'Status' && text === 'Merged');

const placeOf = (path: RepoPath): { file: string } => ({ file: showPath(path) });
