import { claimHolder } from '../domain/claim.js';
import { NOTES_REF } from '../domain/delivery/note.js';
import { emptyManifest } from '../domain/manifest.js';
import { readManifest } from '../domain/manifestReading.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { MANIFEST_PATH } from '../domain/ownFiles.js';
import { showPath, type RepoPath } from '../domain/paths.js';
import { refuse, remark, type Refusal } from '../domain/problem.js';
import { planRemoval, type Removal } from '../domain/removal.js';
import type { State } from '../domain/road.js';
import { temporariesIn } from '../domain/temporaries.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';
import { mergeCopiesLeft } from './mergeCopies.js';
import { standingFiles } from './standingFiles.js';

export interface UninstallRequest {
  dryRun: boolean;
  /** Also removes the live state below the git directory: ledgers, safety copies, reserved ids. */
  purge: boolean;
  /** Deliveries that were begun and are not finished, as the ledgers tell. */
  inDelivery: readonly { ticket: TicketId; state: State }[];
}

export interface UninstallData {
  dryRun: boolean;
  purged: boolean;
  files: { path: string; action: Removal['action']; why?: string }[];
}

/**
 * Takes away what `init` laid down and nobody edited, and the managed block; everything else stays as it is, tickets and
 * records too. A second run completes one that was cut short: the manifest goes last.
 */
export async function uninstall(world: Pick<World, 'files' | 'live' | 'git' | 'ledger' | 'session' | 'places'>, request: UninstallRequest): Promise<Outcome<UninstallData>> {
  const { dryRun, purge, inDelivery } = request;
  const nothing: UninstallData = { dryRun, purged: false, files: [] };
  const refusals = [...inDelivery.map((delivery) => refuse('mid-delivery', delivery)), ...await claimRefusals(world, inDelivery), ...(purge ? purgeRefusals(world) : [])];
  if (refusals.length > 0) return no('refused', 'uninstall', nothing, refusals);

  const listed = await world.files.kind(MANIFEST_PATH) === 'file' ? await world.files.read(MANIFEST_PATH) : undefined;
  const manifest = listed === undefined ? emptyManifest() : readManifest(listed.toString('utf8'));
  if (manifest === undefined) return no('refused', 'uninstall', nothing, [refuse('manifest-broken', { path: MANIFEST_PATH })]);

  const plan = planRemoval(manifest, await filesAmong(world, manifest.files.map((entry) => entry.path)));
  const files = [...plan.map(({ path, action, why }) => ({ path: showPath(path), action, why })), ...(purge ? await livePlaces(world) : [])];
  if (!dryRun) {
    // First what may be read-only, so that a refusal leaves everything as it was.
    if (purge) await world.live.purge();
    await takeAway(world, plan);
    await world.files.sweep(temporariesIn(await world.git.repository.survey()));
  }
  const gone = files.some(({ action }) => action === 'remove' || action === 'take-out');
  const next = !gone ? [] : [dryRun ? `cxw uninstall${purge ? ' --purge' : ''}` : 'git status --short'];
  const left = [
    ...(listed === undefined ? [remark('not-installed', { path: MANIFEST_PATH })] : []),
    ...await mergeCopiesLeft(world, manifest.files.map(({ path }) => path)),
    ...(await world.git.notes.tip() === undefined ? [] : [remark('notes-stay', { ref: NOTES_REF })]),
  ];
  return done('uninstall', { dryRun, purged: purge && !dryRun, files }, next, left);
}

/** A ticket that is under way stands on the policy and the rest of what goes. Of one in delivery it has been said. */
async function claimRefusals({ ledger }: Pick<World, 'ledger'>, inDelivery: UninstallRequest['inDelivery']): Promise<Refusal[]> {
  const holder = claimHolder((await ledger.claims()).facts);
  const isSaid = inDelivery.some(({ ticket }) => ticket === holder);
  return holder === undefined || isSaid ? [] : [refuse('writer-busy', { ticket: holder, holder })];
}

/** Whoever takes away what is remembered of a ticket begins anew with whatever lies there; an agent could mean just that. */
const purgeRefusals = ({ session: { agent } }: Pick<World, 'session'>): Refusal[] =>
  (agent === undefined ? [] : [refuse('person-needed', { command: 'cxw uninstall --purge', agent })]);

const LAST_COPY = 'it may be the only copy of work that was overwritten; an answer has named it';

/** What a purge takes away, as seen from the root of the worktree. */
async function livePlaces({ live, places: { root } }: Pick<World, 'live' | 'places'>): Promise<UninstallData['files']> {
  const { copies, others } = await live.places();
  const shown = (place: string): string => (place.startsWith(`${root}/`) ? place.slice(root.length + 1) : place);
  return [...others.map((place) => ({ path: shown(place), action: 'remove' as const })), ...copies.map((place) => ({ path: shown(place), action: 'remove' as const, why: LAST_COPY }))];
}

/** Those of the listed files that stand as files. What was replaced by something else is not ours any more. */
async function filesAmong({ files }: Pick<World, 'files'>, paths: readonly RepoPath[]): Promise<Map<RepoPath, Uint8Array>> {
  const standing = await standingFiles(files, paths);
  return new Map([...standing].flatMap(([path, found]) => (found.kind === 'file' ? [[path, found.bytes] as const] : [])));
}

async function takeAway({ files }: Pick<World, 'files'>, plan: readonly Removal[]): Promise<void> {
  for (const { path, action, content } of plan) {
    if (action === 'remove') await files.remove(path);
    if (action === 'take-out') await files.write(path, content!);
  }
  await files.remove(MANIFEST_PATH);
}
