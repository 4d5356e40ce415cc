import { openAssets } from '../../src/world/assets.js';
import { openCache } from '../../src/world/cache.js';
import { openDocuments } from '../../src/world/documents.js';
import { openFiles } from '../../src/world/files.js';
import type { Git } from '../../src/world/git/index.js';
import { lookThrough } from '../../src/world/git/look.js';
import { openNotes } from '../../src/world/git/notes.js';
import { openReadings } from '../../src/world/git/readings.js';
import { openRemote } from '../../src/world/git/remote.js';
import { openRepositoryView } from '../../src/world/git/repositoryView.js';
import { openRunner } from '../../src/world/git/runner.js';
import { openTrees } from '../../src/world/git/trees.js';
import { openBranch } from '../../src/world/git/branch.js';
import { openLedger } from '../../src/world/ledger.js';
import { openPlaces } from '../../src/world/places.js';
import { attempt } from '../../src/world/errors.js';
import { openLiveState, openReservations } from '../../src/world/reservations.js';
import { openSealedLedgers } from '../../src/world/sealed/index.js';
import type { Session } from '../../src/world/session.js';
import { openTickets } from '../../src/world/tickets/index.js';
import type { Workshop } from './workshop.js';

/** The parts of the world that setting up and taking away need, opened on a workshop or on another worktree of it. */
export async function setting(bench: Workshop, root = bench.root) {
  const places = await openPlaces(root, bench.env);
  const runner = openRunner(places.root, bench.env);
  const files = openFiles(places.root);
  const documents = openDocuments(files);
  const cache = openCache(places, bench.env);
  return {
    places, files, documents, cache,
    tickets: openTickets(places, { files, documents, cache, signal: new AbortController().signal }),
    sealed: openSealedLedgers(places, { files, signal: new AbortController().signal }),
    git: { repository: openRepositoryView(runner, places), remote: openRemote(runner, places), notes: openNotes(runner, places), trees: openTrees(runner, places), branch: openBranch(runner, places), look: async () => lookThrough(openReadings(runner), runner, places) } as Git,
    assets: openAssets(),
    attempt,
    reservations: openReservations(places, 'cxw ticket new'),
    ledger: openLedger(places, { clock: { now: () => new Date() }, command: 'cxw uninstall' }),
    session: { terminal: false, origin: async () => ({ seen: 'self-declared' }) } as Session,
    live: openLiveState(places, 'cxw uninstall --purge'),
  };
}
