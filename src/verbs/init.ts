import { planInstall, type Action, type PlannedFile } from '../domain/install.js';
import { emptyManifest, type Manifest } from '../domain/manifest.js';
import { done, no, type Outcome } from '../domain/outcome.js';
import { MANIFEST_PATH, POLICY_PATH } from '../domain/ownFiles.js';
import { installedPacks, PACKS, packsMeant, type Pack } from '../domain/packs.js';
import { ownPath, shellWord, showPath } from '../domain/paths.js';
import { remark, type Problem } from '../domain/problem.js';
import { shortBranch, type RemoteConfiguration, type Survey } from '../domain/repository.js';
import type { Policy } from '../domain/policy.js';
import { chooseSetup, standingSetup, type ChosenSetup, type SetupWishes } from '../domain/setup.js';
import { detectStack, LOCKFILE_NAMES, STACK_FILES, type Stack } from '../domain/stack.js';
import { temporariesIn } from '../domain/temporaries.js';
import type { World } from '../world/index.js';
import { ignoredIn, ways } from './initialising/ways.js';
import { offeredScaffold } from './offeredScaffold.js';
import { standingFiles } from './standingFiles.js';

export interface InitRequest extends SetupWishes {
  dryRun: boolean;
  /** Packs of files to be laid down beside the core and what is there already; `all` means every one. */
  packs: string[];
}

export interface InitData {
  version: string;
  dryRun: boolean;
  files: { path: string; pack?: Pack; action: Action; why?: string }[];
  /** The packs among them, and what each brings. */
  packs: { name: Pack; brings: string }[];
  detected?: Omit<Stack, 'unknown'> & { branch?: string; remote?: string; upstream?: string; delivery: string };
  unknown: { what: string; why: string }[];
}

export type InitWorld = Pick<World, 'assets' | 'documents' | 'files' | 'git'>;

/** Sets cxw up in a repository of any kind. Plans first; never overwrites an edit; commits nothing. */
export async function init(world: InitWorld, request: InitRequest): Promise<Outcome<InitData>> {
  const base = { version: world.assets.version, dryRun: request.dryRun };

  const look = await world.git.look();
  // Whether this git can do what a delivery needs is better told now than at the first one.
  const [survey, settings, identity, stack] = await Promise.all([look.survey(), look.settings(), look.identity('committer'), lookAtStack(world), look.gitVersion()]);
  const remote = await world.git.remote.configuration(survey.branch ?? '', settings);
  const seen = { branch: shortBranch(survey), remotes: remote.remotes, upstream: remote.upstream, identified: identity !== undefined };
  const policy = await policyHere(world);
  const choice = policy === undefined ? chooseSetup({ ...seen, stack }, request) : standingSetup({ ...seen, stack }, policy, request);
  if (!choice.ok) return no('refused', 'init', { ...base, files: [], packs: [], unknown: [] }, choice.refusals);

  const manifest = await manifestIn(world);
  const packs = packsMeant(request.packs, installedPacks(manifest ?? emptyManifest()));
  const scaffold = await offeredScaffold(world, choice.value.setup, packs);
  const standing = await standingFiles(world.files, [...scaffold.map(({ path }) => path), MANIFEST_PATH]);
  const plan = planInstall({ scaffold, standing, manifest, version: world.assets.version });
  const data = { ...base, files: plan.files.map(told), packs: packs.map((name) => ({ name, brings: PACKS[name] })), detected: detectedIn(survey, remote, choice.value), unknown: choice.value.unknown };
  // What was planned is told of no file: none of it is laid down.
  if (plan.refusals.length > 0) return no('refused', 'init', { ...data, files: [], packs: [] }, plan.refusals);

  if (!request.dryRun) await world.files.sweep(temporariesIn(survey));
  // Git looks up what is ignored while the files are written.
  const [ignored] = await Promise.all([ignoredIn(world, plan.files, survey), request.dryRun ? undefined : layDown(world, plan.files)]);
  const after = await ways(world, plan.files, { survey, remote, choice: choice.value, ignored });
  const remarks = [...(policyStands(plan.files) ? absentRemark(choice.value, remote) : unknownRemarks(choice.value)), ...theirsRemarks(plan.files, manifest, request), ...after.remarks];
  return done('init', data, request.dryRun ? [commandOf(request)] : after.next, remarks);
}

