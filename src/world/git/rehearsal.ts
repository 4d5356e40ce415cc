import { promises as disk } from 'node:fs';
import { join } from 'node:path';
import { sameInWorktree } from '../../domain/baseline.js';
import type { ChangeSet } from '../../domain/changeSet.js';
import { bytesOfPath, type RepoPath } from '../../domain/paths.js';
import { isReading, settingsText } from '../../domain/readingSettings.js';
import type { RawContent } from '../../domain/repository.js';
import { onDisk } from '../durably.js';
import type { Places } from '../places.js';
import { isAccessible } from './accessible.js';
import { parseRawDiff } from './answers.js';
import { contentsOf } from './baseline.js';
import { readConfiguration } from './configuration.js';
import type { HookRuns } from './hookRuns.js';
import { judge } from './hookVerdict.js';
import type { Changes, HookReport } from './index.js';
import { lendTools } from './lentTools.js';
import type { GitCall, GitRunner } from './runner.js';
import { layOut, OWN_INDEX, writeTree } from './workbench.js';

const DOING = 'preparing the rehearsal of a hook';

interface Rehearsal {
  runner: GitRunner;
  places: Places;
  hooks: HookRuns;
}

type Copy = Awaited<ReturnType<Changes['export']>>;

/**
 * Runs the pre-commit hook on a copy: a repository of its own that borrows our objects, so that whatever the hook does
 * stays in it, and that reads content as ours does. What git takes for changed there before the hook runs is no work of
 * the hook: a filter may work in the worktree alone, and reads other content anywhere else.
 */
export async function rehearseIn(copy: Copy, { runner, places, hooks }: Rehearsal, { base, entries }: ChangeSet, seconds: number): Promise<HookReport> {
  const { folder: cwd } = copy;
  // What we ask of the copy ourselves starts no hook.
  const own = { cwd, config: OWN_INDEX };
  await begin(runner, places, copy, base);
  await behaveAlike(runner, places, cwd, await hooks.folder());
  // By their ids: no filter of the copy has a say in what it is that would be committed.
  await layOut(runner, base, entries, own);
  const before = await writeTree(runner, { doing: DOING, ...own });
  await runner.attempt(['update-index', '-q', '--refresh'], { doing: DOING, ...own });
  await lendTools(runner, cwd, places);
  const differing = await contentsOf({ root: cwd }, await unstaged(runner, own));
  const report = await judge(runner, before, own, await hooks.runIn(cwd, 'pre-commit', { seconds }));
  // A formatter may also leave its changes unstaged and fail, so that a person looks at them.
  const changed = report.ok ? report.changed : await unstaged(runner, own);
  return { ...report, changed: await changedSince(differing, cwd, changed) };
}

/** Makes the copy a repository whose branch is at the base. */
async function begin(runner: GitRunner, { commonDirectory }: Places, { folder: cwd, objects }: Copy, base: string): Promise<void> {
  const format = await runner.line(['rev-parse', '--show-object-format'], { doing: DOING });
  await runner.run(['init', '--quiet', `--object-format=${format}`, '--template=', cwd], { doing: DOING, cwd });
  const borrowed = [join(commonDirectory, 'objects'), ...objects].map((directory) => `${directory}\n`).join('');
  await onDisk(DOING, async () => {
    await disk.mkdir(join(cwd, '.git/objects/info'), { recursive: true });
    await disk.appendFile(join(cwd, '.git/objects/info/alternates'), borrowed);
  });
  const branch = await runner.line(['symbolic-ref', 'HEAD'], { doing: DOING, cwd });
  await runner.run(['update-ref', branch, base], { doing: DOING, cwd, config: OWN_INDEX });
}

/**
 * Gives the copy the settings, attributes and ignore rules by which content is read here, wherever they stand, and the
 * folder of the hooks. It gets no others: a remote or a worktree named there would lead the hook out of the copy.
 */
async function behaveAlike(runner: GitRunner, { commonDirectory }: Places, cwd: string, hooksPath: string): Promise<void> {
  const settings = (await readConfiguration(runner)).filter(isReading);
  await onDisk(DOING, async () => {
    await disk.appendFile(join(cwd, '.git/config'), bytesOfPath(settingsText([...settings, { key: 'core.hookspath', value: hooksPath }]) as RepoPath));
    await disk.mkdir(join(cwd, '.git/info'), { recursive: true });
    for (const name of ['info/attributes', 'info/exclude']) {
      const from = join(commonDirectory, name);
      if (await isAccessible(from)) await disk.copyFile(from, join(cwd, '.git', name));
    }
  });
}

/** Without those that git took for changed before and that still hold the same bytes. */
async function changedSince(before: readonly RawContent[], cwd: string, changed: readonly RepoPath[]): Promise<RepoPath[]> {
  const now = await contentsOf({ root: cwd }, before.map(({ path }) => path));
  const same = new Set(before.filter((content, at) => sameInWorktree(content, now[at])).map(({ path }) => path));
  return changed.filter((path) => !same.has(path));
}

async function unstaged(runner: GitRunner, own: Omit<GitCall, 'doing'>): Promise<RepoPath[]> {
  const told = await runner.run(['diff-files', '-z', '--raw', '--no-abbrev'], { doing: 'reading what a hook left', ...own });
  return parseRawDiff(told).map((entry) => entry.path);
}
