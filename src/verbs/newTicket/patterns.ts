import { compileGlob, globFault } from '../../domain/globs.js';
import type { RepoPath } from '../../domain/paths.js';
import { remark, type Problem } from '../../domain/problem.js';
import type { NewTicket } from '../../domain/ticketText.js';
import type { World } from '../../world/index.js';

/** Names of files that are not there and, read as patterns, would match files that are: they may have been meant as patterns. */
export async function patternRemarks({ files }: Pick<World, 'files'>, { scope }: NewTicket): Promise<Problem[]> {
  const named = scope.class === 'quick' ? scope.files.filter((path) => /[*?[{]/.test(path) && globFault(path) === undefined) : [];
  const found = await Promise.all(named.map(async (file) => {
    if (await files.kind(file) !== 'absent') return [];
    const matches = await matching(files, file);
    return matches.length === 0 ? [] : [remark('ticket-file-pattern', { file, matches }, 'warning')];
  }));
  return found.flat();
}

/** So many names are looked at; a hint is not worth more. */
const MOST = 5000;

async function matching(files: Pick<World['files'], 'list'>, pattern: RepoPath): Promise<RepoPath[]> {
  const fits = compileGlob(pattern);
  const folders = [/^(?:[^*?[{]*\/)?/.exec(pattern)![0]];
  const found: RepoPath[] = [];
  for (let seen = 0; folders.length > 0 && seen < MOST;) {
    const folder = folders.shift()!;
    const names = await files.list(folder.slice(0, -1) as RepoPath);
    seen += names.length;
    folders.push(...names.filter((name) => name.endsWith('/') && name !== '.git/').map((name) => `${folder}${name}`));
    found.push(...names.map((name) => `${folder}${name}` as RepoPath).filter((path) => !path.endsWith('/') && fits(path)));
  }
  return found;
}