const told = ({ path, pack, action, why }: PlannedFile): InitData['files'][number] => ({ path: showPath(path), pack, action, why });

function detectedIn(survey: Survey, remote: RemoteConfiguration, { setup, unknown }: ChosenSetup): InitData['detected'] {
  const { unknown: _, ...commands } = setup.stack;
  const upstream = remote.upstream;
  return {
    ...commands,
    branch: shortBranch(survey),
    remote: unknown.some(({ what }) => what === 'remote') ? undefined : setup.remote,
    upstream: upstream === undefined ? undefined : `${upstream.remote}/${upstream.ref.replace(/^refs\/heads\//, '')}`,
    delivery: setup.mode,
  };
}

/** A policy that is there already says what was unknown then; what is detected now does not change it. */
const policyStands = (files: readonly PlannedFile[]): boolean => files.some((file) => file.path === POLICY_PATH && file.action !== 'create');

/** The command that carries out what a dry run showed. */
function commandOf({ branch, remote, delivery, prove, packs }: InitRequest): string {
  const flags = Object.entries({ branch, remote, delivery, prove }).filter(([, value]) => value !== undefined);
  return ['cxw init', ...flags.map(([name, value]) => `--${name} ${shellWord(value!)}`), ...packs.map((pack) => `--with ${pack}`)].join(' ');
}

const unknownRemarks = ({ unknown }: ChosenSetup): Problem[] => (unknown.length === 0 ? [] : [remark('stack-unknown', { unknown })]);

/** What a standing policy cannot know: whether its remote is configured in this clone. */
const absentRemark = ({ setup: { mode, remote } }: ChosenSetup, { remotes }: RemoteConfiguration): Problem[] =>
  (mode !== 'commit-push' || remotes.includes(remote) ? [] : [remark('unknown-remote', { remote, remotes }, 'warning')]);

/** Files of theirs that stand where a pack that is asked for would lay down its own. */
function theirsRemarks(files: readonly PlannedFile[], manifest: Manifest | undefined, { packs }: InitRequest): Problem[] {
  const ours = new Set(manifest?.files.map(({ path }) => path));
  const theirs = files.filter(({ path, pack, action }) => pack !== undefined && action === 'keep' && !ours.has(path));
  return packs.length === 0 || theirs.length === 0 ? [] : [remark('pack-file-theirs', { paths: theirs.map(({ path }) => showPath(path)) })];
}

async function lookAtStack({ files }: Pick<World, 'files'>): Promise<Stack> {
  const found = await Promise.all([...STACK_FILES, ...LOCKFILE_NAMES].map(async (name) => {
    const path = ownPath(name);
    if (await files.kind(path) !== 'file') return [name, undefined] as const;
    return [name, LOCKFILE_NAMES.includes(name) ? '' : (await files.read(path))?.toString('utf8')] as const;
  }));
  return detectStack(Object.fromEntries(found));
}

/** The policy that stands here, where it can be read. */
async function policyHere({ documents, files }: Pick<World, 'documents' | 'files'>): Promise<Policy | undefined> {
  const reading = await files.kind(ownPath(POLICY_PATH)) === 'file' ? await documents.policy() : undefined;
  return reading?.ok ? reading.value : undefined;
}

/** What was laid down before; nothing when that cannot be read. */
async function manifestIn({ files }: Pick<World, 'files'>): Promise<Manifest | undefined> {
  const found = (await standingFiles(files, [MANIFEST_PATH])).get(MANIFEST_PATH);
  if (found?.kind !== 'file') return emptyManifest();
  const { readManifest } = await import('../domain/manifestReading.js');
  return readManifest(Buffer.from(found.bytes).toString('utf8'));
}

/** The manifest last, when all that it lists is safely on disk: what a cut-short run laid down is recognised by the next one. */
async function layDown({ files }: Pick<World, 'files'>, planned: readonly PlannedFile[]): Promise<void> {
  for (const part of [planned.filter(({ path }) => path !== MANIFEST_PATH), planned.filter(({ path }) => path === MANIFEST_PATH)]) {
    for (const { path, action, content } of part) if (action === 'merge') await files.write(path, content!);
    // A file that came into being meanwhile is somebody's own, and stays.
    await files.createAll(part.flatMap(({ path, action, content }) => (action === 'create' ? [{ path, content: content! }] : [])));
  }
}
