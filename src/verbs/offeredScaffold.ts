import { clientFiles, isClientPack } from '../domain/clients/files.js';
import { targetOf, type Pack } from '../domain/packs.js';
import { parsePrompt } from '../domain/rendering.js';
import { ROLES } from '../domain/roles.js';
import { AGENTS_PATH, scaffold, type ScaffoldFile, type Setup } from '../domain/scaffold.js';
import type { World } from '../world/index.js';

type Offering = Pick<World, 'assets' | 'files'>;

/** What this version lays down of the core and these packs, where it lies. */
export async function offeredScaffold({ assets, files }: Offering, setup: Setup, packs: readonly Pack[]): Promise<ScaffoldFile[]> {
  const [templates, ticket, policy, forClients] = await Promise.all([assets.templates(packs), assets.schema('ticket'), assets.schema('policy'), filesForClients(assets, packs)]);
  const ours = templates.map(({ path, content }) => ({ ...targetOf(path), text: content.toString('utf8') }));
  const led = await files.kind(AGENTS_PATH) === 'link' ? await files.follow(AGENTS_PATH) : undefined;
  return throughLink(scaffold(ours, { ticket, policy }, setup, packs, forClients), led ?? AGENTS_PATH);
}

/** Made from the roles and skills that ship with the program. */
async function filesForClients(assets: Offering['assets'], packs: readonly Pack[]): Promise<ScaffoldFile[]> {
  const clients = packs.filter(isClientPack);
  if (clients.length === 0) return [];
  const [prompts, skills] = await Promise.all([Promise.all(ROLES.map(async (role) => parsePrompt(await assets.prompt(role)))), assets.skills()]);
  return clients.flatMap((pack) => clientFiles(pack, prompts, skills));
}

/** A linked AGENTS.md is written through its link; what would lie where that leads is then laid down already. */
const throughLink = (files: readonly ScaffoldFile[], agents: ScaffoldFile['path']): ScaffoldFile[] =>
  files.filter(({ path }) => path === AGENTS_PATH || path !== agents).map((file) => (file.path === AGENTS_PATH ? { ...file, path: agents } : file));
