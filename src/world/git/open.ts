import { onFirstUse } from '../onFirstUse.js';
import type { Places } from '../places.js';
import type { Programs } from '../programs.js';
import type { EarlyAnswers } from './early.js';
import type { Git } from './index.js';
import { openReadings, type Readings } from './readings.js';
import { openRepositoryView } from './repositoryView.js';
import { openRunner, type Patience } from './runner.js';

/** Opens everything that can be said to git about one worktree. What changes something is loaded when it is needed. */
export function openGit(places: Places, env: Record<string, string | undefined>, { signal, early, patience }: { signal: AbortSignal; early?: EarlyAnswers; patience?: Patience }, programs: Programs): Git {
  const runner = openRunner(places.root, env, signal, early, patience);
  const changes = onFirstUse(async () => (await import('./changes.js')).openChanges(runner, places));
  // Who commits is asked before anything is looked at; the first look goes on with what was read for it.
  let begun: Readings | undefined;
  return {
    repository: {
      ...openRepositoryView(runner, places),
      identity: (role) => openRepositoryView(runner, places, () => begun ??= openReadings(runner)).identity(role),
    },
    look: async () => {
      const readings = begun ?? openReadings(runner);
      begun = undefined;
      return (await import('./look.js')).lookThrough(readings, runner, places);
    },
    changes,
    trees: onFirstUse(async () => (await import('./trees.js')).openTrees(runner, places)),
    branch: onFirstUse(async () => (await import('./branch.js')).openBranch(runner, places)),
    remote: onFirstUse(async () => (await import('./remote.js')).openRemote(runner, places)),
    hooks: onFirstUse(async () => (await import('./hooks.js')).openHooks(runner, places, programs, changes)),
    notes: onFirstUse(async () => (await import('./notes.js')).openNotes(runner, places)),
    history: onFirstUse(async () => (await import('./history.js')).openHistory(runner, places, env, signal)),
    texts: onFirstUse(async () => (await import('./texts.js')).openTexts(runner, places)),
  };
}
