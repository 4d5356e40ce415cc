import type { RepoPath } from '../paths.js';

/** Where the packs stand, each as `<id>.md`. */
export const STEERING_FOLDER = 'docs/steering' as RepoPath;

/** How a pack comes to be loaded; also the order in which packs are read. */
export const MODES = ['always', 'fileMatch', 'auto', 'manual'] as const;
