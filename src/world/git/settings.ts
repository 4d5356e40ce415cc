import type { SimpleGit } from 'simple-git';
import type { Identity } from '../../domain/repository.js';
import { parseIdent } from '../../domain/porcelain.js';
import { failed } from '../errors.js';
import { gitEnvironment } from './environment.js';
import { throwIfInterrupted } from './runner.js';

/**
 * What git's configuration says about people, remotes and branches. Read through simple-git, which knows these formats
 * well; nothing here holds path bytes or is asked often.
 */
export interface Settings {
  /** The value that applies, the last one where there are several. */
  config(key: string): Promise<string | undefined>;
  /** Every key with all its values, in git's order. */
  configAll(): Promise<Map<string, string[]>>;
  remotes(): Promise<string[]>;
  /** The effective push URLs of a configured remote, rewriting applied. They may hold user info: never publish them as they are. */
  pushUrls(remote: string): Promise<string[]>;
  branches(): Promise<LocalBranches>;
  /** Who commits here; nothing where git was not told. */
  identity(): Promise<Identity | undefined>;
}

export interface LocalBranches {
  /** Short name of the branch that HEAD names, if there is one. */
  current?: string;
  names: string[];
}

/** Opens the settings of the repository at `root`. simple-git itself is loaded with the first question. */
export function openSettings(root: string, ambient: NodeJS.ProcessEnv, signal?: AbortSignal): Settings {
  let opened: Promise<SimpleGit> | undefined;

  async function ask<T>(doing: string, question: (git: SimpleGit) => Promise<T>): Promise<T> {
    opened ??= openSimpleGit(root, ambient, signal);
    const git = await opened;
    try {
      return await question(git);
    } catch (error) {
      throwIfInterrupted(signal);
      throw failed('git-failed', { doing, said: error instanceof Error ? error.message.trim() : String(error) }, error);
    }
  }

  const remotes = (): Promise<string[]> =>
    ask('listing the remotes', async (git) => (await git.getRemotes()).map((remote) => remote.name).filter((name) => name !== ''));

  return {
    remotes,
    config: (key) => ask('reading the configuration', async (git) => (await git.getConfig(key)).value ?? undefined),
    configAll: () => ask('reading the configuration', async (git) => mergeValues((await git.listConfig()).values)),
    pushUrls: async (remote) => {
      // Only a name that git itself listed goes into its arguments.
      if (!(await remotes()).includes(remote)) return [];
      const urls = await ask('reading the push URL', (git) => git.remote(['get-url', '--push', '--all', '--', remote]));
      return String(urls ?? '').split('\n').filter((url) => url !== '');
    },
    branches: () => ask('listing the branches', async (git) => {
      const { current, detached, all } = await git.branchLocal();
      return { current: detached || current === '' ? undefined : current, names: detached ? all.filter((name) => name !== current) : all };
    }),
    identity: async () => {
      try {
        return parseIdent((await ask('asking who commits', (git) => git.raw('var', 'GIT_COMMITTER_IDENT'))).trim());
      } catch {
        // Git fails when nobody told it who commits; that is an answer.
        return undefined;
      }
    },
  };
}

/** Where our own calls' `-c` options are listed; they are nobody's configuration. */
const OWN_OPTIONS = 'command line:';

function mergeValues(byFile: Record<string, Record<string, unknown>>): Map<string, string[]> {
  const merged = new Map<string, string[]>();
  for (const [file, values] of Object.entries(byFile)) {
    if (file === OWN_OPTIONS) continue;
    for (const [key, value] of Object.entries(values)) {
      merged.set(key, [...(merged.get(key) ?? []), ...(Array.isArray(value) ? value : [value]).map(String)]);
    }
  }
  return merged;
}

/**
 * simple-git guards against environments and options that come from outside: it strips every inherited `GIT_*`, and
 * refuses to run when a variable such as GIT_EDITOR, or an option such as core.fsmonitor, is set on purpose. Ours are
 * set on purpose, all of them in our own source, to switch programs off; so each is allowed by name. Its timer after a
 * child's exit, 50 ms a call, is off: the closing of the pipes is what counts.
 */
async function openSimpleGit(root: string, ambient: NodeJS.ProcessEnv, signal: AbortSignal | undefined): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  const environment = { ...gitEnvironment(ambient), GIT_NO_REPLACE_OBJECTS: '1' };
  return simpleGit({
    baseDir: root,
    abort: signal,
    completion: { onExit: false, onClose: true },
    config: ['core.fsmonitor=false', 'core.untrackedCache=false', 'user.useConfigOnly=true'],
    allowEnvironment: Object.keys(environment),
    unsafe: {
      allowUnsafeAskPass: true, allowUnsafeConfigPaths: true, allowUnsafeEditor: true,
      allowUnsafeFsMonitor: true, allowUnsafePager: true, allowUnsafeSshCommand: true,
    },
  }).env(environment);
}
