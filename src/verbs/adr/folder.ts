import { ADR_FOLDER, ADR_INDEX, ADR_TEMPLATE, numberOf, readDecision, type DecisionReading } from '../../domain/adr/record.js';
import { plainText } from '../../domain/documents/plainText.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import { complain, type Problem } from '../../domain/problem.js';
import type { World } from '../../world/index.js';
import { linkedProblems } from '../linked.js';

/** The records as they stand. */
export interface AdrFolder {
  readings: DecisionReading[];
  index?: string;
  /** Why the index cannot be read, where one stands there: then it is not written either. */
  indexProblems: Problem[];
  template: string;
  /** Of files that cannot be read as records at all. */
  problems: Problem[];
}

type Reader = Pick<World, 'files' | 'assets'>;

/** Reads every record, the index, and the template: the repository's own, else ours. */
export async function adrFolder(world: Reader): Promise<AdrFolder> {
  const linked = await linkedProblems(world, ADR_FOLDER);
  const folder: AdrFolder = { readings: [], template: '', problems: [...linked], indexProblems: linked };
  if (linked.length > 0) return { ...folder, template: await world.assets.template(ADR_TEMPLATE) };
  for (const name of await namesIn(world)) {
    const path = `${ADR_FOLDER}/${name}` as RepoPath;
    if (numberOf(name) === undefined) {
      folder.problems.push(complain('adr-name-malformed', { path }, { file: showPath(path) }));
      continue;
    }
    const { text, problems } = await textAt(world, path);
    folder.problems.push(...problems);
    folder.readings.push(text === undefined ? { number: numberOf(name)!, problems: [] } : readDecision(path, text));
  }
  const index = await textAt(world, ADR_INDEX);
  folder.problems.push(...index.problems);
  return { ...folder, index: index.text, indexProblems: index.problems, template: (await textAt(world, ADR_TEMPLATE)).text ?? await world.assets.template(ADR_TEMPLATE) };
}

/** Files that are records or are meant to be: their names begin with a digit. */
async function namesIn({ files }: Pick<World, 'files'>): Promise<string[]> {
  if (await files.kind(ADR_FOLDER) !== 'directory') return [];
  return (await files.list(ADR_FOLDER)).filter((name) => /^\d.*\.md$/i.test(name));
}

async function textAt({ files }: Pick<World, 'files'>, path: RepoPath): Promise<{ text?: string; problems: Problem[] }> {
  if (await files.kind(path) === 'link') return { problems: [complain('path-through-link', { path, link: path }, { file: showPath(path) })] };
  const bytes = await files.read(path);
  if (bytes === undefined) return { problems: [] };
  const plain = plainText(bytes, showPath(path));
  return plain.ok ? { text: plain.text, problems: [] } : { problems: plain.problems };
}
