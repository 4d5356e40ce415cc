import type { RepoPath } from '../../domain/paths.js';
import type { FingerprintDetails } from '../../domain/repository.js';
import { placeOf, statOf } from '../containment.js';
import type { Places } from '../places.js';
import { takeFingerprints } from './fingerprints.js';
import { hooksFolder } from './hooksFolder.js';
import type { Look } from './index.js';
import { entriesAt } from './indexEntries.js';
import type { Readings } from './readings.js';
import { openRepositoryView } from './repositoryView.js';
import type { GitRunner } from './runner.js';

/** Looks at the repository through readings: whatever is asked of this look, git is asked each thing once. */
export function lookThrough(readings: Readings, runner: GitRunner, places: Places): Look {
  const view = openRepositoryView(runner, places, () => readings);
  const early = new Map<string, Promise<FingerprintDetails>>();
  function earlyFingerprints(salt: string): Promise<FingerprintDetails> {
    const taken = early.get(salt) ?? view.earlyFingerprints(salt);
    early.set(salt, taken);
    return taken;
  }
  return {
    ...view,
    earlyFingerprints,
    fingerprints: async (salt) => takeFingerprints(readings, places, salt, await earlyFingerprints(salt)),
    settings: readings.settings,
    entriesAt: async (paths) => entriesAt(runner, await readings.index(), paths),
    hooksFolder: async () => hooksFolder(runner, places, await readings.settings()),
    ignored: async (paths) => view.ignored(await untold(readings, places, paths)),
  };
}

/** What stands there and git told nothing of, neither as tracked nor as untracked. Only this can be ignored. */
async function untold(readings: Readings, { root }: Places, paths: readonly RepoPath[]): Promise<RepoPath[]> {
  const [index, { dirty }] = await Promise.all([readings.index(), readings.status()]);
  const told = new Set([...index, ...dirty].map(({ path }) => path));
  return paths.filter((path) => !told.has(path) && statOf(placeOf(root, path)) !== undefined);
}
