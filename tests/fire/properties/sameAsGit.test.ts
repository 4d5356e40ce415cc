import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from '../../support/property.js';
import { expect, test } from 'vitest';
import type { RepoPath } from '../../../src/domain/paths.js';
import { pathsInput, records } from '../../../src/domain/porcelain.js';
import { deliverIt, givenReady, TICKET, worldOf } from '../../support/given.js';
import type { Workshop } from '../../support/workshop.js';
import { amount, seed } from '../../support/amounts.js';
import { anyWorld, feed, inCopy, inTwoLanes, settle, templateOf } from './worlds.js';

/** What our status says, in three lists. */
async function surveyed(bench: Workshop): Promise<object> {
  const { dirty } = await (await worldOf(bench)).git.repository.survey();
  const having = (is: (one: (typeof dirty)[number]) => boolean): string[] => dirty.filter(is).map(({ path }) => path).sort();
  return { staged: having(({ staged }) => staged), unstaged: having(({ unstaged, kind }) => unstaged && kind !== 'untracked'), untracked: having(({ kind }) => kind === 'untracked') };
}

/** The same by git's own comparisons, which know no status format. A file whose deletion is staged is untracked too, and there one path. */
async function compared(bench: Workshop): Promise<object> {
  const ask = async (...args: string[]): Promise<string[]> => records(await bench.gitBytes(...args)).sort();
  const staged = await ask('diff', '--cached', '--name-only', '--no-renames', '--ita-invisible-in-index', '-z');
  const untracked = await ask('ls-files', '--others', '--exclude-standard', '-z');
  const unstaged = await ask('diff', '--name-only', '--no-renames', '-z');
  const told = untracked.filter((path) => staged.includes(path));
  return { staged, unstaged: [...new Set([...unstaged, ...told])].sort(), untracked: untracked.filter((path) => !told.includes(path)) };
}

/** The tree that git's own scoped commit makes of these paths, hooks and all else left out. */
async function treeByGit(bench: Workshop, paths: readonly RepoPath[]): Promise<string> {
  await feed(bench, pathsInput(paths), '--literal-pathspecs', '-c', 'advice.addIgnoredFile=false', 'add', '--force', '--all', '--pathspec-from-file=-', '--pathspec-file-nul');
  await feed(bench, pathsInput(paths), '--literal-pathspecs', 'commit', '--quiet', '--no-verify', '--only', '--message=by git', '--pathspec-from-file=-', '--pathspec-file-nul');
  return bench.git('rev-parse', 'HEAD^{tree}');
}

test('a delivery is what git would commit of these paths, and our status is what git compares', async () => {
  const template = await templateOf();
  await inTwoLanes(amount(300), seed(), () => fc.asyncProperty(anyWorld(['none']), (world) => inCopy(template, async (bench) => {
    await settle(bench, template, { ...world, scope: world.scope.map((one) => (one.change === 'edit and stage' ? { ...one, change: 'edit' } : one)) });
    expect(await surveyed(bench)).toEqual(await compared(bench));
    const ready = await givenReady(bench, { files: world.scope.map(({ path }) => path) });
    await inCopy(template, async (twin) => {
      expect(await deliverIt(ready.world)).toMatchObject({ ending: 'done' });
      const sealed = `tickets/records/${TICKET}/ledger.jsonl`;
      await copyFile(join(bench.root, sealed), join(twin.root, sealed));
      expect(await bench.git('rev-parse', 'HEAD^{tree}')).toBe(await treeByGit(twin, ready.delivered));
    }, bench);
  })));
});
