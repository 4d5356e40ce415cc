import { ownPath } from '../domain/paths.js';
import { scaffold, type ScaffoldFile, type Setup } from '../domain/scaffold.js';
import type { World } from '../world/index.js';

/** What this version lays down for a setup. */
export async function offeredScaffold({ assets }: Pick<World, 'assets'>, setup: Setup): Promise<ScaffoldFile[]> {
  const [templates, ticket, policy] = await Promise.all([assets.templates(), assets.schema('ticket'), assets.schema('policy')]);
  return scaffold(templates.map(({ path, content }) => ({ path: ownPath(path), text: content.toString('utf8') })), { ticket, policy }, setup);
}
