import type { Manifest } from './manifest.js';
import { ownPath, type RepoPath } from './paths.js';

/** Sets of files that `init` lays down beside the core, where they are asked for, and what each brings. */
export const PACKS = {
  sdd: 'architecture, domain model and guidance packs, for work that begins with a spec',
  loop: 'pages for reviews and progress, for work that is planned, reviewed and learned from',
  codex: 'roles, skills and limits for Codex',
  'codex-hooks': 'a hook that shows Codex where the ticket stands when a session starts; not part of all',
  claude: 'roles, skills and the import of AGENTS.md for Claude Code',
  ci: 'a workflow that checks every pull request on GitHub',
} as const satisfies Record<string, string>;

export type Pack = keyof typeof PACKS;

export const PACK_NAMES = Object.keys(PACKS) as Pack[];
const EVERYTHING = 'all';
/** What runs by itself must be asked for by its name. */
const BY_NAME_ONLY: readonly Pack[] = ['codex-hooks'];

/** What may be asked for. */
export const PACK_WISHES = [...PACK_NAMES, EVERYTHING];

/** The packs that wishes mean, together with those that are there already. */
export function packsMeant(wishes: readonly string[], installed: readonly Pack[]): Pack[] {
  return PACK_NAMES.filter((pack) => wishes.includes(pack) || (wishes.includes(EVERYTHING) && !BY_NAME_ONLY.includes(pack)) || installed.includes(pack));
}

/** The packs that something was laid down of. */
export function installedPacks({ files }: Manifest): Pack[] {
  const named = new Set(files.map(({ pack }) => pack));
  return PACK_NAMES.filter((pack) => named.has(pack));
}

/** Where a template's file goes, and for which pack: what lies below `packs/NAME` mirrors the repository as well. */
export function targetOf(template: string): { path: RepoPath; pack?: Pack } {
  const pack = PACK_NAMES.find((name) => template.startsWith(folderOf(name)));
  return pack === undefined ? { path: ownPath(template) } : { path: ownPath(template.slice(folderOf(pack).length)), pack };
}

const folderOf = (pack: Pack): string => `packs/${pack}/`;
