import type { Pack } from '../packs.js';
import type { Prompt } from '../rendering.js';
import type { ScaffoldFile } from '../scaffold.js';
import { claudeRole } from './claude.js';
import { codexRole } from './codex.js';
import { skillFile, type Skill } from './skills.js';

const ROLE_FILES = { codex: codexRole, claude: claudeRole } as const satisfies Partial<Record<Pack, (prompt: Prompt) => ScaffoldFile>>;

/** Packs whose files are made from roles and skills. */
export type ClientPack = keyof typeof ROLE_FILES;

export const isClientPack = (pack: Pack): pack is ClientPack => pack in ROLE_FILES;

/** Every role and skill, as the client of a pack reads them. */
export const clientFiles = (pack: ClientPack, prompts: readonly Prompt[], skills: readonly Skill[]): ScaffoldFile[] =>
  [...prompts.map(ROLE_FILES[pack]), ...skills.map((skill) => skillFile(pack, skill))];
