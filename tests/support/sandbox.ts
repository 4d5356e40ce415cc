import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { CXW, run, type Ran, type Workshop } from './workshop.js';

const execute = promisify(execFile);

/** Nobody's account: root itself could write whatever the permissions say. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** A workshop as an agent's sandbox shows it: the worktree can be written, the git directory only be read. */
export interface Sandbox {
  cxw(...args: string[]): Promise<Ran>;
  json(...args: string[]): Promise<{ exit: number; answer: any }>;
  /** Names of what was left in the temporary directory. */
  leftovers(): Promise<string[]>;
  /** Steps out of it: everything can be written again. */
  leave(): Promise<void>;
}

export async function sandbox(shop: Pick<Workshop, 'folder' | 'root' | 'env'>): Promise<Sandbox> {
  const temporary = join(shop.folder, 'tmp');
  const program = await programFor(shop);
  await mkdir(temporary, { recursive: true, mode: 0o777 });
  await writeFile(join(shop.folder, 'home/.gitconfig'), '[safe]\n\tdirectory = *\n', { flag: 'a' });
  await execute('chmod', ['-R', 'a+rX,a-w', join(shop.root, '.git')]);
  if (isRoot) await handOver(shop, temporary);
  const env = { ...shop.env, TMPDIR: temporary };
  const command = isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', process.execPath, program] : [process.execPath, program];
  const cxw = (...args: string[]): Promise<Ran> => run(command[0]!, [...command.slice(1), ...args], { cwd: shop.root, env });
  return {
    cxw,
    json: async (...args) => {
      const ran = await cxw(...args, '--json');
      return { exit: ran.exit, answer: JSON.parse(ran.stdout) };
    },
    leftovers: () => readdir(temporary),
    leave: async () => void await execute('chmod', ['-R', 'u+w', join(shop.root, '.git')]),
  };
}

/** Nobody may not be able to read the place where we work, so they get a program of their own. */
async function programFor(shop: Pick<Workshop, 'folder'>): Promise<string> {
  if (!isRoot) return CXW;
  const home = resolve(dirname(CXW), '..');
  const copy = join(shop.folder, 'program');
  for (const part of ['dist', 'templates', 'prompts', 'package.json']) await cp(join(home, part), join(copy, part), { recursive: true });
  return join(copy, 'dist/cxw.cjs');
}

async function handOver(shop: Pick<Workshop, 'folder' | 'root'>, temporary: string): Promise<void> {
  // The folders above are the test run's own, made for its owner alone.
  for (let folder = shop.folder; folder !== dirname(folder); folder = dirname(folder)) {
    const { mode } = await lstat(folder);
    if ((mode & 0o005) !== 0o005) await chmod(folder, mode | 0o055);
  }
  const owner = `${NOBODY}:${NOBODY}`;
  await execute('chown', [owner, temporary]);
  // By `find`, since names may be no text.
  await execute('find', [shop.root, '-path', join(shop.root, '.git'), '-prune', '-o', '-exec', 'chown', '-h', owner, '{}', '+']);
}

/** Everything below a folder, with its bytes and times: what a command that only reads leaves as it is. */
export async function everythingBelow(folder: string): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const { mtimeMs } = await lstat(path);
    seen[path] = entry.isFile() ? `${mtimeMs} ${createHash('sha256').update(await readFile(path)).digest('hex')}` : `${mtimeMs}`;
  }
  return seen;
}
