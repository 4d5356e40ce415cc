import { lstatSync, type Stats } from 'node:fs';
import { bytesOfPath, type RepoPath } from '../domain/paths.js';
import { systemCode } from './errors.js';

/** Where something stands on this machine: in exact bytes, or as text where that names the same bytes. */
export type Place = Buffer | string;

/** A repository path as this machine's path, in exact bytes. */
export const placeOf = (root: string, path: RepoPath): Buffer => Buffer.concat([Buffer.from(`${root}/`), bytesOfPath(path)]);

/** The same for who looks at thousands: as text, which names the same bytes wherever a path is text. */
export const textPlaceOf = (root: string, path: RepoPath): Place => (path.isWellFormed() ? `${root}/${path}` : placeOf(root, path));

/** What stands at a place, links not followed; nothing when there is nothing, or a file where a directory is needed. */
export function statOf(place: Place): Stats | undefined {
  try {
    // Absence is common, and an error costs ten times what an answer does.
    return lstatSync(place, { throwIfNoEntry: false });
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** The same where no look is granted, which is `denied`: then git can neither read what stands there nor start it, warns and goes on without. */
export function lookAt(place: Place): Stats | 'denied' | undefined {
  try {
    return statOf(place);
  } catch (error) {
    if (isDenial(error)) return 'denied';
    throw error;
  }
}

export function isAbsence(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** What stands there may not be looked into, or cannot be. */
export const isDenial = (error: unknown): boolean => ['EACCES', 'EPERM', 'ENXIO'].includes(systemCode(error) ?? '');

/** A directory on the way to a path that leads elsewhere. */
export interface Obstacle {
  kind: 'link' | 'repository';
  at: RepoPath;
}

/**
 * Answers what stands between the root and a path: the first symbolic link, or else the innermost repository of its
 * own. Each directory is looked at once for as long as the answerer lives, so take a new one for every look.
 */
export function obstaclesBelow(root: string): (path: RepoPath) => Obstacle | undefined {
  const known = new Map<string, Obstacle | undefined>();

  const look = (directory: string): Obstacle | undefined => {
    if (directory === '') return undefined;
    if (known.has(directory)) return known.get(directory);
    const above = look(parentOf(directory));
    const found = above?.kind === 'link' ? above : obstacleAt(root, directory as RepoPath) ?? above;
    known.set(directory, found);
    return found;
  };
  return (path) => look(parentOf(path));
}

function obstacleAt(root: string, directory: RepoPath): Obstacle | undefined {
  if (statOf(placeOf(root, directory))?.isSymbolicLink()) return { kind: 'link', at: directory };
  return isRepository(root, directory) ? { kind: 'repository', at: directory } : undefined;
}

/** Whether a directory below the root has a git directory, or a pointer to one, of its own. */
export const isRepository = (root: string, directory: RepoPath): boolean => statOf(placeOf(root, `${directory}/.git` as RepoPath)) !== undefined;

export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
