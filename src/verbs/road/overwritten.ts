import { sameInWorktree } from '../../domain/baseline.js';
import { shellWord, type RepoPath } from '../../domain/paths.js';
import type { PathIdentity, RawContent } from '../../domain/repository.js';
import type { TicketId } from '../../domain/ticket.js';
import type { World } from '../../world/index.js';

/** A path that does not hold any more what somebody had there, uncommitted, when the ticket began. */
export interface Overwritten {
  path: RepoPath;
  /** Where that content lies now. It outlives the ticket. */
  copy: string;
  /** The command that brings it back, at the root of the worktree. */
  bringBack: string;
}

/**
 * Sets aside what uncommitted files held when the ticket began, or when a program was started whose end nobody saw,
 * where they hold something else now and were copied. To be asked before a ticket's private state is forgotten, with
 * which every other copy goes. `exempt` are paths that changed as they were meant to.
 */
export async function setAsideOverwritten({ private: kept, git }: Pick<World, 'private' | 'git'>, ticket: TicketId, exempt: (path: RepoPath) => boolean): Promise<Overwritten[]> {
  const [known, watch] = await Promise.all([kept.usableBaseline(ticket, () => true), kept.watch(ticket)]);
  const mine = new Set(known?.mine);
  // What was seen last is what was last there.
  const held = new Map([...known?.baseline.paths.filter(({ path }) => !mine.has(path)) ?? [], ...watch?.before ?? []].map((identity) => [identity.path, identity]));
  const before = [...held.values()].filter(({ path, digest }) => digest !== undefined && !exempt(path));
  if (before.length === 0) return [];
  const now = new Map((await git.repository.identify(before.map(({ path }) => path))).map((identity) => [identity.path, identity]));
  const overwritten: Overwritten[] = [];
  for (const identity of before) {
    const { path, digest } = identity;
    if (sameInWorktree(identity, now.get(path))) continue;
    const copy = await kept.setCopyAside(ticket, digest!);
    if (copy !== undefined) overwritten.push({ path, copy, bringBack: bringBack(copy, identity, now.get(path)) });
  }
  return overwritten;
}

/** Run at the root of the worktree. What stands there is written over, so it is left to a person. */
function bringBack(copy: string, { path, kind, executable }: PathIdentity, now: RawContent | undefined): string {
  const [from, to] = [shellWord(copy), shellWord(path)];
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0)) as RepoPath;
  return [
    ...(now?.kind === 'absent' && folder !== '' ? [`mkdir -p -- ${shellWord(folder)}`] : []),
    // A link that stands there is not to be written through.
    ...(now?.kind === 'link' ? [`rm -- ${to}`] : []),
    kind === 'link' ? `ln -sfn -- "$(cat ${from})" ${to}` : `cp -- ${from} ${to}`,
    ...(kind === 'file' && now?.executable !== executable ? [`chmod ${executable ? '+x' : '-x'} -- ${to}`] : []),
  ].join(' && ');
}
