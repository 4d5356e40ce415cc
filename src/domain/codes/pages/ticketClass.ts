import type { RepoPath } from '../../paths.js';
import type { ticketClassCodes } from '../ticketClass.js';
import { ID } from './examples.js';
import type { PagesOf } from './page.js';

export const ticketClassPages: PagesOf<typeof ticketClassCodes> = {
  'too-many-files': {
    title: 'Too many files for a quick ticket',
    cause: 'A quick ticket is so small that it needs no spec. Its own file and its records do not count.',
    fix: 'Split it into quick tickets, or make it a standard one.',
    example: { ticket: ID, files: 4, most: 3 },
  },
  'more-than-one-module': {
    title: 'More than one module for a quick ticket',
    cause: 'Modules are what the policy names under `modules`; without that, the directories below packages, apps, services and libs. Documentation outside of every module does not count.',
    fix: 'Split it into one ticket for each module, or make it a standard one.',
    example: { ticket: ID, why: '2 modules: packages/api, packages/web', paths: ['packages/api/a.ts' as RepoPath, 'packages/web/b.ts' as RepoPath] },
  },
  'trigger-found': {
    title: 'A file of the ticket makes it more than quick',
    cause: 'Files that touch security, data, dependencies or a shared contract want the care of a standard ticket. The patterns that show it stand in the policy under `triggers`, else they are built in.',
    fix: 'Leave that file to a ticket of its own, or make this one standard.',
    example: { ticket: ID, trigger: 'dependencies', why: 'package.json matches **/package.json', paths: ['package.json' as RepoPath] },
  },
  'trigger-declared': {
    title: 'The ticket itself says that it is more than quick',
    cause: 'A declared trigger is the word of somebody who knows what no path can show.',
    fix: 'Make it a standard ticket, or take the trigger out if it does not hold.',
    example: { ticket: ID, trigger: 'unclear_requirements' },
  },
  'quick-needs-local-proof': {
    title: 'Nothing that runs here proves the ticket',
    cause: 'What only a network or a reader can tell cannot be repeated at will, so the work is not small any more.',
    fix: 'Add a proof with `run:`; documentation may be proved by `inspect:` where every path matches the docs patterns of the policy.',
    example: { ticket: ID, why: 'no proof is a command that runs without a network' },
  },
  'forbidden-in-scope': {
    title: 'The ticket names a forbidden file',
    cause: 'The policy, or the ticket itself, keeps this path out of every change, whatever the class of the ticket.',
    fix: 'Take the file out of the scope; or a person changes the pattern.',
    example: { ticket: ID, why: '.env is forbidden by .env', paths: ['.env' as RepoPath] },
  },
};
