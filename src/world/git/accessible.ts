import { promises as disk } from 'node:fs';

/** Whether what a path leads to is there, and open to us in this mode if one is given (`constants.X_OK`). */
export const isAccessible = (path: string, mode?: number): Promise<boolean> => disk.access(path, mode).then(() => true, () => false);
