import { promises as disk } from 'node:fs';
import { join } from 'node:path';
import type { ChangeSet, ObjectId } from '../../domain/changeSet.js';
import type { RepoPath } from '../../domain/paths.js';
import { pathsInput, records } from '../../domain/porcelain.js';
import { parseRawDiff } from './answers.js';
import { onDisk } from '../durably.js';
import type { Places } from '../places.js';
import type { ProgramResult, Programs } from '../programs.js';
import { openHookRuns, type HookRuns } from './hookRuns.js';
import type { Changes, HookReport, Hooks, MessageReport } from './index.js';
import type { GitCall, GitRunner } from './runner.js';
import { makeFolder, removeFolder } from './temporary.js';
import { openWorkbench, OWN_INDEX } from './workbench.js';

/** Commit hooks: on the tree that is to be committed, on a copy, and on the message. */
export function openHooks(runner: GitRunner, places: Places, programs: Programs, changes: Pick<Changes, 'export'>): Hooks {
  const bench = openWorkbench(places);
  const hooks = openHookRuns(runner, places, programs);
  const { exists } = hooks;

  return {
    exists,

    existing: (names, folder) => {
      if (folder !== undefined) hooks.lookIn(folder);
      return hooks.find(names);
    },

    run: async (name, tree, args, seconds) => {
      if (!await exists(name)) return { ran: false, ok: true, tree, changed: [], said: '' };
      // After the commit there is nothing left to look at but the real index.
      if (name === 'post-commit') return { ...endOf(await hooks.run(name, { args, seconds })), tree, changed: [] };
      const index = await bench.index();
      await fillIndex(runner, tree, { index, config: OWN_INDEX });
      return judge(runner, tree, { index }, await hooks.run(name, { args, seconds, env: { GIT_INDEX_FILE: index } }));
    },

    rehearse: async (base, change, seconds) => {
      if (!await exists('pre-commit')) return { ran: false, ok: true, tree: base, changed: [], said: '' };
      const copy = await changes.export(base, change.entries);
      try {
        return await rehearseIn(copy.folder, { runner, places, hooks }, base, change, seconds);
      } finally {
        await copy.remove();
      }
    },

    message: async (message, tree, seconds) => {
      const there = await Promise.all(MESSAGE_HOOKS.map(exists));
      const names = MESSAGE_HOOKS.filter((_, at) => there[at]);
      if (names.length === 0) return { ok: true, message, said: '' };
      const folder = await makeFolder(places, [places.state]);
      try {
        const file = join(folder, 'COMMIT_EDITMSG');
        const index = join(folder, 'index');
        await onDisk('writing the message', () => disk.writeFile(file, message));
        await fillIndex(runner, tree, { index, config: OWN_INDEX });
        return await runMessageHooks(hooks, names, { file, index, seconds });
      } finally {
        await removeFolder(folder);
      }
    },
  };
}

/** An index that holds the tree, with what the worktree's files look like: a hook that asks what is unstaged gets a true answer. */
async function fillIndex(runner: GitRunner, tree: ObjectId, where: Omit<GitCall, 'doing'>): Promise<void> {
  await runner.run(['read-tree', tree], { doing: 'preparing the index of a hook', ...where });
  await runner.attempt(['update-index', '-q', '--refresh'], { doing: 'preparing the index of a hook', ...where });
}

function endOf({ ending, exit, log, why }: ProgramResult): { ran: true; ok: boolean; timedOut: boolean; said: string } {
  return { ran: true, ok: ending === 'exited' && exit === 0, timedOut: ending === 'timed-out', said: log.toString('utf8').trim() || (why ?? '') };
}

async function judge(runner: GitRunner, before: ObjectId, where: Pick<GitCall, 'index' | 'cwd'>, result: ProgramResult): Promise<HookReport> {
  const end = endOf(result);
  if (!end.ok) return { ...end, tree: before, changed: [] };
  const tree = await runner.line(['write-tree'], { doing: 'reading what a hook left', ...where });
  return { ...end, tree, changed: tree === before ? [] : await differing(runner, before, tree, where) };
}

async function differing(runner: GitRunner, before: ObjectId, after: ObjectId, { cwd }: Pick<GitCall, 'cwd'>): Promise<RepoPath[]> {
  const told = await runner.run(['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', before, after], { doing: 'reading what a hook left', cwd });
  return parseRawDiff(told).map((entry) => entry.path);
}

interface Rehearsal {
  runner: GitRunner;
  places: Places;
  hooks: HookRuns;
}

