import { truthOf } from '../../domain/gitSettings.js';
import type { Survey, DirtyPath } from '../../domain/repository.js';
import { inGitsOrder, isSubmodule, type IndexLine } from '../../domain/porcelain.js';
import { parseIndex, parseStatus } from './answers.js';
import { LINES_OF_INDEX, STATUS, TELL_ALL } from './questions.js';
import { obstaclesBelow, placeOf, statOf } from '../containment.js';
import { blobIdAt, isExecutable } from '../contents.js';
import type { Places } from '../places.js';
import type { Readings } from './readings.js';
import type { GitRunner } from './runner.js';

/** One look at the worktree, by one call of git. */
export async function survey(runner: GitRunner): Promise<Survey> {
  const { ignored, ...seen } = parseStatus(await runner.run(STATUS, { doing: 'reading the status', config: TELL_ALL }));
  return seen;
}

/** How many paths ignore rules keep out. */
export async function countIgnored(runner: GitRunner): Promise<number> {
  const answer = await runner.run([...STATUS, '--ignored=matching'], { doing: 'counting ignored paths', config: TELL_ALL });
  return parseStatus(answer).ignored.length;
}

/** The same look, with paths whose changes git's own status does not show: index bits, and modes it was told to ignore. */
export async function fullSurvey(readings: Readings, places: Places): Promise<Survey> {
  const [seen, index, settings] = await Promise.all([readings.status(), readings.index(), indexSettings(readings)]);
  const shown = new Set(seen.dirty.map((dirty) => dirty.path));
  const candidates = index.filter((line) => line.stage === 0 && !shown.has(line.path));
  const hidden = [
    ...hiddenByBits(candidates, places, settings),
    ...(settings.fileMode ? [] : hiddenModes(candidates, places)),
  ];
  return hidden.length === 0 ? seen : { ...seen, dirty: inGitsOrder([...seen.dirty, ...hidden]) };
}

/** The whole index, with the letters of its flags. */
export async function readIndexLines(runner: GitRunner): Promise<IndexLine[]> {
  return parseIndex(await runner.run(LINES_OF_INDEX, { doing: 'reading the index' }));
}

/** The index bit, if any, that makes git look away from a path. */
export function hiddenBit(line: IndexLine): 'assume-unchanged' | 'skip-worktree' | undefined {
  if (line.letter === 'S' || line.letter === 's') return 'skip-worktree';
  return line.letter !== undefined && line.letter !== line.letter.toUpperCase() ? 'assume-unchanged' : undefined;
}

interface IndexSettings {
  fileMode: boolean;
  sparse: boolean;
}

async function indexSettings(readings: Readings): Promise<IndexSettings> {
  const settings = await readings.settings();
  return { fileMode: truthOf(settings, 'core.filemode') !== false, sparse: truthOf(settings, 'core.sparsecheckout') === true };
}

function hiddenByBits(index: readonly IndexLine[], places: Places, { sparse }: IndexSettings): DirtyPath[] {
  const obstacle = obstaclesBelow(places.root);
  return index.filter((line) => {
    const bit = hiddenBit(line);
    if (bit === undefined || isSubmodule(line)) return false;
    const stat = obstacle(line.path)?.kind === 'link' ? undefined : statOf(placeOf(places.root, line.path));
    // A sparse checkout leaves files out on purpose.
    if (stat === undefined) return !(bit === 'skip-worktree' && sparse);
    return blobIdAt(placeOf(places.root, line.path), line.path, line.id) !== line.id
      || (stat.isFile() && isExecutable(stat.mode)) !== (line.mode === '100755');
  }).map(asHidden);
}

/** With core.fileMode off git does not compare modes. A file system that calls every file executable, or none, cannot tell either. */
function hiddenModes(index: readonly IndexLine[], places: Places): DirtyPath[] {
  const files = index.filter((line) => line.mode.startsWith('100') && hiddenBit(line) === undefined)
    .flatMap((line) => {
      const stat = statOf(placeOf(places.root, line.path));
      return stat?.isFile() ? [{ line, executable: isExecutable(stat.mode) }] : [];
    });
  if (new Set(files.map(({ executable }) => executable)).size < 2) return [];
  return files.filter(({ line, executable }) => executable !== (line.mode === '100755')).map(({ line }) => asHidden(line));
}

const asHidden = ({ path }: IndexLine): DirtyPath => ({ path, kind: 'hidden', staged: false, unstaged: true, submodule: false });
