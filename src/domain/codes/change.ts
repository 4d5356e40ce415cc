import { showPath, type RepoPath } from '../paths.js';
import { sh } from '../shellLine.js';
import { entry, LIST_SETTINGS, onTicket, pathWords, paths } from './entry.js';

/** What can be wrong with paths of the worktree when a change is looked at. */
export const changeCodes = () => ({
  'unstable': entry<{ path: RepoPath }>({
    says: ({ path }) => `${showPath(path)} changed each time it was read: something is writing to it.`,
    commands: () => ['cxw status'],
  }),
  'path-through-link': entry<{ path: RepoPath; link: RepoPath }>({
    says: ({ path, link }) => (path === link
      ? `${showPath(path)} is a symbolic link, and git does not track what is behind it.`
      : `${showPath(path)} leads through the symbolic link ${showPath(link)}.`),
    commands: ({ link }) => [sh`ls -l ${link}`, 'cxw status'],
  }),
  'nested-repository': entry<{ path: RepoPath; repository: RepoPath }>({
    says: ({ path, repository }) => (path === repository
      ? `${showPath(path)} is a git repository of its own.`
      : `${showPath(path)} lies in ${showPath(repository)}, which is a git repository of its own.`),
    commands: ({ repository }) => [sh`git -C ${repository} status`],
  }),
  'not-a-file': entry<{ path: RepoPath }>({
    says: ({ path }) => `${showPath(path)} is neither a file nor a symbolic link.`,
    commands: ({ path }) => [sh`ls -ld ${path}`, 'cxw status'],
  }),
  'baseline-renewed': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ ticket, paths: some }) => `What lay beside ${ticket} when it began is lost, so this now counts as having been there before: ${paths(some)}.`,
    commands: ({ paths: some }) => [sh`git diff HEAD -- ${pathWords(some.slice(0, 5))}`],
  }),
  'baseline-lost': entry<{ ticket: string; agent: string; isPushed: boolean }>({
    says: ({ ticket, agent }) => `What lay beside ${ticket} when it began, and what could execute then, is lost; an agent (${agent}) may not say that it was as it is now.`,
    commands: ({ ticket, isPushed }) => (isPushed ? [LIST_SETTINGS, sh`cxw deliver ${ticket}`] : [sh`cxw advance ${ticket}`, 'git status']),
  }),
  'settings-uncompared': entry<{ ticket: string }>({
    says: ({ ticket }) => `What could execute or redirect when ${ticket} began is lost, so nobody can tell whether that was altered since.`,
    commands: () => [LIST_SETTINGS, 'git rev-parse --git-path hooks'],
  }),
  'private-state-damaged': entry<{ ticket: string; name: string }>({
    says: ({ ticket, name }) => `The private ${name} of ${ticket} cannot be read, or is not what the ledger remembers.`,
    commands: onTicket('rework --refresh'),
  }),
});
