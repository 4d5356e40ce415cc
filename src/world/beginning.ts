import { isAbsolute, resolve } from 'node:path';

/** Where the program was started, which may have gone since, and where it was told to go from there. */
export interface Beginning {
  cwd: string | undefined;
  directory?: string;
}

/** The folder to begin in, as an absolute path; nothing when nobody can tell any more where it would be. */
export function folderOf({ cwd, directory = '.' }: Beginning): string | undefined {
  if (isAbsolute(directory)) return resolve(directory);
  return cwd === undefined ? undefined : resolve(cwd, directory);
}
