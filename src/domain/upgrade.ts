import { bytesOf, charactersOf, encoded, sameText, textOf } from './fileText.js';
import { brokenBlock, type Standing } from './install.js';
import { blockOf, readBlock, replaceBlock } from './managedBlock.js';
import { MANIFEST_VERSION, type Manifest, type ManifestEntry } from './manifest.js';
import { comparePaths, type RepoPath } from './paths.js';
import type { Refusal } from './problem.js';
import type { ScaffoldFile } from './scaffold.js';

/** Three texts of one file, as bytes with LF line endings: as it was laid down, as it stands, as it is offered now. */
export interface Three {
  base: Uint8Array;
  standing: Uint8Array;
  offered: Uint8Array;
}

/** How three texts went together: `text` holds marks where they did not. */
export interface Merged {
  text: Uint8Array;
  clean: boolean;
}

/**
 * What becomes of one file. `update`: nobody edited it. `merge`: both changed it, and what both want fits together.
 * `conflict`: it does not; the file stays as it is, and a copy beside it shows both. `remove`: its template is gone and
 * nobody edited it.
 */
export type UpgradeAction = 'create' | 'update' | 'merge' | 'conflict' | 'remove' | 'keep' | 'same';

export interface UpgradedFile {
  path: RepoPath;
  action: UpgradeAction;
  why?: string;
  /** What is written: into the file, or into the copy beside it. */
  content?: Uint8Array;
}

export interface UpgradeTarget {
  manifest: Manifest;
  offered: readonly ScaffoldFile[];
  /** What stands at every path of both. */
  standing: ReadonlyMap<RepoPath, Standing>;
  version: string;
  /** Puts three texts together. */
  merge(three: Three): Promise<Merged>;
}

export interface UpgradePlan {
  files: UpgradedFile[];
  refusals: Refusal[];
  /** What is ours once the plan is carried out. */
  manifest: Manifest;
}

/** A file with what the manifest is to say of it, if it is ours. */
interface Decision extends UpgradedFile {
  entry?: ManifestEntry;
  refusal?: Refusal;
}

/** The copy beside a file that shows what could not be put together. */
export const mergeCopyOf = (path: RepoPath): RepoPath => `${path}.cxw-merge` as RepoPath;

/**
 * Decides about every file that was laid down or is offered now, three ways: as it was laid down, as it stands, as it is
 * offered. What was edited survives, what was deleted stays deleted, and what cannot be put together is shown beside.
 */
export async function planUpgrade(target: UpgradeTarget): Promise<UpgradePlan> {
  const listed = new Map(target.manifest.files.map((entry) => [entry.path, entry]));
  const offered = new Set(target.offered.map(({ path }) => path));
  const decisions = [
    ...await Promise.all(target.offered.map((file) => decide(file, listed.get(file.path), target))),
    ...target.manifest.files.filter(({ path }) => !offered.has(path)).map((entry) => withdraw(entry, foundAt(target, entry.path))),
  ];
  const files = decisions.flatMap(({ entry }) => (entry === undefined ? [] : [entry])).sort((a, b) => comparePaths(a.path, b.path));
  return {
    files: decisions.map(({ path, action, why, content }) => ({ path, action, why, content })),
    refusals: decisions.flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal])),
    manifest: { schema_version: MANIFEST_VERSION, files },
  };
}

const foundAt = ({ standing }: UpgradeTarget, path: RepoPath): Standing => standing.get(path) ?? { kind: 'absent' };

async function decide(file: ScaffoldFile, before: ManifestEntry | undefined, target: UpgradeTarget): Promise<Decision> {
  const { path, text, pack } = file;
  const found = foundAt(target, path);
  const after: ManifestEntry = { path, kind: 'file', pack, version: target.version, pristine: text };
  if (before === undefined) {
    if (found.kind === 'absent') return { path, action: 'create', content: encoded(text), entry: after };
    // What holds exactly our text counts as ours: a run that was cut short laid it down.
    if (found.kind === 'file' && sameText(found.bytes, text)) return { path, action: 'same', entry: after };
    return { path, action: 'keep', why: 'it was here before' };
  }
  if (found.kind === 'absent') return { path, action: 'keep', why: 'you deleted it', entry: before };
  if (found.kind !== 'file') return { path, action: 'keep', why: 'something else stands there', entry: before };
  if (before.kind === 'block') return decideBlock(path, found.bytes, blockOf(text), before, target);
  if (sameText(found.bytes, text)) return { path, action: 'same', entry: before.pristine === text ? before : after };
  if (before.pristine === text) return { path, action: 'keep', why: 'you edited it, and its template is the same', entry: before };
  if (sameText(found.bytes, before.pristine)) return { path, action: 'update', content: withLineEndsOf(found.bytes, encoded(text)), entry: after };
  return together(path, found.bytes, { base: encoded(before.pristine), offered: encoded(text) }, after, target);
}

