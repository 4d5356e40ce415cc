import type { Digest, ObjectId } from '../domain/changeSet.js';
import { crypto } from './crypto.js';

/** SHA-256 of what is at hand whole, as `sha256:` and 64 hexadecimal digits. Text counts as UTF-8. */
export const sha256 = (bytes: Uint8Array | string): Digest => `sha256:${crypto().hash('sha256', bytes, 'hex')}`;

/** The hash by which a repository with such ids names its objects. */
export const hashOf = (id: ObjectId): 'sha1' | 'sha256' => (id.length === 40 ? 'sha1' : 'sha256');

/** The id that git gives to these very bytes, in the hash of the other id. No filter has a say in it. */
export const blobId = (content: Uint8Array, like: ObjectId): ObjectId =>
  crypto().hash(hashOf(like), Buffer.concat([Buffer.from(`blob ${content.length}\0`), content]), 'hex');
