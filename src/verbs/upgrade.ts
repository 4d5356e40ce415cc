import { commitCommands } from '../domain/commitCommands.js';
import { sameText } from '../domain/fileText.js';
import { manifestText, type Manifest } from '../domain/manifest.js';
import { readManifest } from '../domain/manifestReading.js';
import { newerThan } from '../domain/newerVersion.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { MANIFEST_PATH, POLICY_PATH } from '../domain/ownFiles.js';
import { installedPacks } from '../domain/packs.js';
import { ownPath, showPath } from '../domain/paths.js';
import { refuse, remark, type Problem } from '../domain/problem.js';
import { shortBranch, type Survey } from '../domain/repository.js';
import type { Setup } from '../domain/scaffold.js';
import { setupIn } from '../domain/setup.js';
import { mergeCopyOf, planUpgrade, type UpgradeAction, type UpgradedFile } from '../domain/upgrade.js';
import type { World } from '../world/index.js';
import { deliveriesBegun } from './deliveriesBegun.js';
import { mergeCopiesLeft } from './mergeCopies.js';
import { offeredScaffold } from './offeredScaffold.js';
import { standingFiles } from './standingFiles.js';

export interface UpgradeRequest {
  dryRun: boolean;
  /** Only says whether there is something to do, by the exit code too. */
  check: boolean;
}

export interface UpgradeData {
  version: string;
  dryRun: boolean;
  files: { path: string; action: UpgradeAction; why?: string }[];
}

export type UpgradeWorld = Pick<World, 'assets' | 'files' | 'git' | 'documents' | 'ledger'>;

/**
 * Brings what `init` laid down up to date with this version's templates, three ways: what nobody edited is replaced,
 * edits are kept and merged, what was deleted stays deleted. Commits nothing. The manifest goes last, so that a run
 * that was cut short is completed by the next one.
 */
export async function upgrade(world: UpgradeWorld, request: UpgradeRequest): Promise<Outcome<UpgradeData>> {
  const data: UpgradeData = { version: world.assets.version, dryRun: request.dryRun || request.check, files: [] };
  const underWay = await deliveriesBegun(world);
  if (underWay.length > 0) return no('refused', 'upgrade', data, underWay.map((delivery) => refuse('mid-delivery', delivery)));
  const listed = await world.files.kind(MANIFEST_PATH) === 'file' ? await world.files.read(MANIFEST_PATH) : undefined;
  if (listed === undefined) return no('refused', 'upgrade', data, [refuse('not-set-up', { path: MANIFEST_PATH })]);
  const manifest = readManifest(listed.toString('utf8'));
  if (manifest === undefined) return no('refused', 'upgrade', data, [refuse('manifest-broken', { path: MANIFEST_PATH })]);
  const laidBy = newerThan(data.version, manifest);
  if (laidBy !== undefined) return no('refused', 'upgrade', data, [refuse('manifest-newer', { path: MANIFEST_PATH, laidBy, version: data.version })]);

  const offered = await offeredScaffold(world, await setupOf(world, manifest), installedPacks(manifest));
  const standing = await standingFiles(world.files, [...new Set([...manifest.files, ...offered].map(({ path }) => path))]);
  const plan = await planUpgrade({ manifest, offered, standing, version: world.assets.version, merge: (three) => world.git.texts.merge(three) });
  if (plan.refusals.length > 0) return no('refused', 'upgrade', data, plan.refusals);
  data.files = plan.files.map(({ path, action, why }) => ({ path: showPath(path), action, why }));

  const changes = plan.files.filter(({ action }) => action !== 'keep' && action !== 'same');
  if (request.check && changes.length > 0) return no('refused', 'upgrade', data, [refuse('upgrade-waiting', { version: data.version, paths: changes.map(({ path }) => showPath(path)) })]);
  if (data.dryRun) return done('upgrade', data, changes.length === 0 ? [] : ['cxw upgrade']);
  const before = await world.git.repository.survey();
  await carryOut(world, plan.files, plan.manifest, listed);
  const committing = await waysToCommit(world, changes, before);
  return answer(data, changes, [...committing.remarks, ...await mergeCopiesLeft(world, plan.files.filter(({ action }) => action !== 'conflict').map(({ path }) => path))], committing.next);
}

const UNKNOWN_SETUP: Setup = {
  mode: 'commit', remote: 'origin', branches: ['**'],
  stack: { package_manager: 'unknown', test: 'unknown', lint: 'unknown', build: 'unknown', unknown: [] },
};

/** What was chosen then stands in the policy as it was laid down; where that is gone, in the one that stands. */
async function setupOf({ documents, files }: UpgradeWorld, manifest: Manifest): Promise<Setup> {
  const pristine = manifest.files.find(({ path }) => path === POLICY_PATH)?.pristine ?? (await files.read(ownPath(POLICY_PATH)))?.toString('utf8');
  const reading = pristine === undefined ? undefined : await documents.readPolicy(Buffer.from(pristine), ownPath(POLICY_PATH));
  return reading?.ok === true ? setupIn(reading.value) : UNKNOWN_SETUP;
}

async function carryOut({ files }: UpgradeWorld, planned: readonly UpgradedFile[], manifest: Manifest, listed: Uint8Array): Promise<void> {
  for (const { path, action, content } of planned) {
    if (action === 'create') await files.create(path, content!);
    if (action === 'update' || action === 'merge') await files.write(path, content!);
    if (action === 'conflict') await files.write(mergeCopyOf(path), content!);
    if (action === 'remove') await files.remove(path);
  }
  if (!sameText(listed, manifestText(manifest))) await files.write(MANIFEST_PATH, manifestText(manifest));
}

/** The commands that commit what was upgraded and nothing else, and what they leave out. */
async function waysToCommit({ git }: UpgradeWorld, changes: readonly UpgradedFile[], before: Survey): Promise<{ next: string[]; remarks: Problem[] }> {
  if (changes.length === 0) return { next: [], remarks: [] };
  const dirty = new Set(before.dirty.map(({ path }) => path));
  const mixed = changes.filter(({ path, action }) => action === 'merge' && dirty.has(path)).map(({ path }) => path);
  const now = await git.repository.survey();
  const written = new Set([...changes.map(({ path }) => path), MANIFEST_PATH].filter((path) => !mixed.includes(path)));
  const paths = now.dirty.map(({ path }) => path).filter((path) => written.has(path));
  return {
    next: commitCommands(paths, { branch: shortBranch(now) ?? 'HEAD', message: 'Upgrade cxw' }),
    remarks: mixed.length === 0 ? [] : [remark('scaffold-mixed', { paths: mixed }, 'warning')],
  };
}

/** Conflicts wait for a person; everything else is done, and only has to be committed. */
function answer(data: UpgradeData, changes: readonly UpgradedFile[], remarks: Problem[], next: string[]): Outcome<UpgradeData> {
  const conflicts = changes.filter(({ action }) => action === 'conflict').map(({ path }) => ({ path, copy: mergeCopyOf(path) }));
  if (conflicts.length === 0) return done('upgrade', data, next, remarks);
  const waiting = refuse('upgrade-conflicts', { conflicts });
  return no('waiting', 'upgrade', data, [waiting, ...remarks], [...waiting.commands, ...next]);
}
