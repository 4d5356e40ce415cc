import { encoded, sameText, textOf } from './fileText.js';
import { blockOf, insertBlock, readBlock, type BlockReading } from './managedBlock.js';
import { MANIFEST_VERSION, manifestText, type Manifest, type ManifestEntry } from './manifest.js';
import { MANIFEST_PATH } from './ownFiles.js';
import type { Pack } from './packs.js';
import { comparePaths, showPath, type RepoPath } from './paths.js';
import { complain, refuse, type Refusal } from './problem.js';
import { AGENTS_PATH, type ScaffoldFile } from './scaffold.js';

/** What stands where a file is to go. A link is somebody's own arrangement; `blocked` says why nothing can be written there. */
export type Standing = { kind: 'absent' } | { kind: 'file'; bytes: Uint8Array } | { kind: 'link' } | { kind: 'blocked'; found: string };

export type Action = 'create' | 'keep' | 'same' | 'merge' | 'refuse';

/** What becomes of one file. `content` is what will be written, for `create` and `merge`. */
export interface PlannedFile {
  path: RepoPath;
  /** None for the core. */
  pack?: Pack;
  action: Action;
  why?: string;
  content?: Uint8Array;
}

export interface InstallPlan {
  files: PlannedFile[];
  refusals: Refusal[];
}

export interface Target {
  scaffold: readonly ScaffoldFile[];
  /** By the scaffold's own paths, and the manifest's. */
  standing: ReadonlyMap<RepoPath, Standing>;
  /** What was laid down before; absent when that cannot be read. */
  manifest: Manifest | undefined;
  /** The program's version, for the manifest. */
  version: string;
}

/** A planned file with what the manifest will say of it, if it is ours, and why it cannot be planned. */
interface Decision extends PlannedFile {
  entry?: ManifestEntry;
  refusal?: Refusal;
}

/**
 * Decides about every file of the scaffold: what is missing is created; an AGENTS.md of somebody else gets one block;
 * what stands is kept. The manifest comes last, so that a run that was cut short is completed by the next one: a file
 * that holds exactly our text counts as ours.
 */
export function planInstall(target: Target): InstallPlan {
  const { manifest } = target;
  if (manifest === undefined) return { files: [{ path: MANIFEST_PATH, action: 'refuse' }], refusals: [refuse('manifest-broken', { path: MANIFEST_PATH })] };
  const decisions = target.scaffold.map((file) => ({ ...decide(file, target, manifest.files.find((entry) => entry.path === file.path)), pack: file.pack }));
  const files = [...decisions, manifestDecision(target, manifest, decisions)];
  return {
    files: files.map(({ path, pack, action, why, content }) => ({ path, pack, action, why, content })),
    refusals: files.flatMap((file) => (file.refusal === undefined ? [] : [file.refusal])),
  };
}

const standingAt = (standing: Target['standing'], path: RepoPath): Standing => standing.get(path) ?? { kind: 'absent' };

function decide(file: ScaffoldFile, { standing, version }: Target, before: ManifestEntry | undefined): Decision {
  const { path, text, pack } = file;
  const found = standingAt(standing, path);
  const asFile: ManifestEntry = { path, kind: 'file', pack, version, pristine: text };
  // The core is needed whole; of a pack, whatever somebody has arranged in another way is theirs.
  if (found.kind === 'blocked') return pack === undefined ? blocked(path, found.found) : { path, action: 'keep', why: found.found, entry: before };
  // A link of theirs that leads to a file of the repository was followed before.
  if (found.kind === 'link' && path === AGENTS_PATH) return blocked(path, 'it is a symbolic link that leads to no file of the repository');
  if (found.kind === 'link') return { path, action: 'keep', why: 'a symbolic link stands there', entry: before };
  if (found.kind === 'absent') return { path, action: 'create', content: encoded(text), entry: asFile };
  if (sameText(found.bytes, text)) return { path, action: 'same', entry: before ?? asFile };
  if (before?.kind === 'file' && sameText(found.bytes, before.pristine)) return { path, action: 'same', entry: before };
  const block = blockOf(text);
  if (block !== undefined) return decideBlock(file, found.bytes, block, version, before);
  return { path, action: 'keep', why: before === undefined ? 'it was here before' : 'it was edited', entry: before };
}

/** A file of somebody else that we own some lines of. */
function decideBlock({ path, pack }: ScaffoldFile, bytes: Uint8Array, block: string, version: string, before: ManifestEntry | undefined): Decision {
  const reading = readBlock(bytes);
  const entry: ManifestEntry = before ?? { path, kind: 'block', pack, version, pristine: block };
  if (reading.found === 'broken') return { path, action: 'refuse', why: `line ${reading.line} breaks the managed block`, refusal: brokenBlock(path, bytes, reading) };
  if (reading.found === 'one') {
    const pristine = before === undefined ? block : blockOf(before.pristine);
    if (reading.text !== pristine) return { path, action: 'keep', why: 'its managed block was edited', entry: before };
    return entry.kind === 'block' ? { path, action: 'same', entry } : { path, action: 'keep', why: 'it was edited', entry };
  }
  if (before !== undefined) return { path, action: 'keep', why: 'its managed block was taken out', entry: before };
  if (saysAlready(bytes, block)) return { path, action: 'keep', why: 'it says that already' };
  if (bytes.includes(0)) return blocked(path, 'it holds NUL bytes, so it is not text in UTF-8');
  return { path, action: 'merge', why: 'one managed block is added; every other byte stays', content: insertBlock(bytes, block), entry };
}

/** Whether somebody has written every line of a block themselves, as the one import that a client needs. */
function saysAlready(bytes: Uint8Array, block: string): boolean {
  const lines = new Set(textOf(bytes).split('\n').map((line) => line.trim()));
  return block.trimEnd().split('\n').slice(1, -1).every((line) => lines.has(line.trim()));
}

const blocked = (path: RepoPath, found: string): Decision =>
  ({ path, action: 'refuse', why: found, refusal: refuse('scaffold-blocked', { path, found }) });

/** Our markers stand in a file so that it is not clear which lines are ours. */
export const brokenBlock = (path: RepoPath, bytes: Uint8Array, { line, fault }: Extract<BlockReading, { found: 'broken' }>): Refusal =>
  complain('agents-block-broken', { path: showPath(path), line, fault }, { file: showPath(path), line, column: 1, source: textOf(bytes) });

function manifestDecision(target: Target, before: Manifest, decisions: Decision[]): Decision {
  const planned = new Set(decisions.map((decision) => decision.path));
  const entries = [...decisions.flatMap(({ entry }) => (entry === undefined ? [] : [entry])), ...before.files.filter((entry) => !planned.has(entry.path))];
  const text = manifestText({ schema_version: MANIFEST_VERSION, files: entries.sort((a, b) => comparePaths(a.path, b.path)) });
  const found = standingAt(target.standing, MANIFEST_PATH);
  if (found.kind === 'blocked') return blocked(MANIFEST_PATH, found.found);
  if (found.kind === 'link') return blocked(MANIFEST_PATH, 'a symbolic link stands there');
  if (found.kind === 'absent') return { path: MANIFEST_PATH, action: 'create', content: encoded(text) };
  return sameText(found.bytes, text) ? { path: MANIFEST_PATH, action: 'same' } : { path: MANIFEST_PATH, action: 'merge', why: 'it lists what is ours now', content: encoded(text) };
}
