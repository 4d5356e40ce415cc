import type { RepoPath } from '../../paths.js';

/** What the examples of the pages speak of. */
export const ID = 'TKT-2026-11-21-fix-typo';
export const README = 'README.md' as RepoPath;
export const NOTES = 'notes.txt' as RepoPath;
export const DIGEST = `sha256:${'3f9c'.repeat(16)}`;
export const MAIN = 'refs/heads/main';
export const COMMIT = '3f9c1c0d'.repeat(5);
export const OTHER = '81d2e7aa'.repeat(5);
