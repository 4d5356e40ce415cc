import { commitCommands } from '../../domain/commitCommands.js';
import type { PlannedFile } from '../../domain/install.js';
import { NEW_TICKET } from '../../domain/newTicketCommand.js';
import { MANIFEST_PATH } from '../../domain/ownFiles.js';
import type { RepoPath } from '../../domain/paths.js';
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
  /** Where git would not see what is laid down. */
  ignored: readonly RepoPath[];
}

/** What git would not see of what is planned. It need not stand there yet. */
export const ignoredIn = ({ git }: Pick<World, 'git'>, planned: readonly PlannedFile[], survey: Survey): Promise<RepoPath[]> =>
  git.repository.ignored(toBeCommitted(planned, survey).map(({ path }) => path));

/** The commands that commit and push the scaffold and nothing else, and what they leave out. */
export async function ways({ files }: Pick<World, 'files'>, planned: readonly PlannedFile[], seen: Seen): Promise<{ next: string[]; remarks: Problem[] }> {
  const dirty = dirtyPaths(seen.survey);
  const ours = toBeCommitted(planned, seen.survey);
  const mixed = ours.filter(({ path, action }) => action === 'merge' && path !== MANIFEST_PATH && dirty.has(path)).map(({ path }) => path);
  const paths = ours.map(({ path }) => path).filter((path) => !mixed.includes(path) && !seen.ignored.includes(path));
  const ahead = seen.survey.ahead ?? 0;
  const { mode, remote } = seen.choice.setup;
  const pushes = mode === 'commit-push' && ahead === 0 && seen.remote.remotes.includes(remote);
  return {
    next: [
      ...commitCommands(await wholeFolders({ files }, paths), { branch: shortBranch(seen.survey), upstream: seen.remote.upstream, remote: pushes ? remote : undefined }),
      `${NEW_TICKET}${seen.choice.setup.stack.test === UNKNOWN ? ' --prove COMMAND' : ''}`,
    ],
    remarks: [
      ...(seen.ignored.length > 0 ? [remark('scaffold-ignored', { paths: [...seen.ignored] }, 'warning')] : []),
      ...(mixed.length > 0 ? [remark('scaffold-mixed', { paths: mixed }, 'warning')] : []),
      ...(paths.length > 0 && ahead > 0 ? [remark('scaffold-behind-own-commits', { commits: ahead })] : []),
    ],
  };
}

/** What is laid down now, and what an earlier run laid down that was cut short. */
function toBeCommitted(planned: readonly PlannedFile[], survey: Survey): PlannedFile[] {
  const dirty = dirtyPaths(survey);
  return planned.filter(({ path, action }) => action === 'create' || action === 'merge' || (action === 'same' && dirty.has(path)));
}

const dirtyPaths = ({ dirty }: Survey): Set<RepoPath> => new Set(dirty.map(({ path }) => path));
