import type * as z from 'zod';
import type { manifestSchema } from './manifestReading.js';

export const MANIFEST_VERSION = 1;

/**
 * What `init` laid down, with the text as it was then: so an upgrade can merge three ways, and an uninstall can tell
 * what was edited since.
 */
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestEntry = Manifest['files'][number];

export const emptyManifest = (): Manifest => ({ schema_version: MANIFEST_VERSION, files: [] });

export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;