/** A file of somebody else of which we own some lines: only they are merged. */
async function decideBlock(path: RepoPath, bytes: Uint8Array, offered: string | undefined, before: ManifestEntry, target: UpgradeTarget): Promise<Decision> {
  const reading = readBlock(bytes);
  if (reading.found === 'broken') {
    return { path, action: 'keep', why: `line ${reading.line} breaks the managed block`, entry: before, refusal: brokenBlock(path, bytes, reading) };
  }
  if (reading.found === 'none' || offered === undefined) return { path, action: 'keep', why: 'its managed block was taken out', entry: before };
  const after: ManifestEntry = { path, kind: 'block', pack: before.pack, version: target.version, pristine: offered };
  if (reading.text === offered) return { path, action: 'same', entry: before.pristine === offered ? before : after };
  if (before.pristine === offered) return { path, action: 'keep', why: 'you edited its managed block, and its template is the same', entry: before };
  if (reading.text === before.pristine) return { path, action: 'update', why: 'only the managed block changes', content: replaceBlock(bytes, offered), entry: after };
  const merged = await target.merge({ base: encoded(before.pristine), standing: encoded(reading.text), offered: encoded(offered) });
  if (!merged.clean) return { path, action: 'conflict', why: SHOWN_BESIDE, content: merged.text, entry: after };
  return { path, action: 'merge', why: 'only the managed block changes', content: replaceBlock(bytes, textOf(merged.text)), entry: after };
}

const SHOWN_BESIDE = 'you and its template changed the same lines; the copy beside it shows both';

/** The line endings of the file as it stands are kept; one that mixes them is not rewritten, but shown both ways. */
async function together(path: RepoPath, bytes: Uint8Array, { base, offered }: Omit<Three, 'standing'>, after: ManifestEntry, { merge }: UpgradeTarget): Promise<Decision> {
  if (bytes.includes(0)) return { path, action: 'keep', why: 'it holds NUL bytes, so it is no text any more', entry: after };
  const ends = lineEndsOf(bytes);
  const merged = await merge({ base, standing: ends === 'crlf' ? withLf(bytes) : bytes, offered });
  const text = ends === 'crlf' ? withCrlf(merged.text) : merged.text;
  if (!merged.clean) return { path, action: 'conflict', why: SHOWN_BESIDE, content: text, entry: after };
  if (ends === 'mixed') return { path, action: 'conflict', why: 'it mixes line endings; the copy beside it is what the upgrade would make of it', content: text, entry: after };
  return sameBytes(text, bytes)
    ? { path, action: 'keep', why: 'you have what its template brings', entry: after }
    : { path, action: 'merge', content: text, entry: after };
}

/** A template that this version has no more. */
function withdraw(entry: ManifestEntry, found: Standing): Decision {
  const { path, kind, pristine } = entry;
  if (found.kind === 'file' && kind === 'file' && sameText(found.bytes, pristine)) return { path, action: 'remove', why: 'cxw has it no more' };
  return { path, action: 'keep', why: found.kind === 'absent' ? 'it is gone' : 'cxw has it no more, and you edited it: it is yours now' };
}

type LineEnds = 'lf' | 'crlf' | 'mixed';

function lineEndsOf(bytes: Uint8Array): LineEnds {
  const text = charactersOf(bytes);
  const crlf = text.split('\r\n').length - 1;
  return crlf === 0 ? 'lf' : crlf === text.split('\n').length - 1 ? 'crlf' : 'mixed';
}

const withLineEndsOf = (model: Uint8Array, text: Uint8Array): Uint8Array => (lineEndsOf(model) === 'crlf' ? withCrlf(text) : text);

const withLf = (bytes: Uint8Array): Uint8Array => bytesOf(charactersOf(bytes).replaceAll('\r\n', '\n'));
const withCrlf = (bytes: Uint8Array): Uint8Array => bytesOf(charactersOf(bytes).replaceAll('\n', '\r\n'));
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, at) => byte === b[at]);
