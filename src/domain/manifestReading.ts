import * as z from 'zod';
import { judge } from './documents/judge.js';
import { MANIFEST_VERSION, type Manifest } from './manifest.js';
import { isScaffoldPlace } from './ownFiles.js';
import type { RepoPath } from './paths.js';
import { writtenPath } from './ticketFields.js';

/** What a manifest must be to be believed. */
export const manifestSchema = z.strictObject({
  schema_version: z.literal(MANIFEST_VERSION),
  files: z.array(z.strictObject({
    path: writtenPath.refine(isScaffoldPlace, 'is no place where cxw lays files down'),
    kind: z.enum(['file', 'block']).meta({ description: 'file: the whole file is ours. block: only the lines between our markers are.' }),
    pack: z.string().min(1).max(40).optional().meta({ description: 'The pack that it belongs to; none for the core.' }),
    version: z.string().min(1).max(40).meta({ description: 'The version of cxw whose template it is.' }),
    pristine: z.string().max(1_000_000).meta({ description: 'Its text as it was laid down, with LF line endings.' }),
  })).max(200),
}).meta({ title: 'cxw manifest', description: 'The files that cxw scaffolded. Kept by cxw; not to be edited.' });

/** Reads a manifest; nothing when it is none, or one of a newer cxw. */
export function readManifest(text: string): Manifest | undefined {
  try {
    return judge(manifestSchema, JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** A scaffolded file's text as it was laid down; nothing when the manifest, given as its text, does not list it as a whole file. */
export const pristineText = (manifest: string, path: RepoPath): string | undefined =>
  readManifest(manifest)?.files.find((entry) => entry.path === path && entry.kind === 'file')?.pristine;
