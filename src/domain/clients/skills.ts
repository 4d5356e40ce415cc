import { ownPath } from '../paths.js';
import type { Pack } from '../packs.js';
import type { ScaffoldFile } from '../scaffold.js';

/** A skill: what the plugin ships, and what packs lay down where a client looks for it. */
export interface Skill {
  name: string;
  text: string;
}

/** Where each client looks for skills in a repository. Neither looks where the other does. */
const FOLDERS = { codex: '.agents/skills', claude: '.claude/skills' } as const satisfies Partial<Record<Pack, string>>;

export const skillFile = (pack: keyof typeof FOLDERS, { name, text }: Skill): ScaffoldFile =>
  ({ path: ownPath(`${FOLDERS[pack]}/${name}/SKILL.md`), pack, text });
