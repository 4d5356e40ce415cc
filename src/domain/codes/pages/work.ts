import type { RepoPath } from '../../paths.js';
import type { workCodes } from '../work.js';
import { ID, README, NOTES } from './examples.js';
import type { PagesOf } from './page.js';

export const workPages: PagesOf<typeof workCodes> = {
  'scope-dirty': {
    title: 'Files of the ticket were already changed',
    cause: 'What was there before would be delivered as the work of this ticket.',
    fix: 'Commit or undo those changes first; or say with `--adopt` that the ticket takes them over.',
    example: { ticket: ID, paths: [README] },
  },
  'leftovers': {
    title: 'Records of an earlier ticket are lying about',
    cause: 'Managed files of an earlier ticket would be mixed up with those of this one.',
    fix: 'Commit and push them, deliver the earlier ticket, or remove them if you do not want them.',
    example: { ticket: ID, earlier: 'TKT-2026-11-20-old-work', paths: ['tickets/records/TKT-2026-11-20-old-work/result.md' as RepoPath] },
  },
  'records-gone': {
    title: 'Records of a delivered ticket are missing here',
    cause: 'Another worktree of this branch committed them, or somebody deleted them. A commit made here with what is staged would take them away, and with them the evidence of that delivery.',
    fix: 'Put them back with the command; it writes only files that are not there. Where another worktree is on this branch, its other files lag behind as well: see `git status`. To take a delivery back, revert its commit.',
    example: { ticket: ID, earlier: 'TKT-2026-11-20-old-work', paths: ['tickets/records/TKT-2026-11-20-old-work/result.md' as RepoPath] },
  },
  'no-change': {
    title: 'Nothing has changed yet',
    cause: 'A change set that is empty delivers nothing.',
    fix: 'Make the change. If the ticket turned out to need none, end it honestly with `cxw abandon --no-change`.',
    example: { ticket: ID, files: [README] },
  },
  'outside-scope': {
    title: 'Files outside the scope changed',
    cause: 'Only the ticket’s paths are delivered; what changed besides would be missing from the delivery, or is not the ticket’s business.',
    fix: 'Undo it, or widen the scope of the ticket and refresh. A document for `cxw record` is best kept in tickets/drafts, which git ignores. Unrelated work of your own is named with `--mine` (a person only).',
    example: { ticket: ID, isQuick: true, paths: [NOTES], copies: [] },
  },
  'displaced-paths': {
    title: 'Files outside the scope would be deleted',
    cause: 'git holds a file or a folder by a name, not both. Where the change puts one in the place of the other, whatever was tracked there leaves with the delivery, and the ticket does not name it.',
    fix: 'Move what is yours to another name and put the others back with `git restore`; or name every one of them in the scope of the ticket, as an exact file or by a pattern, and refresh.',
    example: { ticket: ID, isQuick: true, paths: [NOTES] },
  },
  'forbidden-path': {
    title: 'A forbidden path changed',
    cause: 'The policy or the ticket keeps this path out of every change.',
    fix: 'Undo the change of that path; or change the pattern and refresh the lock.',
    example: { ticket: ID, path: '.env' as RepoPath, pattern: '.env' },
  },
  'not-quick': {
    title: 'The change is more than quick',
    cause: 'A quick ticket is at most three exact files, one module, and none of the triggers; that is looked at again on the real difference.',
    fix: 'Make the change smaller, or escalate the ticket to standard and refresh.',
    example: { ticket: ID, findings: ['dependencies: package.json'] },
  },
  'repository-altered': {
    title: 'Something that executes was changed',
    cause: 'Hooks, filters, attributes, agent configuration and executing config keys run programs or redirect git. A change of them under way could fake evidence.',
    fix: 'Undo it if it was not meant. If it was, let a person refresh, which discovers the repository again; evidence for the same change still counts. A delivery that was begun is aborted first. If the remote has its commit already, put the setting back as it was, deliver, and change it then.',
    example: { ticket: ID, what: 'A hook', names: ['pre-commit'] },
  },
  'altered-agreed': {
    title: 'A refresh let in what executes and was changed',
    cause: 'A person who refreshes agrees to hooks, filters, attributes, agent configuration and executing config keys as they are at that moment. The ledger remembers how many were changed, and the reviewer is told.',
    fix: 'Look at each that is named. What you did not mean, take back by hand, and refresh again before anything is delivered.',
    example: { ticket: ID, what: 'A hook', names: ['hooks/pre-push'], inSettings: false },
  },
  'conflict-markers': {
    title: 'Conflict markers are in the change',
    cause: 'A file with conflict markers is not finished.',
    fix: 'Resolve them and advance again.',
    example: { ticket: ID, places: ['README.md:12'] },
  },
  'hook-would-change': {
    title: 'The pre-commit hook would change the work',
    cause: 'A formatter in the hook would rewrite what was proved and reviewed.',
    fix: 'Run the formatter yourself and advance again; or set `delivery.hooks: skip` in the policy.',
    example: { ticket: ID, paths: [README] },
  },
  'changes-missing': {
    title: 'No changes record',
    cause: 'For work that is more than quick the writer says what was done, what was left alone, which checks were skipped and why, and what is risky.',
    fix: 'Say it in a sentence with `--summary`; or write the whole record (`cxw schema record-changes` shows its fields) to tickets/drafts, which git ignores, and give it with `--file`.',
    example: { ticket: ID },
  },
  'stale-evidence': {
    title: 'The work changed after the evidence',
    cause: 'Evidence belongs to one exact change, by content.',
    fix: 'Undo the edit, and the evidence is fresh again; or take the ticket back with `cxw rework` and gather evidence for the new change.',
    example: { ticket: ID, files: [README] },
  },
  'filters-changed': {
    title: 'Filters or attributes changed underneath',
    cause: 'Line endings, filters or encodings decide what git stores. They changed after the evidence was gathered.',
    fix: 'Undo that change, or take the ticket back with `cxw rework`.',
    example: { ticket: ID, files: [README] },
  },
  'hook-rehearsal-failed': {
    title: 'The pre-commit hook failed on a copy',
    cause: 'Some hooks only work in the real worktree; others really refuse. Which it is shows at delivery.',
    fix: 'Run the hook yourself to see.',
    example: { said: 'eslint: command not found' },
  },
  'sensitive-path': {
    title: 'Look here first',
    cause: 'The change touches tests, or what the proofs run: where a mistake would hide other mistakes.',
    fix: 'Nothing is owed; a reviewer looks at these first.',
    example: { path: 'tests/login.test.ts' as RepoPath, why: 'a test was marked to be skipped' },
  },
};
