import type { SimpleGit } from 'simple-git';
import { gitEnvironment, MESSAGE_SETTINGS } from './environment.js';

/**
 * Opens simple-git on a worktree; it is loaded only now. It guards against environments and options that come from
 * outside: it strips every inherited `GIT_*`, and refuses to run when a variable such as GIT_EDITOR, or an option such
 * as core.fsmonitor, is set on purpose. Ours are set on purpose, all of them in our own source, to switch programs off;
 * so each is allowed by name. Its timer after a child's exit, 50 ms a call, is off: the closing of the pipes is what
 * counts. A call that is silent for `patience` seconds is ended.
 */
export async function openSimpleGit(root: string, ambient: NodeJS.ProcessEnv, patience: number, signal?: AbortSignal): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  const environment = { ...gitEnvironment(ambient), GIT_NO_REPLACE_OBJECTS: '1' };
  return simpleGit({
    baseDir: root,
    abort: signal,
    trimmed: false,
    timeout: { block: patience * 1000 },
    completion: { onExit: false, onClose: true },
    config: [
      'core.fsmonitor=false', 'core.untrackedCache=false', 'safe.bareRepository=explicit', 'user.useConfigOnly=true',
      'log.mailmap=false', ...MESSAGE_SETTINGS,
    ],
    allowEnvironment: Object.keys(environment),
    unsafe: {
      allowUnsafeAskPass: true, allowUnsafeConfigPaths: true, allowUnsafeEditor: true,
      allowUnsafeFsMonitor: true, allowUnsafePager: true, allowUnsafeSshCommand: true,
    },
  }).env(environment);
}
