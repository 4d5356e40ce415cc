import { constants, promises as disk } from 'node:fs';
import { join } from 'node:path';
import type { ChangeSet, ObjectId } from '../../domain/changeSet.js';
import type { RepoPath } from '../../domain/paths.js';
import { pathsInput } from '../../domain/porcelain.js';
import { parseRawDiff } from './answers.js';
import { onDisk } from '../durably.js';
import type { Places } from '../places.js';
import type { ProgramResult, Programs } from '../programs.js';
import { readConfiguration } from './configuration.js';
import { hooksFolder } from './hooksFolder.js';
import type { Changes, HookName, HookReport, Hooks, MessageReport } from './index.js';
import type { GitCall, GitRunner } from './runner.js';
import { makeFolder, removeFolder } from './temporary.js';
import { openWorkbench, OWN_INDEX, writeTree } from './workbench.js';

/** Bytes of a hook's output that are kept to be shown. */
const SAID = 16_384;

interface Room {
  runner: GitRunner;
  places: Places;
  programs: Programs;
  /** Where the hooks lie, as it was when first asked: a hook that moves the folder does not choose the next one. */
  folder?: Promise<string>;
}

/**
 * Commit hooks, started by `git hook run`. They are other people's programs, so they run as such: in a process group
 * with a deadline, output capped and scrubbed, and without the options and variables of our own git calls, which they
 * would inherit.
 */
export function openHooks(runner: GitRunner, places: Places, programs: Programs, changes: Pick<Changes, 'export'>): Hooks {
  const room: Room = { runner, places, programs };
  const bench = openWorkbench(places);
  const exists = async (name: HookName): Promise<boolean> => isExecutableFile(join(await folderOf(room), name));

  return {
    exists,

    existing: async (names, folder) => {
      room.folder = Promise.resolve(folder);
      const found = await Promise.all(names.map(exists));
      return names.filter((_, at) => found[at]);
    },

    run: async (name, tree, args, seconds) => {
      if (!await exists(name)) return { ran: false, ok: true, tree, changed: [], said: '' };
      // After the commit there is nothing left to look at but the real index.
      if (name === 'post-commit') return { ...endOf(await start(room, name, args, seconds)), tree, changed: [] };
      const index = await bench.index();
      await fillIndex(runner, tree, { index, config: OWN_INDEX });
      return judge(runner, tree, { index }, await start(room, name, args, seconds, { GIT_INDEX_FILE: index }));
    },

    rehearse: async (base, change, seconds) => {
      if (!await exists('pre-commit')) return { ran: false, ok: true, tree: base, changed: [], said: '' };
      const copy = await changes.export(base, change.entries);
      try {
        return await rehearseIn(copy.folder, room, base, change, seconds);
      } finally {
        await copy.remove();
      }
    },

    message: async (message, tree, seconds) => {
      if (!await exists('prepare-commit-msg') && !await exists('commit-msg')) return { ok: true, message, said: '' };
      const folder = await makeFolder(places, [places.state]);
      try {
        const file = join(folder, 'COMMIT_EDITMSG');
        const index = join(folder, 'index');
        await onDisk('writing the message', () => disk.writeFile(file, message));
        await fillIndex(runner, tree, { index, config: OWN_INDEX });
        return await runMessageHooks({ ...room, file, index, seconds }, exists);
      } finally {
        await removeFolder(folder);
      }
    },
  };
}

function folderOf(room: Room): Promise<string> {
  return room.folder ??= readConfiguration(room.runner).then((settings) => hooksFolder(room.runner, room.places, settings));
}

async function isExecutableFile(path: string): Promise<boolean> {
  return disk.access(path, constants.X_OK).then(() => true, () => false);
}

/** An index that holds the tree, with what the worktree's files look like: a hook that asks what is unstaged gets a true answer. */
async function fillIndex(runner: GitRunner, tree: ObjectId, where: Omit<GitCall, 'doing'>): Promise<void> {
  await runner.run(['read-tree', tree], { doing: 'preparing the index of a hook', ...where });
  await runner.attempt(['update-index', '-q', '--refresh'], { doing: 'preparing the index of a hook', ...where });
}

