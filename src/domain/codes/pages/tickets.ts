import type { RepoPath } from '../../paths.js';
import type { ticketCodes } from '../tickets.js';
import { ID } from './examples.js';
import type { PagesOf } from './page.js';

export const ticketPages: PagesOf<typeof ticketCodes> = {
  'ticket-unknown': {
    title: 'No such ticket',
    cause: 'A ticket is named by its id, by the beginning of it, or by any part of the words after the date that only one ticket has.',
    fix: 'Look it up with `cxw ticket list`.',
    example: { given: 'fix-tpyo', near: [ID] },
  },
  'ticket-ambiguous': {
    title: 'More than one ticket is meant',
    cause: 'A part of an id is enough only where it names one ticket.',
    fix: 'Give more of the id.',
    example: { given: 'fix', ids: [ID, 'TKT-2026-11-21-fix-link'] },
  },
  'ticket-value-invalid': {
    title: 'A ticket cannot be made from this value',
    cause: 'The value would make a ticket that cxw itself refuses to read.',
    fix: 'Give another value.',
    example: { flag: '--kind', given: 'feture', why: 'perhaps feature was meant' },
  },
  'ticket-scope-missing': {
    title: 'The ticket says nowhere what may change',
    cause: 'Scope is what delivery is checked against: without it everything, or nothing, would be in scope.',
    fix: 'Add `--file PATH` for every file, or for a larger ticket `--allow GLOB`.',
    example: { quick: true, command: "cxw ticket new --quick 'Fix typo'" },
  },
  'ticket-path-directory': {
    title: 'A quick ticket names files',
    cause: 'The scope of a quick ticket is exact, so that a reader knows what may change before it does.',
    fix: 'Name the files, or make a standard ticket with `--allow`.',
    example: { path: 'src' as RepoPath, below: 'src/**' },
  },
  'ticket-file-pattern': {
    title: 'A name that may have been meant as a pattern',
    cause: 'A quick ticket names its files exactly, and a name may hold a star or a bracket. So nothing is made of a pattern in quotes, and a file of that very name is what the ticket may change.',
    fix: 'Name the files, or let the shell name them by taking the quotes away; or make a standard ticket with `--allow`. Where a file of that name is meant, go on.',
    example: { file: '*.js' as RepoPath, matches: ['greet.js', 'main.js'] as RepoPath[] },
  },
  'ticket-path-elsewhere': {
    title: 'Paths are relative to the root of the repository',
    cause: 'A ticket is read from anywhere, so its paths do not depend on where it was written.',
    fix: 'Give the path from the root.',
    example: { written: 'index.ts' as RepoPath, meant: 'src/index.ts' as RepoPath },
  },
  'ticket-not-quick': {
    title: 'This is more than a quick ticket',
    cause: 'A quick ticket is one bounded change: at most three files in one module, with a local proof and none of the ten triggers. The class is computed from the paths and what was declared; it is not a matter of wishing.',
    fix: 'Make it a standard ticket, or split it into quick ones.',
    example: { findings: ['dependencies: package.json'], command: "cxw ticket new 'Bump the parser' --allow package.json" },
  },
  'ticket-wants-spec': {
    title: 'The work needs a spec',
    cause: 'A standard ticket goes without a spec only where its patterns show nothing that one would describe: no security, no data, no dependency, no shared contract. Documentation and tests do not count.',
    fix: 'Write requirements.md, design.md and tasks.md in a folder of docs/specs, and name the folder.',
    example: { findings: ['dependencies: package.json matches **/package.json'], command: "cxw ticket new 'Take in a parser' --allow package.json" },
  },
  'ticket-wants-reason': {
    title: 'The ticket does not say why it needs no spec',
    cause: 'What makes work quick need not say why it wants no spec: the words of the one are kept for the other only where they give a reason.',
    fix: 'Say it with `--why`, in a sentence that somebody could disagree with; or name a spec.',
    example: { reason: 'One word.', command: `cxw ticket escalate ${ID}` },
  },
  'ticket-without-proof': {
    title: 'Nothing would prove the ticket',
    cause: 'A ticket is done when its proofs have passed; cxw runs them itself. Only documentation may be proved by inspection.',
    fix: 'Give the command with `--prove`, or write it once into .cxw/policy.yaml as `stack.test`.',
    example: { command: "cxw ticket new --quick 'Fix typo' --file src/a.ts" },
  },
  'ticket-id-taken': {
    title: 'The id is taken',
    cause: 'An id names one ticket for ever, in all branches and worktrees: records and commits are found by it.',
    fix: 'Leave `--id` out to get a free one, or give another.',
    example: { id: ID, where: 'here' },
  },
  'ticket-wants-words': {
    title: 'The ticket waits for your words',
    cause: 'What was not given was written from the title, so that the ticket is valid. A criterion that only repeats the title tells a reviewer little.',
    fix: 'Edit these lines before the ticket begins, or give `--accept`, `--plan` and `--why` next time.',
    example: { path: `tickets/${ID}.yaml`, lines: [7, 11] },
  },
  'spec-not-committed': {
    title: 'The spec is not committed',
    cause: 'A delivery commits the ticket’s own paths. A spec that stands outside of them, untracked or edited, stays on this machine, and the digest by which it was locked is all that others get.',
    fix: 'Commit it before the work begins, and push it where the work is pushed; or let the scope of the ticket cover it.',
    example: { folder: 'docs/specs/farewell' as RepoPath },
  },
  'ticket-already-standard': {
    title: 'The ticket is not a quick one',
    cause: 'Escalating rewrites a quick ticket as a standard one.',
    fix: 'Edit the ticket itself; `cxw rework --refresh` takes the edit into a run that has begun.',
    example: { id: ID, class: 'standard' },
  },
};
