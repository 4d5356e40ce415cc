import { ownPath, type RepoPath } from '../paths.js';

/** Where specs live; one folder each. */
export const SPECS = ownPath('docs/specs');
/** Changes to specs that are on their way, and those that were applied. */
export const CHANGES = ownPath('docs/specs/changes');
export const ARCHIVE = ownPath('docs/specs/archive');
/** What new ones are made from; never judged. */
export const TEMPLATES = ownPath('docs/specs/_templates');

/** The files of a spec, by what they hold. */
export const SPEC_FILES = { requirements: 'requirements.md', design: 'design.md', tasks: 'tasks.md' } as const;
export const DELTA_FILE = 'delta.md';

export const specFolder = (name: string): RepoPath => `${SPECS}/${name}` as RepoPath;
export const changeFolder = (id: string): RepoPath => `${CHANGES}/${id}` as RepoPath;

/** Names that a new spec or change may have. */
export const isSpecName = (text: string): boolean => text.length <= 80 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text !== 'changes' && text !== 'archive';

/** Folders of docs/specs that are no specs. */
export const isReserved = (name: string): boolean => ['changes', 'archive'].includes(name) || /^[._]/.test(name);