/** The copy becomes a repository of its own that borrows our objects, so that whatever the hook does stays in it. */
async function rehearseIn(folder: string, { runner, places, hooks }: Rehearsal, base: ObjectId, change: ChangeSet, seconds: number): Promise<HookReport> {
  const doing = 'preparing the rehearsal of a hook';
  const format = await runner.line(['rev-parse', '--show-object-format'], { doing });
  await runner.run(['init', '--quiet', `--object-format=${format}`, '--template=', folder], { doing, cwd: folder });
  const borrowed = join(folder, '.git', 'objects', 'info');
  await onDisk(doing, () => disk.mkdir(borrowed, { recursive: true }));
  await onDisk(doing, () => disk.appendFile(join(borrowed, 'alternates'), `${join(places.commonDirectory, 'objects')}\n`));
  const branch = await runner.line(['symbolic-ref', 'HEAD'], { doing, cwd: folder });
  await runner.run(['update-ref', branch, base], { doing, cwd: folder });
  await runner.run(['read-tree', base], { doing, cwd: folder });
  await runner.run(['update-index', '--add', '--remove', '--replace', '-z', '--stdin'], { doing, cwd: folder, input: pathsInput(change.entries.map((entry) => entry.path)) });
  const before = await runner.line(['write-tree'], { doing, cwd: folder });
  await fillIndex(runner, before, { cwd: folder });
  await lendTools(runner, folder, places);
  await runner.run(['config', '--local', 'core.hooksPath', await hooks.folder()], { doing, cwd: folder });
  const result = await hooks.runIn(folder, 'pre-commit', { seconds });
  const report = await judge(runner, before, { cwd: folder }, result);
  // A formatter may also leave its changes unstaged and fail, so that a person looks at them.
  return report.ok ? report : { ...report, changed: await unstaged(runner, folder) };
}

async function unstaged(runner: GitRunner, cwd: string): Promise<RepoPath[]> {
  const told = await runner.run(['diff-files', '-z', '--raw', '--no-abbrev'], { doing: 'reading what a hook left', cwd });
  return parseRawDiff(told).map((entry) => entry.path);
}

/** Folders of installed tools that hooks need and that a copy lacks. */
const TOOL_FOLDERS = ['node_modules', '.venv', 'venv', 'vendor'];

/**
 * Links the worktree's installed tools into the copy, out of sight of its git. A hook writes through such a link, so only
 * a folder is lent of which git ignores all: what is tracked or untracked in one is somebody's work.
 */
async function lendTools(runner: GitRunner, folder: string, places: Places): Promise<void> {
  const doing = 'preparing the rehearsal of a hook';
  const work = records(await runner.run(['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...TOOL_FOLDERS], { doing }));
  await onDisk(doing, async () => {
    for (const name of TOOL_FOLDERS) {
      if (work.some((path) => path === name || path.startsWith(`${name}/`))) continue;
      const there = await exists(join(places.root, name));
      if (!there || await exists(join(folder, name))) continue;
      await disk.symlink(join(places.root, name), join(folder, name));
      await disk.mkdir(join(folder, '.git', 'info'), { recursive: true });
      await disk.appendFile(join(folder, '.git', 'info', 'exclude'), `/${name}\n`);
    }
  });
}

const exists = (path: string): Promise<boolean> => disk.access(path).then(() => true, () => false);

/** Nothing when a hook took it away. */
async function messageIn(file: string): Promise<string | undefined> {
  return await exists(file) ? onDisk('reading the message', () => disk.readFile(file, 'utf8')) : undefined;
}

/** git's own order: first the hook that prepares a message, then the one that judges it. */
const MESSAGE_HOOKS = ['prepare-commit-msg', 'commit-msg'] as const;

/** Comments stay in the message: nobody edits here. */
async function runMessageHooks(hooks: HookRuns, names: readonly (typeof MESSAGE_HOOKS)[number][], { file, index, seconds }: { file: string; index: string; seconds: number }): Promise<MessageReport> {
  let last: MessageReport = { ok: true, message: '', said: '' };
  for (const hook of names) {
    const args = hook === 'commit-msg' ? [file] : [file, 'message'];
    const { ok, timedOut, said } = endOf(await hooks.run(hook, { args, seconds, env: { GIT_INDEX_FILE: index } }));
    const message = await messageIn(file);
    last = { ok: ok && message !== undefined, timedOut, said: said === '' && message === undefined ? 'it took away the file that holds it' : said, hook, message: message ?? '' };
    if (!last.ok) break;
  }
  return last;
}
