import { sameInWorktree } from '../../domain/baseline.js';
import { isFinished, type KinStand } from '../../domain/family/stand.js';
import type { RepoPath } from '../../domain/paths.js';
import { fold } from '../../domain/run.js';
import type { Look } from '../../world/git/index.js';
import type { World } from '../../world/index.js';

/** Paths that still are what the accepted work of a child made of them: where nothing is delivered they lie uncommitted, and the parent closes over them. */
export async function handedUp({ ledger }: Pick<World, 'ledger'>, look: Pick<Look, 'contents'>, children: readonly Pick<KinStand, 'ticket' | 'how'>[]): Promise<Set<RepoPath>> {
  const runs = await Promise.all(children.filter(isFinished).map(async ({ ticket }) => fold(ticket, (await ledger.read(ticket)).facts)));
  const inOrder = runs.sort((a, b) => ((a.last ?? '') < (b.last ?? '') ? -1 : 1));
  const left = new Map(inOrder.flatMap(({ change }) => (change?.raw ?? []).map((content) => [content.path, content] as const)));
  const now = await look.contents([...left.keys()]);
  return new Set(now.filter((content) => sameInWorktree(left.get(content.path), content)).map(({ path }) => path));
}
