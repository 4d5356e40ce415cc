import { isUnder, ownPath, type RepoPath } from './paths.js';

/** Where cxw keeps what people agree on with it. */
export const POLICY_PATH = '.cxw/policy.yaml';
/** Where it keeps what it laid down. */
export const MANIFEST_PATH = ownPath('.cxw/manifest.json');

/** Every place at or below which any version of cxw lays files down. */
const SCAFFOLD_PLACES = ['.agents', '.claude', '.codex', '.cxw', '.github', 'AGENTS.md', 'CLAUDE.md', 'agent', 'docs', 'tickets'] as const;

/** Whether cxw may ever have laid this file down. A manifest is a file of the repository, which anybody can make say more. */
export const isScaffoldPlace = (path: RepoPath): boolean => SCAFFOLD_PLACES.some((place) => isUnder(path, place));
