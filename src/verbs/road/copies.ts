import { showPath, type RepoPath } from '../../domain/paths.js';
import type { RawContent } from '../../domain/repository.js';
import type { Standing } from './standing.js';

/** Where the content lies that paths had before, as far as it was copied: `path: place`. From now on it outlives the ticket. */
export async function copiesOf({ world, ticket }: Pick<Standing, 'world' | 'ticket'>, paths: readonly RepoPath[], before: readonly RawContent[]): Promise<string[]> {
  const digests = new Map(before.map(({ path, digest }) => [path, digest]));
  const copies: string[] = [];
  for (const path of paths) {
    const digest = digests.get(path);
    const copy = digest === undefined ? undefined : await world.private.setCopyAside(ticket, digest);
    if (copy !== undefined) copies.push(`${showPath(path)}: ${copy}`);
  }
  return copies;
}
