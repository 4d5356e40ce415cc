import { asWritten, sh } from '../shellLine.js';
import { entry } from './entry.js';

/** A name may be as long as somebody makes it. */
const cut = (name: string): string => (name.length > 300 ? `${name.slice(0, 300)}…` : name);

/** Wherever the command is run in the worktree. */
const GIT_DIRECTORY = asWritten('"$(git rev-parse --absolute-git-dir)"');

/** The world failed, or another run is at work. Exit 6, and 7 for `busy`. */
export const worldCodes = () => ({
  'not-a-repository': entry<{ folder: string; why?: string }>({
    says: ({ folder, why }) => `There is no git worktree at ${cut(folder)}${why === undefined ? '' : `: ${why}`}.`,
    commands: ({ why }) => (why === undefined ? ['git init'] : ['cxw -C FOLDER status']),
  }),
  'repository-broken': entry<{ git: string; why: string }>({
    says: ({ git, why }) => `${cut(git)} is there, and git takes it for no repository: ${cut(why)}.`,
    commands: ({ git }) => [sh`ls -la ${git}`, 'cxw explain repository-broken'],
  }),
  'repository-called-bare': entry<Record<string, never>>({
    says: () => 'The configuration of this repository calls it bare (core.bare), so git takes no folder here for its worktree.',
    commands: () => ['git worktree list', 'git config core.bare false'],
  }),
  'repository-of-another': entry<{ folder: string }>({
    says: ({ folder }) => `The repository in ${cut(folder)} belongs to another user, and git does not work in it unless you say that it is safe.`,
    commands: ({ folder }) => [sh`git config --global --add safe.directory ${folder}`],
  }),
  'git-missing': entry<{ path?: string }>({
    says: () => 'The program git was not found on PATH.',
    commands: () => ['git --version'],
  }),
  'git-too-old': entry<{ found: string; needed: string }>({
    says: ({ found, needed }) => `This git is ${found}; cxw needs ${needed} or newer, which can run hooks by name and flush what it writes.`,
    commands: () => ['git --version'],
  }),
  'git-failed': entry<{ doing: string; said: string }>({
    says: ({ doing, said }) => `git failed while ${doing}: ${said}`,
    commands: () => ['git status'],
  }),
  'objects-not-fetched': entry<{ doing: string; remote: string; object?: string }>({
    says: ({ doing, remote, object }) => `git failed while ${doing}: this clone is partial, and ${object === undefined ? 'what was needed' : `object ${object.slice(0, 12)}`} was left at ${remote}.`,
    commands: ({ remote }) => [sh`git fetch --refetch --no-filter ${remote}`, 'cxw status'],
  }),
  'git-timed-out': entry<{ doing: string; seconds: number }>({
    says: ({ doing, seconds }) => `git did not finish ${doing} within ${seconds} s, and was ended.`,
    // What hangs would meet most commands of ours again.
    commands: () => ['cxw explain git-timed-out', 'cxw status'],
  }),
  // `place` is what refused, below the git directory; `owner` whose it is, when it is not ours.
  'disk-failed': entry<{ doing: string; said: string; place?: string; owner?: number }>({
    says: ({ doing, said, place, owner }) => `The system failed while ${doing}: ${said}${place === undefined ? '' : ` (${place} in the git directory${owner === undefined ? '' : `, which belongs to user ${owner}`})`}.`,
    // cxw itself would most likely fail again in the same way.
    commands: ({ said, place, owner }) => (/no space|quota/.test(said) ? ['df -h .', 'df -i .'] : place === undefined ? [`ls -la . ${GIT_DIRECTORY}`]
      : [sh`ls -ld ${GIT_DIRECTORY}/${place}`, ...(said === 'permission denied' && owner === undefined ? [sh`chmod u+rwX ${GIT_DIRECTORY}/${place}`] : [])]),
  }),
  'input-unreadable': entry<{ name: string; why: string }>({
    says: ({ name, why }) => `${cut(name)} cannot be read: ${why}.`,
    commands: () => ['ls -la', 'cxw explain input-unreadable'],
  }),
  'clock-out-of-range': entry<{ says: string; first: number; last: number }>({
    says: ({ says, first, last }) => `The clock of this machine says ${says}; git writes commits of the years ${first} to ${last} only.`,
    commands: () => ['date -u'],
  }),
  'state-read-only': entry<{ command: string }>({
    says: ({ command }) => `${command} must write below the git directory, which is read-only here (as in an agent's sandbox).`,
    commands: ({ command }) => [command, 'cxw status'],
  }),
  'locked': entry<{ pid: number; command: string; seconds: number; stopped: boolean }>({
    says: ({ pid, command, seconds, stopped }) => `${command} (process ${pid}) has been at work in this worktree for ${seconds} s${stopped ? ', and is stopped' : ''}.`,
    commands: ({ pid, stopped }) => [...(stopped ? [sh`kill -CONT ${pid}`] : []), 'cxw status'],
  }),
  'lock-foreign': entry<{ pid: number; command: string; seconds: number }>({
    says: ({ pid, command, seconds }) => (pid === 0 ? 'What stands in the place of the lock cannot be read, so nobody can tell who holds it, and whether they still work.' : `${command} (process ${pid} on another machine or in another container) took the lock ${seconds} s ago; whether it still runs cannot be seen from here.`),
    commands: () => ['cxw unlock'],
  }),
  'inside-a-hook': entry<{ variable: string }>({
    says: ({ variable }) => `${variable} is set: cxw was started from inside a git hook or alias, where git's own locks are held; or this shell exports it.`,
    commands: ({ variable }) => [sh`unset ${variable}`, 'cxw status'],
  }),
  'unsupported-platform': entry<{ platform: string }>({
    says: ({ platform }) => `cxw is not tested on ${platform}.`,
    commands: () => ['CXW_UNTESTED_PLATFORM=1 cxw status'],
  }),
});
