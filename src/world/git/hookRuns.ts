import { constants } from 'node:fs';
import { join } from 'node:path';
import type { Places } from '../places.js';
import type { ProgramResult, Programs } from '../programs.js';
import { isAccessible } from './accessible.js';
import { readConfiguration } from './configuration.js';
import { CONFIGURED_BY } from './environment.js';
import { hooksFolder } from './hooksFolder.js';
import type { HookName } from './index.js';
import type { GitRunner } from './runner.js';

/** Bytes of a hook's output that are kept to be shown. */
const SAID = 16_384;

/** One run of a hook. */
export interface HookRun {
  args?: readonly string[];
  seconds: number;
  env?: Record<string, string>;
}

/**
 * Finds hooks and starts them by `git hook run`, so that those which were found are those that run: git is given what says
 * where configuration lies, and is not told to let a missing hook pass.
 */
export interface HookRuns {
  /** Where the hooks lie, as it was when first asked: a hook that moves the folder does not choose the next one. */
  folder(): Promise<string>;
  /** From now on they are looked for there. */
  lookIn(folder: string): void;
  /**
   * Those of the names that exist. Until it is asked again they count as there: one that has gone by the time it is to
   * run has failed, which is no leave to go on without it.
   */
  find<Name extends HookName>(names: readonly Name[]): Promise<Name[]>;
  exists(name: HookName): Promise<boolean>;
  /** Runs one in the worktree. */
  run(name: HookName, run: HookRun): Promise<ProgramResult>;
  /** Runs one in another repository, whose own settings must name the folder. */
  runIn(cwd: string, name: HookName, run: HookRun): Promise<ProgramResult>;
}

/**
 * Hooks are other people's programs, so they run as such: in a process group with a deadline, output capped and scrubbed,
 * and without the options and variables of our own git calls, which they would inherit. The folder is no option either: a
 * hook that commits in another repository would run these hooks there.
 */
export function openHookRuns(runner: GitRunner, places: Places, programs: Programs): HookRuns {
  const lookedIn = async (): Promise<string> => hooksFolder(runner, places, await readConfiguration(runner));
  let first: Promise<string> | undefined;
  let found: readonly HookName[] = [];
  const folder = (): Promise<string> => first ??= lookedIn();
  const stands = async (name: HookName): Promise<boolean> => isAccessible(join(await folder(), name), constants.X_OK);

  const runIn: HookRuns['runIn'] = (cwd, name, { args = [], seconds, env }) => programs.run({
    argv: ['git', 'hook', 'run', name, ...(args.length === 0 ? [] : ['--', ...args])],
    cwd, timeout: seconds, logBytes: SAID, pass: [...CONFIGURED_BY, 'SSH_AUTH_SOCK', 'GPG_TTY', 'GNUPGHOME'],
    env: { GIT_EDITOR: ':', GIT_TERMINAL_PROMPT: '0', ...env },
  });

  return {
    folder,
    lookIn: (there) => { first = Promise.resolve(there); },
    find: async (names) => {
      const there = await Promise.all(names.map(stands));
      const those = names.filter((_, at) => there[at]);
      found = those;
      return those;
    },
    exists: async (name) => found.includes(name) || stands(name),
    run: async (name, run) => (await lookedIn() === await folder() ? runIn(places.root, name, run) : MOVED),
    runIn,
  };
}

const MOVED: ProgramResult = { ending: 'not-started', why: 'it was not started: git looks for hooks in another folder by now', duration: 0, log: Buffer.alloc(0), printed: 0, cut: false, redacted: 0 };
