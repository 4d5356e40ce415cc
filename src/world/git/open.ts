import type { Places } from '../places.js';
import type { Programs } from '../programs.js';
import { openBranch } from './branch.js';
import { openChanges } from './changes.js';
import { openHistory } from './history.js';
import { openHooks } from './hooks.js';
import type { Git } from './index.js';
import { look } from './look.js';
import { openRemote } from './remote.js';
import { openRepositoryView } from './repositoryView.js';
import { openRunner } from './runner.js';
import { openSettings } from './settings.js';
import { openTrees } from './trees.js';

/** Opens everything that can be said to git about one worktree. */
export function openGit(places: Places, env: Record<string, string | undefined>, signal: AbortSignal, programs: Programs): Git {
  const runner = openRunner(places.root, env, signal);
  const changes = openChanges(runner, places);
  return {
    repository: openRepositoryView(runner, places),
    look: async () => look(runner, places),
    changes,
    trees: openTrees(runner, places),
    branch: openBranch(runner),
    remote: openRemote(runner),
    hooks: openHooks(runner, places, programs, changes),
    history: openHistory(runner, places, env),
    settings: openSettings(places.root, env, signal),
  };
}
