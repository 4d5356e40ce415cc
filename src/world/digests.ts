import { hash } from 'node:crypto';
import type { Digest } from '../domain/changeSet.js';

/** SHA-256 of what is at hand whole, as `sha256:` and 64 hexadecimal digits. Text counts as UTF-8. */
export const sha256 = (bytes: Uint8Array | string): Digest => `sha256:${hash('sha256', bytes, 'hex')}`;
