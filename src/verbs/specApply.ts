import { lineDiff } from '../domain/lineDiff.js';
import { nearest } from '../domain/nearest.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { showPath, shellWord, type RepoPath } from '../domain/paths.js';
import { refuse, remark, type Problem } from '../domain/problem.js';
import { specsOf } from '../domain/specs/claims.js';
import { mergeDelta, type MergedFile } from '../domain/specs/merge.js';
import { readSheet } from '../domain/specs/sheet.js';
import { sheetsOf, shelfProblems, type Change, type Shelf, type Spec } from '../domain/specs/spec.js';
import { ticketPath } from '../domain/verification/sets.js';
import type { World } from '../world/index.js';
import { archiveOf, moved, plannedMoves } from './specs/moving.js';
import { foreignRefusals } from './specs/foreign.js';
import { readShelf } from './specs/shelf.js';

export interface SpecApplyRequest {
  change: string;
  dryRun: boolean;
}

export interface SpecApplyData {
  change?: string;
  /** The specs that it changes; of one alone, its name. */
  spec?: string;
  specs?: string[];
  dryRun?: boolean;
  /** What becomes of the documents, line by line. */
  files?: { path: string; diff: string }[];
  /** Where the change lies afterwards. */
  archive?: string;
}

type ApplyWorld = Pick<World, 'clock' | 'documents' | 'files' | 'ledger' | 'tickets'>;

const COMMAND = 'spec apply';

/** Writes an accepted change into its specs, all of it or nothing, and archives it. A run that was cut short is completed by the next. */
export async function specApply(world: ApplyWorld, { change: named, dryRun }: SpecApplyRequest): Promise<Outcome<SpecApplyData>> {
  const shelf = await readShelf(world);
  const change = shelf.changes.find(({ id }) => id === named);
  const unread = shelf.unread.filter(({ path }) => path.includes(`/changes/${named}/`)).map(({ problem }) => problem);
  if (unread.length > 0) return no('invalid', COMMAND, {}, unread);
  if (change === undefined) return no('refused', COMMAND, {}, [refuse('change-unknown', { given: named, near: nearest(named, shelf.changes.map(({ id }) => id)) })]);
  const specs = shelf.specs.filter(({ name }) => specsOf(change.delta).includes(name));
  const unknown = specsOf(change.delta).filter((name) => !specs.some((spec) => spec.name === name));
  if (specs.length === 0 || unknown.length > 0) return no('refused', COMMAND, {}, [refuse('change-spec-missing', { change: named, specs: shelf.specs.map(({ name }) => name), unknown })]);
  const archive = await archiveOf(world, change, world.clock.now().toISOString().slice(0, 10));
  // Half a renaming is invalid, and is what an earlier run that was cut short has left.
  const broken = errorsIn(shelf, archive.again ? [change.folder] : [...specs.map(({ folder }) => folder), change.folder]);
  if (broken.length > 0) return no('invalid', COMMAND, {}, broken);

  const merged = mergeDelta(specs, change, shelf.changes, archive.again ? 'again' : 'first');
  const { moves, refusals } = await plannedMoves(world, change.folder, archive.folder);
  const names = specs.map(({ name }) => name);
  const told = { change: named, spec: names.length === 1 ? names[0] : undefined, specs: names, dryRun };
  const written = merged.ok ? [...merged.value.map(({ path }) => path), ...moves.flatMap(({ from, to }) => [from, to])] : [];
  const all = [...(merged.ok ? brokenBy(merged.value, { shelf, change }) : merged.refusals), ...refusals, ...await foreignRefusals(world, named, written)];
  if (!merged.ok || all.length > 0) return no('refused', COMMAND, told, all);

  const data: SpecApplyData = {
    ...told, archive: showPath(archive.folder),
    files: merged.value.map(({ path, before, after }) => ({ path: showPath(path), diff: lineDiff(before, after) })),
  };
  if (dryRun) return done(COMMAND, data, [`cxw ${COMMAND} ${shellWord(named)}`]);
  await moved(world, moves, async () => {
    for (const { path, after } of merged.value) await world.files.write(path, after);
  });
  return done(COMMAND, data, ['cxw validate docs/specs'], await ticketsLeft(world, change, archive.folder));
}

const errorsIn = (shelf: Shelf, folders: readonly RepoPath[]): Problem[] =>
  shelfProblems(shelf).filter(({ path, problem }) => problem.severity === 'error' && folders.some((folder) => path.startsWith(`${folder}/`))).map(({ problem }) => problem);

/** What would be wrong afterwards, in these specs or in one that names what was in them. */
function brokenBy(merged: readonly MergedFile[], { shelf, change }: { shelf: Shelf; change: Change }): Problem[] {
  const after = (spec: Spec): Spec => ({ ...spec, ...Object.fromEntries(sheetsOf(spec).map((sheet) => {
    const file = merged.find(({ path }) => path === sheet.path);
    return [sheet.kind, file === undefined ? sheet : readSheet(sheet.kind, sheet.path, file.after)];
  })) });
  const told = (some: Shelf): string[] => shelfProblems(some).filter(({ problem }) => problem.severity === 'error')
    .map(({ problem: { place, message } }) => `${place === undefined ? '' : `${place.file}: `}${message.replace(/\.$/, '')}`);
  const before = new Set(told(shelf));
  const fresh = told({ ...shelf, specs: shelf.specs.map(after) }).filter((line) => !before.has(line));
  return fresh.length === 0 ? [] : [refuse('delta-breaks-spec', { change: change.id, problems: [...new Set(fresh)] })];
}

/** Tickets that name the delta where it lay. */
async function ticketsLeft({ documents, tickets }: ApplyWorld, { delta, folder }: Change, archive: RepoPath): Promise<Problem[]> {
  const ids = await documents.ticketIds();
  const sealed = await tickets.sealed(ids);
  const heads = await tickets.heads(ids.map(ticketPath));
  const to = `${archive}${delta.path.slice(folder.length)}` as RepoPath;
  return ids.filter((id, at) => !sealed.has(id) && heads[at]?.head?.specs.includes(delta.path) === true)
    .map((ticket) => remark('delta-moved', { ticket, from: delta.path, to }, 'warning'));
}
