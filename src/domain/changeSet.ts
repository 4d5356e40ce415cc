import { comparePaths, type RepoPath } from './paths.js';

/** `sha256:` and 64 hexadecimal digits. */
export type Digest = string;
export const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The id of an object of git, in full, by SHA-1 or by SHA-256. */
export const OBJECT_ID = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/** A git object id in the repository's own hash, in full. */
export type ObjectId = string;

/** One changed path between two trees. Modes are git's six octal digits, `000000` where the side has no such path. */
export interface ChangedPath {
  path: RepoPath;
  oldMode: string;
  newMode: string;
  oldId: ObjectId;
  newId: ObjectId;
}

/**
 * What the work changes within scope: the raw difference between the base commit and the work. Its digest is the
 * SHA-256 of that raw, NUL-separated difference, so it names content, modes and deletions exactly, and nothing else.
 */
export interface ChangeSet {
  digest: Digest;
  base: ObjectId;
  entries: ChangedPath[];
}

export const ABSENT_MODE = '000000';
export const isDeletion = (entry: ChangedPath): boolean => entry.newMode === ABSENT_MODE;
export const isAddition = (entry: ChangedPath): boolean => entry.oldMode === ABSENT_MODE;

/** A submodule: a commit of another repository. */
export const GITLINK_MODE = '160000';

/** The tree that holds nothing, by the hash that an id of the repository is of. Git knows it everywhere. */
export const emptyTree = (like: ObjectId): ObjectId =>
  (like.length === 40 ? '4b825dc642cb6eb9a060e54bf8d69288fbee4904' : '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321');

/** The entry is a submodule on either side. */
export const isGitlink = (entry: ChangedPath): boolean => entry.oldMode === GITLINK_MODE || entry.newMode === GITLINK_MODE;

/** The paths in which two change sets differ, in git's order. */
export function differingPaths(a: readonly ChangedPath[], b: readonly ChangedPath[]): RepoPath[] {
  const before = new Map(a.map((entry) => [entry.path, entry]));
  const after = new Map(b.map((entry) => [entry.path, entry]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => !sameChange(before.get(path), after.get(path)))
    .sort(comparePaths);
}

function sameChange(a: ChangedPath | undefined, b: ChangedPath | undefined): boolean {
  return a !== undefined && b !== undefined
    && a.oldMode === b.oldMode && a.newMode === b.newMode && a.oldId === b.oldId && a.newId === b.newId;
}

/** A digest short enough to read aloud; `matchesDigest` takes it back. */
export const shortDigest = (digest: Digest): string => digest.slice(0, 'sha256:'.length + 12);

/** Whether a person's spelling names this digest: in full, or at least its first twelve digits, with or without the prefix. */
export function matchesDigest(written: string, digest: Digest): boolean {
  const hex = written.trim().toLowerCase().replace(/^sha256:/, '');
  return /^[0-9a-f]{12,64}$/.test(hex) && digest.slice('sha256:'.length).startsWith(hex);
}
