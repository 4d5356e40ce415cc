import type { RepoPath } from '../paths.js';

export const PROGRESS_FOLDER = 'docs/progress' as RepoPath;
export const PROGRESS_INDEX = `${PROGRESS_FOLDER}/index.md` as RepoPath;
export const ARCHIVE_FOLDER = `${PROGRESS_FOLDER}/archive` as RepoPath;

/** So many completed tickets the index shows; beyond that the oldest move to the archive, five at a time. */
export const COMPLETED_MAX = 10;
export const MOVED_AT_ONCE = 5;

/** Where what was completed in the quarter of a date is kept. */
export const archiveOf = (date: string): RepoPath =>
  `${ARCHIVE_FOLDER}/${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}.md` as RepoPath;

/** A record of one feature, which is not edited once it says that it was merged. */
export const isFeatureRecord = (path: RepoPath): boolean =>
  path.startsWith(`${PROGRESS_FOLDER}/`) && /^[^_/][^/]*\.md$/.test(path.slice(PROGRESS_FOLDER.length + 1)) && path !== PROGRESS_INDEX;

/** What the record of a feature says of it; from the commit on that says the last, it is not edited any more. */
export const FEATURE_STATUSES = ['In Progress', 'Merged'] as const;
