import { promises as disk } from 'node:fs';
import { join } from 'node:path';
import { records } from '../../domain/porcelain.js';
import { onDisk } from '../durably.js';
import type { Places } from '../places.js';
import { isAccessible } from './accessible.js';
import type { GitRunner } from './runner.js';

/** Folders of installed tools that hooks need and that a copy lacks. */
const TOOL_FOLDERS = ['node_modules', '.venv', 'venv', 'vendor'];

/**
 * Links the worktree's installed tools into the copy, out of sight of its git. A hook writes through such a link, so only
 * a folder is lent of which git ignores all: what is tracked or untracked in one is somebody's work.
 */
export async function lendTools(runner: GitRunner, cwd: string, { root }: Pick<Places, 'root'>): Promise<void> {
  const doing = 'lending tools to the copy';
  const work = records(await runner.run(['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...TOOL_FOLDERS], { doing }));
  await onDisk(doing, async () => {
    for (const name of TOOL_FOLDERS) {
      if (work.some((path) => path === name || path.startsWith(`${name}/`))) continue;
      if (!await isAccessible(join(root, name)) || await isAccessible(join(cwd, name))) continue;
      await disk.symlink(join(root, name), join(cwd, name));
      await disk.appendFile(join(cwd, '.git/info/exclude'), `\n/${name}\n`);
    }
  });
}
