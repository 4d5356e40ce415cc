import type { RepoPath } from '../../domain/paths.js';
import { refuse, type Refusal } from '../../domain/problem.js';
import { ARCHIVE } from '../../domain/specs/places.js';
import type { Change } from '../../domain/specs/spec.js';
import type { World } from '../../world/index.js';

/** Every file of a change, and where it will lie. */
export interface Move {
  from: RepoPath;
  to: RepoPath;
  bytes: Uint8Array;
}

type Mover = Pick<World, 'files'>;

/** Where a change is archived. `again`: an earlier run has put it there, and was cut short. */
export async function archiveOf({ files }: Mover, change: Change, today: string): Promise<{ folder: RepoPath; again: boolean }> {
  for (const name of await files.kind(ARCHIVE) === 'directory' ? await files.list(ARCHIVE) : []) {
    if (name.replace(/^\d{4}-\d{2}-\d{2}-/, '') !== `${change.id}/`) continue;
    const folder = `${ARCHIVE}/${name.slice(0, -1)}` as RepoPath;
    const delta = `${folder}${change.delta.path.slice(change.folder.length)}` as RepoPath;
    if (await files.kind(delta) === 'file' && (await files.read(delta))?.equals(Buffer.from(change.delta.text)) === true) return { folder, again: true };
  }
  return { folder: `${ARCHIVE}/${today}-${change.id}` as RepoPath, again: false };
}

/** What has to be moved, and what stands in the way of that. Nothing goes through a link. */
export async function plannedMoves(world: Mover, from: RepoPath, to: RepoPath): Promise<{ moves: Move[]; refusals: Refusal[] }> {
  const found: { moves: Move[]; refusals: Refusal[] } = { moves: [], refusals: [] };
  for (const name of await world.files.list(from)) {
    const [path, target] = [`${from}/${name.replace(/\/$/, '')}`, `${to}/${name.replace(/\/$/, '')}`] as [RepoPath, RepoPath];
    const kind = await world.files.kind(path);
    if (kind === 'directory') {
      const below = await plannedMoves(world, path, target);
      found.moves.push(...below.moves);
      found.refusals.push(...below.refusals);
    } else if (kind === 'file') {
      const bytes = await world.files.read(path);
      const standing = await world.files.kind(target);
      const same = standing === 'file' && (await world.files.read(target))?.equals(bytes!) === true;
      if (standing !== 'absent' && !same) found.refusals.push(refuse('spec-exists', { path: target }));
      found.moves.push({ from: path, to: target, bytes: bytes! });
    } else {
      found.refusals.push(kind === 'link' ? refuse('path-through-link', { path, link: path }) : refuse('not-a-file', { path }));
    }
  }
  return found;
}

/** First every copy, then what is done in between, then the originals go: whatever is cut short, the next run completes. */
export async function moved({ files }: Mover, moves: readonly Move[], between: () => Promise<void>): Promise<void> {
  for (const { to, bytes } of moves) await files.create(to, bytes);
  await between();
  for (const { from } of moves) await files.remove(from);
}
