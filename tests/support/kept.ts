import { randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tell, type Story } from './story.js';
import { copyOf } from './workshop.js';

/**
 * A story that is told once, and from then on copied: each caller has a repository and a remote of its own. Its push
 * URL must not name the folder that it was made in.
 */
export function kept(make: () => Promise<Story>): () => Promise<Story> {
  let made: Promise<{ folder: string; ticket: string }> | undefined;
  return async () => {
    const { folder, ticket } = await (made ??= putAside(make));
    return { ...tell(await copyOf(folder)), ticket };
  };
}

async function putAside(make: () => Promise<Story>): Promise<{ folder: string; ticket: string }> {
  const { folder, ticket } = await make();
  const aside = join(tmpdir(), `cxw-kept-${randomUUID()}`);
  await rename(folder, aside);
  return { folder: aside, ticket };
}
