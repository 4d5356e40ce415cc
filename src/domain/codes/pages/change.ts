import type { RepoPath } from '../../paths.js';
import type { changeCodes } from '../change.js';
import type { PagesOf } from './page.js';

const SAMPLE = 'src/greet.ts' as RepoPath;

export const changePages: PagesOf<typeof changeCodes> = {
  'unstable': {
    title: 'A file changed while it was read',
    cause: 'A digest of a file that is being written would name a content that never stood there.',
    fix: 'Let the program that writes the file finish (an editor, a watcher, a build), then run the same command again.',
    example: { path: SAMPLE },
  },
  'path-through-link': {
    title: 'A path leads through a symbolic link',
    cause: 'Git does not track what lies behind a symbolic link, and a link can lead out of the repository, so nothing is read or written through one.',
    fix: 'Name the real path instead, or replace the link by what it leads to.',
    example: { path: 'docs/guide/start.md' as RepoPath, link: 'docs/guide' as RepoPath },
  },
  'nested-repository': {
    title: 'A path lies in another repository',
    cause: 'Files of a nested repository or a submodule belong to that repository; delivered from here they would be torn out of it.',
    fix: 'Work in that repository with a ticket of its own, or remove its .git entry if it was not meant to be one.',
    example: { path: 'vendor/kit/index.js' as RepoPath, repository: 'vendor/kit' as RepoPath },
  },
  'not-a-file': {
    title: 'Neither a file nor a link',
    cause: 'Git keeps files and symbolic links. Directories are read and written by their files; pipes, sockets and devices cannot be delivered.',
    fix: 'Remove it, or take it out of the scope. Until then `cxw status` tells where the ticket is, and `cxw abandon` ends it.',
    example: { path: 'run/control.sock' as RepoPath },
  },
  'baseline-renewed': {
    title: 'What was there before was noted anew',
    cause: "What cxw noted of your work at the ticket's beginning was edited or damaged. A refresh noted it again, so what anybody changed beside the ticket meanwhile can no longer be told from what was there before. The ledger remembers that.",
    fix: 'Look at the named paths. What does not belong there, take back by hand.',
    example: { ticket: 'TKT-2026-11-21-fix-typo', paths: ['notes.txt' as RepoPath] },
  },
  'baseline-lost': {
    title: 'Only a person may note anew what was there before',
    cause: 'What cxw noted at the beginning of other work, and of hooks, filters and settings that execute, was edited or damaged. Whoever changed any of it without leave would have it counted as old.',
    fix: 'Look at what is there, take back by hand what does not belong, and run the command yourself, from a shell that no agent started.',
    example: { ticket: 'TKT-2026-11-21-fix-typo', agent: 'claude', isPushed: false },
  },
  'settings-uncompared': {
    title: 'What executes could not be compared',
    cause: "What cxw noted at the beginning of hooks, filters and settings was edited, damaged or removed. You may go on without it, and an agent may not: a planted setting could run a program, or let another remote answer.",
    fix: 'Look at the settings and the hooks yourself. What does not belong there, take back by hand.',
    example: { ticket: 'TKT-2026-11-21-fix-typo' },
  },
  'private-state-damaged': {
    title: 'Private state cannot be read',
    cause: "cxw's own file below the git directory was edited or damaged. It is written whole or not at all, so an interruption does not explain it.",
    fix: 'Look at your uncommitted work yourself, then discover the repository again.',
    example: { ticket: 'TKT-2026-11-21-fix-typo', name: 'baseline' },
  },
};
