import type { SimpleGit } from 'simple-git';
import type { Identity } from '../../domain/repository.js';
import { parseIdent } from '../../domain/porcelain.js';
import { failed } from '../errors.js';
import { throwIfInterrupted } from './runner.js';
import { openSimpleGit } from './simpleGit.js';

/**
 * What git was told about people and remotes, for setting up. Read through simple-git, which knows these
 * formats well; nothing here holds path bytes or is asked often.
 */
export interface Settings {
  remotes(): Promise<string[]>;
  /** Who commits here; nothing where git was not told. */
  identity(): Promise<Identity | undefined>;
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

  return {
    remotes: () => ask('listing the remotes', async (git) => (await git.getRemotes()).map((remote) => remote.name).filter((name) => name !== '')),
    identity: async () => {
      try {
        return parseIdent((await ask('asking who commits', (git) => git.raw('var', 'GIT_COMMITTER_IDENT'))).trim());
      } catch {
        throwIfInterrupted(signal);
        // Git fails when nobody told it who commits; that is an answer.
        return undefined;
      }
    },
  };
}
