import { promises as disk } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder, removeFolder } from './git/temporary.js';
import { openRunner } from './git/runner.js';
import { openWorld, type World } from './index.js';
import type { Places } from './places.js';

/** A repository and its remote in a folder of their own, where gates may be tried without harm to anything. */
export interface Trial {
  /** Its world, seen as a new run would see it; nobody's, so that no agent is taken for writer and reviewer. */
  world(): Promise<World>;
  git(...args: string[]): Promise<string>;
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
  close(): Promise<void>;
}

const CONFIGURATION = '[user]\n\tname = Canary\n\temail = canary@example.org\n[init]\n\tdefaultBranch = main\n[protocol "file"]\n\tallow = always\n';

/** Makes a repository on `main` with these files committed, and pushed to a bare one beside it. */
export async function openTrial(places: Pick<Places, 'root'>, { env, signal }: { env: Record<string, string | undefined>; signal: AbortSignal }, files: Record<string, string>): Promise<Trial> {
  const folder = await makeFolder(places);
  const [root, remote, home] = ['repo', 'remote.git', 'home'].map((name) => join(folder, name)) as [string, string, string];
  for (const made of [root, home]) await disk.mkdir(made);
  await disk.writeFile(join(home, '.gitconfig'), CONFIGURATION);
  const own = { PATH: env['PATH'], HOME: home, TMPDIR: env['TMPDIR'], GIT_CONFIG_NOSYSTEM: '1' };
  const runner = openRunner(root, own, signal);
  const trial: Trial = {
    world: async () => {
      const world = await openWorld({ cwd: root, env: own, signal, command: 'cxw doctor', tell: () => undefined, streams: { stdin: nothing(), stderr: {} } });
      return { ...world, session: { terminal: false, origin: async () => ({ seen: 'self-declared' }) } };
    },
    git: (...args) => runner.line(args, { doing: 'trying the gates' }),
    write: async (path, text) => {
      await disk.mkdir(dirname(join(root, path)), { recursive: true });
      await disk.writeFile(join(root, path), text);
    },
    remove: (path) => disk.rm(join(root, path), { force: true }),
    close: () => removeFolder(folder),
  };
  try {
    await trial.git('init', '--quiet', '--initial-branch=main');
    for (const [path, text] of Object.entries(files)) await trial.write(path, text);
    await trial.git('add', '--all');
    await trial.git('commit', '--quiet', '--message', 'First');
    await trial.git('init', '--quiet', '--bare', '--initial-branch=main', remote);
    await trial.git('remote', 'add', 'origin', remote);
    await trial.git('push', '--quiet', '--set-upstream', 'origin', 'main');
    return trial;
  } catch (error) {
    await trial.close();
    throw error;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> { /* an empty standard input */ }
