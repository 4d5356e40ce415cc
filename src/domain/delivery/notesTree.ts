import { OBJECT_ID, type ObjectId } from '../changeSet.js';
import type { TreeEntry } from '../facts.js';
import type { RepoPath } from '../paths.js';

/**
 * A tree of notes, as git keeps them: each note is a file that is called by the id of what it is about, with slashes
 * after pairs of digits where there are many.
 */

/** Git itself spreads notes over folders of folders when there are many; no repository has needed more levels than these. */
const DEEPEST = 4;

/** Every place at which git may have put the note about a commit. */
export const placesOfNote = (commit: ObjectId): RepoPath[] => Array.from({ length: DEEPEST }, (_, depth) => {
  const folders = Array.from({ length: depth }, (_, at) => commit.slice(at * 2, at * 2 + 2));
  return [...folders, commit.slice(depth * 2)].join('/') as RepoPath;
});

/** Where a note is put that is new: with one level of folders a tree of thousands of notes is written quickly. */
export const placeOfNewNote = (commit: ObjectId): RepoPath => placesOfNote(commit)[1]!;

/** A note about one thing that two trees hold with other content. */
export interface Clash {
  path: RepoPath;
  theirs: ObjectId;
  ours: ObjectId;
}

/** How our tree goes into theirs: what they lack is added, and what both have is joined; nothing of theirs goes. */
export function comparedTrees(theirs: readonly TreeEntry[], ours: readonly TreeEntry[]): { added: TreeEntry[]; clashes: Clash[] } {
  const standing = new Map(theirs.map((entry) => [subjectOf(entry.path), entry]));
  const added: TreeEntry[] = [];
  const clashes: Clash[] = [];
  for (const entry of ours) {
    const there = standing.get(subjectOf(entry.path));
    if (there === undefined) added.push(entry);
    else if (there.id !== entry.id) clashes.push({ path: there.path, theirs: there.id, ours: entry.id });
  }
  return { added, clashes };
}

/** What a note is about, wherever it stands; any other file is about itself. */
function subjectOf(path: RepoPath): string {
  const digits = path.replaceAll('/', '');
  return OBJECT_ID.test(digits) ? digits : path;
}
