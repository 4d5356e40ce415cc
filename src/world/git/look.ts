import type { Places } from '../places.js';
import { hooksFolder } from './hooksFolder.js';
import type { Look } from './index.js';
import { entriesAt } from './indexEntries.js';
import { openReadings } from './readings.js';
import { openRepositoryView } from './repositoryView.js';
import type { GitRunner } from './runner.js';

/** Looks at the repository: everything that is asked of this look is answered from the same readings. */
export function look(runner: GitRunner, places: Places): Look {
  const readings = openReadings(runner);
  return {
    ...openRepositoryView(runner, places, () => readings),
    settings: readings.settings,
    entriesAt: async (paths) => entriesAt(runner, await readings.index(), paths),
    hooksFolder: async () => hooksFolder(runner, places, await readings.settings()),
  };
}
