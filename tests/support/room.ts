import { openBranch } from '../../src/world/git/branch.js';
import { openChanges } from '../../src/world/git/changes.js';
import { openHistory } from '../../src/world/git/history.js';
import { openNotes } from '../../src/world/git/notes.js';
import { openRemote } from '../../src/world/git/remote.js';
import { openRunner } from '../../src/world/git/runner.js';
import { openTrees } from '../../src/world/git/trees.js';
import { openPlaces } from '../../src/world/places.js';
import type { Workshop } from './workshop.js';

/** The writing half of the git room, opened on a workshop. */
export async function gitRoom(bench: Workshop, env: Record<string, string | undefined> = bench.env) {
  const places = await openPlaces(bench.root, bench.env);
  const runner = openRunner(places.root, bench.env);
  return {
    places, runner,
    trees: openTrees(runner, places),
    changes: openChanges(runner, places),
    branch: openBranch(runner, places),
    remote: openRemote(runner, places),
    notes: openNotes(runner, places),
    history: openHistory(runner, places, env),
  };
}
