import { targetOf, type Pack } from '../domain/packs.js';
import { AGENTS_PATH, scaffold, type ScaffoldFile, type Setup } from '../domain/scaffold.js';
import type { World } from '../world/index.js';

/** What this version lays down of the core and these packs, where it lies: a linked AGENTS.md is written through its link. */
export async function offeredScaffold({ assets, files }: Pick<World, 'assets' | 'files'>, setup: Setup, packs: readonly Pack[]): Promise<ScaffoldFile[]> {
  const [templates, ticket, policy] = await Promise.all([assets.templates(), assets.schema('ticket'), assets.schema('policy')]);
  const agents = await files.kind(AGENTS_PATH) === 'link' ? await files.follow(AGENTS_PATH) : AGENTS_PATH;
  const ours = templates.map(({ path, content }) => ({ ...targetOf(path), text: content.toString('utf8') }));
  return scaffold(ours, { ticket, policy }, setup, packs)
    .map((file) => (file.path === AGENTS_PATH ? { ...file, path: agents } : file));
}