function start({ programs, places }: Room, name: HookName, args: readonly string[], seconds: number, env: Record<string, string> = {}, options: readonly string[] = [], cwd = places.root): Promise<ProgramResult> {
  const words = args.length === 0 ? [] : ['--', ...args];
  return programs.run({
    argv: ['git', ...options, 'hook', 'run', '--ignore-missing', name, ...words],
    cwd, timeout: seconds, logBytes: SAID, pass: ['SSH_AUTH_SOCK', 'GPG_TTY', 'GNUPGHOME'],
    env: { GIT_EDITOR: ':', GIT_TERMINAL_PROMPT: '0', ...env },
  });
}

function endOf({ ending, exit, log, why }: ProgramResult): { ran: true; ok: boolean; timedOut: boolean; said: string } {
  return { ran: true, ok: ending === 'exited' && exit === 0, timedOut: ending === 'timed-out', said: log.toString('utf8').trim() || (why ?? '') };
}

async function judge(runner: GitRunner, before: ObjectId, where: Pick<GitCall, 'index' | 'cwd'>, result: ProgramResult): Promise<HookReport> {
  const end = endOf(result);
  if (!end.ok) return { ...end, tree: before, changed: [] };
  const tree = await writeTree(runner, { doing: 'reading what a hook left', ...where });
  return { ...end, tree, changed: tree === before ? [] : await differing(runner, before, tree, where) };
}

async function differing(runner: GitRunner, before: ObjectId, after: ObjectId, { cwd }: Pick<GitCall, 'cwd'>): Promise<RepoPath[]> {
  const told = await runner.run(['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', before, after], { doing: 'reading what a hook left', cwd });
  return parseRawDiff(told).map((entry) => entry.path);
}

/** The copy becomes a repository of its own that borrows our objects, so that whatever the hook does stays in it. */
async function rehearseIn(folder: string, room: Room, base: ObjectId, change: ChangeSet, seconds: number): Promise<HookReport> {
  const { runner, places } = room;
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
  await lendTools(folder, places);
  const result = await start(room, 'pre-commit', [], seconds, {}, ['-c', `core.hooksPath=${await folderOf(room)}`], folder);
  const report = await judge(runner, before, { cwd: folder }, result);
  // A formatter may also leave its changes unstaged and fail, so that a person looks at them.
  return report.ok ? report : { ...report, changed: await unstaged(runner, folder) };
}

async function unstaged(runner: GitRunner, cwd: string): Promise<RepoPath[]> {
  const told = await runner.run(['diff-files', '-z', '--raw', '--no-abbrev'], { doing: 'reading what a hook left', cwd });
  return parseRawDiff(told).map((entry) => entry.path);
}

/** Folders of installed tools that hooks need, that are never tracked, and that a copy therefore lacks. */
const TOOL_FOLDERS = ['node_modules', '.venv', 'venv', 'vendor'];

/** Links the worktree's installed tools into the copy, out of sight of its git. */
async function lendTools(folder: string, places: Places): Promise<void> {
  await onDisk('preparing the rehearsal of a hook', async () => {
    for (const name of TOOL_FOLDERS) {
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

/** git's own order: first the hook that prepares a message, then the one that judges it. Comments stay: nobody edits here. */
async function runMessageHooks(room: Room & { file: string; index: string; seconds: number }, exists: Hooks['exists']): Promise<MessageReport> {
  let last: MessageReport = { ok: true, message: '', said: '' };
  for (const [hook, args] of [['prepare-commit-msg', [room.file, 'message']], ['commit-msg', [room.file]]] as const) {
    if (!await exists(hook)) continue;
    const { ok, timedOut, said } = endOf(await start(room, hook, args, room.seconds, { GIT_INDEX_FILE: room.index }));
    const message = await messageIn(room.file);
    last = { ok: ok && message !== undefined, timedOut, said: said === '' && message === undefined ? 'it took away the file that holds it' : said, hook, message: message ?? '' };
    if (!last.ok) break;
  }
  return last;
}
