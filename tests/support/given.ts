import { createHash } from 'node:crypto';
import { closingRecords } from '../../src/domain/closing.js';
import type { Digest } from '../../src/domain/changeSet.js';
import { publishedUrl } from '../../src/domain/delivery/url.js';
import type { Draft, Fact } from '../../src/domain/facts.js';
import { showPath, type RepoPath } from '../../src/domain/paths.js';
import { fold } from '../../src/domain/run.js';
import type { Outcome } from '../../src/domain/outcome.js';
import { deliver, type DeliverData, type Walk } from '../../src/verbs/deliver.js';
import { blobId } from '../../src/world/digests.js';
import { attempt } from '../../src/world/errors.js';
import { openFiles } from '../../src/world/files.js';
import { openGit } from '../../src/world/git/open.js';
import type { World } from '../../src/world/index.js';
import { openLedger } from '../../src/world/ledger.js';
import { openPlaces } from '../../src/world/places.js';
import { openPrivateState, type PrivateState } from '../../src/world/privateState.js';
import { openPrograms } from '../../src/world/programs.js';

import { aLife, lifeOf, policyDocument, TICKET, ticketDocument } from './sealed.js';
import type { Workshop } from './workshop.js';

const sha256 = (bytes: Uint8Array | string): Digest => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Takes a kept baseline for the ledger's: facts that are made up hold no true digest of it. */
const unquestioned = (kept: PrivateState): PrivateState => ({
  ...kept,
  knownBaseline: (ticket) => kept.knownBaseline(ticket, () => true),
  usableBaseline: (ticket) => kept.usableBaseline(ticket, () => true),
});

/** The rooms of the real world that a delivery enters, opened on a workshop as the command line opens them. */
export async function worldOf(bench: Pick<Workshop, 'root' | 'env'>): Promise<World> {
  const { signal } = new AbortController();
  const places = await openPlaces(bench.root, bench.env, signal);
  const clock = { now: () => new Date() };
  const programs = openPrograms(signal, bench.env, places);
  const rooms: Pick<World, 'places' | 'session' | 'files' | 'ledger' | 'private' | 'programs' | 'git' | 'clock' | 'digest' | 'blobId' | 'attempt' | 'tell'> = {
    places, clock, programs,
    session: { terminal: false, origin: async () => ({ seen: 'self-declared' }) },
    files: openFiles(places.root),
    ledger: openLedger(places, { clock, command: 'cxw deliver' }),
    private: unquestioned(openPrivateState(places)),
    git: openGit(places, bench.env, { signal }, programs),
    digest: sha256,
    blobId,
    attempt,
    tell: () => undefined,
  };
  return rooms as World;
}

export interface Ready {
  world: World;
  base: string;
  /** Every path that the delivery carries. */
  delivered: RepoPath[];
}

/**
 * A ticket that has all its evidence: the facts of states 1 to 11 for the files as they lie there, true to the
 * repository, with closing records written. `files` are the product; what else is dirty is the person's own.
 */
export async function givenReady(bench: Workshop, { files, memory = [], delivery = {}, limits = {}, authorized = [] }: {
  files: readonly string[];
  memory?: readonly string[];
  delivery?: Record<string, unknown>;
  limits?: Record<string, unknown>;
  authorized?: readonly string[];
}): Promise<Ready> {
  const world = await worldOf(bench);
  const base = await bench.git('rev-parse', 'HEAD');
  const ticket = ticketDocument({ scope: { files: files.map((file) => showPath(file as RepoPath)) } });
  const policy = policyDocument({ delivery: { mode: 'commit-push', ...delivery }, limits, authorized });
  await bench.write(`tickets/${TICKET}.yaml`, ticket.text);
  await bench.write('.cxw/policy.yaml', policy.text);
  await bench.write('.git/info/exclude', '/.cxw/\n');
  await takenAsFound(world);
  const product = await world.git.changes.of(base, files as RepoPath[], 'private');
  const remembered = await world.git.changes.of(base, memory as RepoPath[], 'private');
  const life = aLife({ ticket, policy, base, product: product.entries, changeSet: product.digest, memory: remembered.entries });
  const drafts = await Promise.all(lifeOf(life).map((draft) => trueDiscovery(world, draft)));
  const records = await writeRecords(world, drafts, remembered.entries);
  const last = drafts.pop()!;
  if (last.kind !== 'entered' || last.state !== 'context_curated') throw new Error('a life ends with its curation');
  drafts.push({ ...last, evidence: { ...last.evidence, records } });
  await world.ledger.append(TICKET, await world.ledger.read(TICKET), drafts);
  await world.ledger.appendClaim(await world.ledger.claims(), { kind: 'claimed', ticket: TICKET, by: last.by, origin: last.origin });
  const own = records.map((record) => record.path);
  return { world, base, delivered: [...files as RepoPath[], ...memory as RepoPath[], ...own, `tickets/${TICKET}.yaml` as RepoPath, `tickets/records/${TICKET}/ledger.jsonl` as RepoPath] };
}

/** Discovery as this repository would tell it. */
async function trueDiscovery(world: World, draft: Draft): Promise<Draft> {
  if (draft.kind !== 'entered' || draft.state !== 'repository_discovered') return draft;
  const { head, branch } = await world.git.repository.survey();
  const { upstream, pushUrls } = await world.git.remote.configuration(branch!);
  const target = upstream === undefined ? undefined : { ...upstream, url: publishedUrl(pushUrls[0]!) };
  return { ...draft, evidence: { ...draft.evidence, head: head!, branch: branch!, target, objectFormat: await world.git.repository.objectFormat() } };
}

async function writeRecords(world: World, drafts: readonly Draft[], memory: Parameters<typeof closingRecords>[2]['memory']) {
  const facts = drafts.slice(0, -1).map((draft, at) => ({ v: 1, seq: at + 1, prev: sha256('x'), at: '2026-11-21T08:00:00.000Z', ticket: TICKET, ...draft }) as Fact);
  const records = closingRecords(fold(TICKET, facts), facts, { logs: new Map(), memory });
  for (const record of records) await world.files.write(record.path, record.content);
  return records.map(({ path, content }) => ({ path, digest: sha256(content), bytes: content.length }));
}

/** A walk that finds the ticket ready: what lies before a delivery is tested elsewhere. */
export const readyWalk = (world: World): Walk => async () => {
  const view = await world.ledger.read(TICKET);
  return { ok: true, run: fold(TICKET, view.facts), view, remarks: [] };
};

/** Takes the repository, as it is now, for what discovery found: hooks and other work that a test put there belong to it. */
export async function takenAsFound(world: World): Promise<void> {
  const { repository } = world.git;
  const baseline = await repository.baseline(await repository.fullSurvey(), 'salt');
  await world.private.saveBaseline(TICKET, { baseline, mine: [], fingerprints: await repository.fingerprints('salt') });
}

/** Delivers the given ticket as it is found. */
export async function deliverIt(world: World, dryRun = false): Promise<Outcome<DeliverData>> {
  await takenAsFound(world);
  return deliverAgain(world, dryRun);
}

/** The same, on the baseline that is there. */
export const deliverAgain = (world: World, dryRun = false): Promise<Outcome<DeliverData>> =>
  deliver(world, { ticket: TICKET, actor: { role: 'deliverer', name: 'Ada' }, dryRun }, readyWalk(world));

export const codesOf = (outcome: Outcome): string[] => outcome.problems.filter((problem) => problem.severity === 'error').map((problem) => problem.code);

export { TICKET };
