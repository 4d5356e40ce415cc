import { promises as disk } from 'node:fs';
import { join } from 'node:path';
import { onDisk } from '../durably.js';
import type { Places } from '../places.js';
import type { Programs } from '../programs.js';
import { isAccessible } from './accessible.js';
import { openHookRuns, type HookRuns } from './hookRuns.js';
import { endOf, fillIndex, judge } from './hookVerdict.js';
import type { Changes, Hooks, MessageReport } from './index.js';
import { rehearseIn } from './rehearsal.js';
import type { GitRunner } from './runner.js';
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
      const own = { index, config: OWN_INDEX };
      await fillIndex(runner, tree, own);
      return judge(runner, tree, own, await hooks.run(name, { args, seconds, env: { GIT_INDEX_FILE: index } }));
    },

    rehearse: async (base, change, seconds) => {
      if (!await exists('pre-commit')) return { ran: false, ok: true, tree: base, changed: [], said: '' };
      const copy = await changes.export(base, change.entries);
      try {
        return await rehearseIn(copy, { runner, places, hooks }, change, seconds);
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

/** Nothing when a hook took it away. */
async function messageIn(file: string): Promise<string | undefined> {
  return await isAccessible(file) ? onDisk('reading the message', () => disk.readFile(file, 'utf8')) : undefined;
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
