import { lineDiff } from '../domain/lineDiff.js';
import { nearest } from '../domain/nearest.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { showPath, shellWord, type RepoPath } from '../domain/paths.js';
import { refuse, remark, type Problem } from '../domain/problem.js';
import { specOf } from '../domain/specs/claims.js';
import { mergeDelta, type MergedFile } from '../domain/specs/merge.js';
import { readSheet } from '../domain/specs/sheet.js';
import { sheetsOf, shelfProblems, type Change, type Shelf, type Spec } from '../domain/specs/spec.js';
import { ticketPath } from '../domain/verification/sets.js';
import type { World } from '../world/index.js';
import { archiveOf, moved, plannedMoves } from './specs/moving.js';
import { readShelf } from './specs/shelf.js';

export interface SpecApplyRequest {
  change: string;
  dryRun: boolean;
}

export interface SpecApplyData {
  change?: string;
  spec?: string;
  dryRun?: boolean;
  /** What becomes of the documents, line by line. */
  files?: { path: string; diff: string }[];
  /** Where the change lies afterwards. */
  archive?: string;
}

type ApplyWorld = Pick<World, 'clock' | 'documents' | 'files' | 'tickets'>;

const COMMAND = 'spec apply';

/** Writes an accepted change into its spec, all of it or nothing, and archives it. A run that was cut short is completed by the next. */
export async function specApply(world: ApplyWorld, { change: named, dryRun }: SpecApplyRequest): Promise<Outcome<SpecApplyData>> {
  const shelf = await readShelf(world);
  const change = shelf.changes.find(({ id }) => id === named);
  const unread = shelf.unread.filter(({ path }) => path.includes(`/changes/${named}/`)).map(({ problem }) => problem);
  if (unread.length > 0) return no('invalid', COMMAND, {}, unread);
  if (change === undefined) return no('refused', COMMAND, {}, [refuse('change-unknown', { given: named, near: nearest(named, shelf.changes.map(({ id }) => id)) })]);
  const spec = shelf.specs.find(({ name }) => name === specOf(change.delta));
  if (spec === undefined) return no('refused', COMMAND, {}, [refuse('change-spec-missing', { change: named, specs: shelf.specs.map(({ name }) => name) })]);
  const archive = await archiveOf(world, change, world.clock.now().toISOString().slice(0, 10));
  // Half a renaming is invalid, and is what an earlier run that was cut short has left.
  const broken = errorsIn(shelf, archive.again ? [change.folder] : [spec.folder, change.folder]);
  if (broken.length > 0) return no('invalid', COMMAND, {}, broken);

  const merged = mergeDelta(spec, change, shelf.changes, archive.again ? 'again' : 'first');
  const { moves, refusals } = await plannedMoves(world, change.folder, archive.folder);
  const all = [...(merged.ok ? brokenBy(merged.value, { shelf, spec, change }) : merged.refusals), ...refusals];
  if (!merged.ok || all.length > 0) return no('refused', COMMAND, { change: named, spec: spec.name, dryRun }, all);

  const data: SpecApplyData = {
    change: named, spec: spec.name, dryRun, archive: showPath(archive.folder),
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

/** What would be wrong afterwards, in this spec or in one that names what was in it. */
function brokenBy(merged: readonly MergedFile[], { shelf, spec, change }: { shelf: Shelf; spec: Spec; change: Change }): Problem[] {
  const after = { ...spec, ...Object.fromEntries(sheetsOf(spec).map(({ kind, path, text }) => [kind, readSheet(kind, path, merged.find((file) => file.path === path)?.after ?? text)])) };
  const told = (some: Shelf): string[] => shelfProblems(some).filter(({ problem }) => problem.severity === 'error')
    .map(({ problem: { place, message } }) => `${place === undefined ? '' : `${place.file}: `}${message.replace(/\.$/, '')}`);
  const before = new Set(told(shelf));
  const fresh = told({ ...shelf, specs: shelf.specs.map((one) => (one === spec ? after : one)) }).filter((line) => !before.has(line));
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
