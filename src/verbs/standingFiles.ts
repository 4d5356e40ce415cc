import type { Standing } from '../domain/install.js';
import { showPath, type RepoPath } from '../domain/paths.js';
import type { World } from '../world/index.js';

/** What stands at each of these paths, where files of ours lie or are to lie. */
export async function standingFiles(files: World['files'], paths: readonly RepoPath[]): Promise<Map<RepoPath, Standing>> {
  return new Map(await Promise.all(paths.map(async (path) => [path, await standingAt(files, path)] as const)));
}

async function standingAt(files: World['files'], path: RepoPath): Promise<Standing> {
  for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
    const parent = path.slice(0, slash) as RepoPath;
    const kind = await files.kind(parent);
    if (kind === 'absent') return { kind: 'absent' };
    if (kind === 'link') return { kind: 'blocked', found: `${showPath(parent)} is a symbolic link` };
    if (kind !== 'directory') return { kind: 'blocked', found: `${showPath(parent)} is not a directory` };
  }
  const kind = await files.kind(path);
  if (kind === 'absent' || kind === 'link') return { kind };
  const bytes = kind === 'file' ? await files.read(path) : undefined;
  return bytes === undefined ? { kind: 'blocked', found: `a ${kind === 'directory' ? 'directory' : 'special file'} stands there` } : { kind: 'file', bytes };
}
