import { showPath, shellPath, type RepoPath } from '../paths.js';
import { entry } from './entry.js';

const SAMPLE = 'src/greet.ts' as RepoPath;

/** What can be wrong with paths of the worktree when a change is looked at. */
export const changeCodes = {
  'unstable': entry<{ path: RepoPath }>({
    title: 'A file changed while it was read',
    says: ({ path }) => `${showPath(path)} changed each time it was read: something is writing to it.`,
    commands: () => ['cxw status'],
    cause: 'A digest of a file that is being written would name a content that never stood there.',
    fix: 'Let the program that writes the file finish (an editor, a watcher, a build), then run the same command again.',
    example: { path: SAMPLE },
  }),
  'path-through-link': entry<{ path: RepoPath; link: RepoPath }>({
    title: 'A path leads through a symbolic link',
    says: ({ path, link }) => (path === link
      ? `${showPath(path)} is a symbolic link; a file is needed there.`
      : `${showPath(path)} leads through the symbolic link ${showPath(link)}.`),
    commands: ({ link }) => [`ls -l ${shellPath(link)}`, 'cxw status'],
    cause: 'Git does not track what lies behind a symbolic link, and a link can lead out of the repository, so nothing is read or written through one.',
    fix: 'Name the real path instead, or replace the link by what it leads to.',
    example: { path: 'docs/guide/start.md' as RepoPath, link: 'docs/guide' as RepoPath },
  }),
  'nested-repository': entry<{ path: RepoPath; repository: RepoPath }>({
    title: 'A path lies in another repository',
    says: ({ path, repository }) => (path === repository
      ? `${showPath(path)} is a git repository of its own.`
      : `${showPath(path)} lies in ${showPath(repository)}, which is a git repository of its own.`),
    commands: ({ repository }) => [`git -C ${shellPath(repository)} status`],
    cause: 'Files of a nested repository or a submodule belong to that repository; delivered from here they would be torn out of it.',
    fix: 'Work in that repository with a ticket of its own, or remove its .git entry if it was not meant to be one.',
    example: { path: 'vendor/kit/index.js' as RepoPath, repository: 'vendor/kit' as RepoPath },
  }),
  'not-a-file': entry<{ path: RepoPath }>({
    title: 'Neither a file nor a link',
    says: ({ path }) => `${showPath(path)} is neither a file nor a symbolic link.`,
    commands: ({ path }) => [`ls -ld ${shellPath(path)}`],
    cause: 'Git keeps files and symbolic links. Directories are read and written by their files; pipes, sockets and devices cannot be delivered.',
    fix: 'Remove it, or take it out of the scope.',
    example: { path: 'run/control.sock' as RepoPath },
  }),
  'private-state-damaged': entry<{ ticket: string; name: string }>({
    title: 'Private state cannot be read',
    says: ({ ticket, name }) => `The private ${name} of ${ticket} cannot be read.`,
    commands: ({ ticket }) => [`cxw rework --refresh ${ticket}`],
    cause: "cxw's own file below the git directory was edited or damaged. It is written whole or not at all, so an interruption does not explain it.",
    fix: 'Look at your uncommitted work yourself, then discover the repository again.',
    example: { ticket: 'TKT-2026-11-21-fix-typo', name: 'baseline' },
  }),
};
