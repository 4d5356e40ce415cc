import { join } from 'node:path';
import { statOf } from './containment.js';
import type { Places } from './places.js';

/** Whether only a part of the repository is checked out; or was, and the list of it lies there still. git itself need not be asked. */
export const isSparse = ({ gitDirectory }: Places): boolean => statOf(join(gitDirectory, 'info/sparse-checkout')) !== undefined;
