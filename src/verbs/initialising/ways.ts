import { commitCommands } from '../../domain/commitCommands.js';
import type { PlannedFile } from '../../domain/install.js';
import { MANIFEST_PATH } from '../../domain/ownFiles.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import { remark, type Problem } from '../../domain/problem.js';
import { shortBranch, type RemoteConfiguration, type Survey } from '../../domain/repository.js';
import type { ChosenSetup } from '../../domain/setup.js';
import { UNKNOWN } from '../../domain/stack.js';
import type { World } from '../../world/index.js';
import { wholeFolders } from './wholeFolders.js';

/** What was looked at and decided before anything was laid down. */
export interface Seen {
  survey: Survey;
  remote: RemoteConfiguration;
  choice: ChosenSetup;
}

/** The commands that commit and push the scaffold and nothing else, and what they leave out. */
export async function ways({ git, files }: Pick<World, 'git' | 'files'>, planned: readonly PlannedFile[], seen: Seen, standing: RepoPath | undefined): Promise<{ next: string[]; remarks: Problem[] }> {
  const dirty = new Set(seen.survey.dirty.map((path) => path.path));
  const ours = planned.filter(({ path, action }) => action === 'create' || action === 'merge' || (action === 'same' && dirty.has(path)));
  const mixed = ours.filter(({ path, action }) => action === 'merge' && path !== MANIFEST_PATH && dirty.has(path)).map(({ path }) => path);
  const ignored = await git.repository.ignored(ours.map(({ path }) => path));
  const paths = ours.map(({ path }) => path).filter((path) => !mixed.includes(path) && !ignored.includes(path));
  const ahead = seen.survey.ahead ?? 0;
  const pushes = seen.choice.setup.mode === 'commit-push' && ahead === 0;
  return {
    next: [
      ...commitCommands(await wholeFolders({ files }, paths), { branch: shortBranch(seen.survey), upstream: seen.remote.upstream, remote: pushes ? seen.choice.setup.remote : undefined, standing }),
      `cxw ticket new --quick TITLE --file PATH${seen.choice.setup.stack.test === UNKNOWN ? ' --prove COMMAND' : ''}`,
    ],
    remarks: [
      ...(ignored.length > 0 ? [remark('scaffold-ignored', { paths: ignored.map(showPath) }, 'warning')] : []),
      ...(mixed.length > 0 ? [remark('scaffold-mixed', { paths: mixed.map(showPath) }, 'warning')] : []),
      ...(paths.length > 0 && ahead > 0 ? [remark('scaffold-behind-own-commits', { commits: ahead })] : []),
    ],
  };
}
