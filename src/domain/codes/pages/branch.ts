import type { branchCodes } from '../branch.js';
import { ID, README, MAIN, COMMIT, OTHER } from './examples.js';
import type { PagesOf } from './page.js';

export const branchPages: PagesOf<typeof branchCodes> = {
  'detached-head': {
    title: 'HEAD is on no branch',
    cause: 'A commit on a detached HEAD belongs to no branch and is easily lost. cxw never makes or changes branches by itself.',
    fix: 'Go to the branch that the work is for, then run the command again.',
    example: { ticket: ID },
  },
  'unborn-head': {
    title: 'The branch has no commit yet',
    cause: 'Every change set is the difference from a base commit.',
    fix: 'Make the first commit yourself and, where work is pushed, push it. The command shown makes an empty one: what is staged stays staged.',
    example: { ticket: ID, branch: MAIN },
  },
  'branch-not-allowed': {
    title: 'The policy delivers to other branches',
    cause: 'delivery.branches of .cxw/policy.yaml lists the branches that may be delivered to.',
    fix: 'Work on one of those branches, or let a person add this one to the policy.',
    example: { ticket: ID, branch: 'refs/heads/experiment', allowed: ['main', 'feature/**'] },
  },
  'branch-not-text': {
    title: 'The name of the branch is not text',
    cause: 'Git takes any bytes for a name; another program is given names as UTF-8 alone, and would name another branch with what is left of this one.',
    fix: 'Rename the branch, and push it under its new name.',
    example: { ticket: ID, branch: 'refs/heads/caf\ufffd' },
  },
  'branch-switched': {
    title: 'Another branch is checked out',
    cause: 'The evidence was gathered on one branch; delivering from another would move the wrong one.',
    fix: 'Go back to the branch of the ticket; where it was renamed or deleted, the command brings it back first. To move the ticket to the other branch, refresh it there.',
    example: { ticket: ID, was: MAIN, now: 'refs/heads/experiment' },
  },
  'head-moved': {
    title: 'The branch has moved since the ticket began',
    cause: 'The change was proved and reviewed on another base.',
    fix: 'Refresh the ticket on the new base and gather the evidence there; the work itself stays as it is.',
    example: { ticket: ID, branch: MAIN, was: OTHER, now: COMMIT, commits: ['3f9c1c0d3f9c Bump version'] },
  },
  'branch-moved': {
    title: 'The branch moved during the delivery',
    cause: 'Somebody, or a hook, committed to the branch between two steps of the delivery. cxw never overwrites that.',
    fix: 'Where new commits stand on top of the delivered one, push the branch yourself; the next `cxw deliver` finds the commit on the remote. Otherwise abort the delivery and refresh the ticket.',
    example: { ticket: ID, branch: MAIN, commit: COMMIT, now: OTHER, commits: ['81d2e7aa81d2 Bump version'], remote: 'origin' },
  },
  'commit-rewritten': {
    title: 'The delivered commit was rewritten',
    cause: 'A rebase or an amendment made another commit out of the one whose content and parent were proved; or what the delivery had staged was committed by hand. The evidence is not for that one.',
    fix: 'Where it is the last commit, take it back into the index with the first command, which keeps every file, and close the delivery with `cxw abort`: where nothing but the commit is another one, `cxw deliver` makes it again; otherwise refresh the ticket on the new base. When others stand on top, refresh the ticket on them; or drop the commit from the branch, with nothing else changed in the worktree, and close the delivery. To keep the other commit as it is, without evidence, `cxw abort` and then `cxw abandon`.',
    example: { ticket: ID, commit: COMMIT, rewritten: OTHER, tip: true },
  },
  'operation-in-progress': {
    title: 'git is in the middle of something',
    cause: 'A commit made now would become part of that operation.',
    fix: 'Resolve what it waits for and let it go on with the command, then run yours again. git can also give it up (`git merge --abort`, and so on): that throws away what was resolved so far, so no command here does it.',
    example: { ticket: ID, operation: 'merge' },
  },
  'unmerged-entries': {
    title: 'Paths are not merged',
    cause: 'The index holds several versions of a path, so no tree can be told from it.',
    fix: 'Resolve the conflict and add the paths.',
    example: { ticket: ID, paths: [README] },
  },
  'git-locked': {
    title: 'git is locked',
    cause: 'Another git command or an editor is at work in this repository; or one was killed and left its lock file behind. cxw waits a little and never removes it.',
    fix: 'Wait for the other command to end. If none is running, remove the lock file, as shown, and run the same command again: it resumes.',
    example: { locks: ['index.lock'] },
  },
  'replace-refs': {
    title: 'Objects are replaced here',
    cause: 'With replacement refs or a grafts file, what git shows and what a push sends can differ.',
    fix: 'Remove the replacements, and put a grafts file aside, then run the command again.',
    example: { ticket: ID, names: [`refs/replace/${OTHER}`, 'info/grafts'] },
  },
  'identity-missing': {
    title: 'git does not know who commits',
    cause: 'A commit needs an author; git would have to guess one.',
    fix: 'Set user.name and user.email.',
    example: { ticket: ID },
  },
};
