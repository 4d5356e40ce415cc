import { sameText } from './fileText.js';
import { blockOf, readBlock, removeBlock } from './managedBlock.js';
import type { Manifest, ManifestEntry } from './manifest.js';
import type { RepoPath } from './paths.js';

/** What becomes of one file that the manifest lists. `content` is what stays of it, where only our block goes. */
export interface Removal {
  path: RepoPath;
  action: 'remove' | 'take-out' | 'keep' | 'gone';
  why?: string;
  content?: Uint8Array;
}

/** Decides about everything that was laid down: what is as it was goes; what was edited stays. `now` holds the files that stand. */
export const planRemoval = (manifest: Manifest, now: ReadonlyMap<RepoPath, Uint8Array>): Removal[] =>
  manifest.files.map((entry) => removalOf(entry, now.get(entry.path)));

function removalOf(entry: ManifestEntry, bytes: Uint8Array | undefined): Removal {
  const { path, kind, pristine } = entry;
  if (bytes === undefined) return { path, action: 'gone' };
  if (kind === 'file' && sameText(bytes, pristine)) return { path, action: 'remove' };
  const block = blockOf(pristine);
  const reading = readBlock(bytes);
  if (block === undefined || reading.found === 'none') return { path, action: 'keep', why: 'it was edited' };
  if (reading.found === 'broken') return { path, action: 'keep', why: `line ${reading.line} breaks the managed block` };
  if (reading.text !== block) return { path, action: 'keep', why: 'its managed block was edited' };
  return { path, action: 'take-out', why: 'the managed block goes; every other byte stays', content: removeBlock(bytes) };
}
