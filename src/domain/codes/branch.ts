import { shellWord, type RepoPath } from '../paths.js';
import { entry, count, listed, paths, pathWords, refresh, short, word } from './entry.js';
import { ID, README, MAIN, COMMIT, OTHER } from './examples.js';

/** Where the branch stands, and what git itself is in the middle of. */
export const branchCodes = {
  'detached-head': entry<{ ticket: string }>({
    title: 'HEAD is on no branch',
    says: () => 'HEAD is detached: it names a commit, not a branch, so there is nothing that could be delivered to.',
    commands: () => ['git switch BRANCH'],
    cause: 'A commit on a detached HEAD belongs to no branch and is easily lost. cxw never makes or changes branches by itself.',
    fix: 'Go to the branch that the work is for, then run the command again.',
    example: { ticket: ID },
  }),
  'unborn-head': entry<{ ticket: string; branch: string }>({
    title: 'The branch has no commit yet',
    says: ({ branch }) => `${short(branch)} has no commit yet, so no change can be measured against it.`,
    commands: () => ["git commit --allow-empty -m 'First commit'"],
    cause: 'Every change set is the difference from a base commit.',
    fix: 'Make the first commit yourself and, where work is pushed, push it.',
    example: { ticket: ID, branch: MAIN },
  }),
  'branch-not-allowed': entry<{ ticket: string; branch: string; allowed: string[] }>({
    title: 'The policy delivers to other branches',
    says: ({ branch, allowed }) => `The policy does not deliver to ${short(branch)}; it names ${listed(allowed)}.`,
    commands: () => ['git switch BRANCH', 'cxw validate .cxw/policy.yaml'],
    cause: 'delivery.branches of .cxw/policy.yaml lists the branches that may be delivered to.',
    fix: 'Work on one of those branches, or let a person add this one to the policy.',
    example: { ticket: ID, branch: 'refs/heads/experiment', allowed: ['main', 'feature/**'] },
  }),
  'branch-switched': entry<{ ticket: string; was: string; now: string }>({
    title: 'Another branch is checked out',
    says: ({ was, now }) => `The ticket belongs to ${short(was)}, but HEAD is on ${short(now)} now.`,
    commands: ({ was }) => [`git switch ${word(was)}`],
    cause: 'The evidence was gathered on one branch; delivering from another would move the wrong one.',
    fix: 'Go back to the branch of the ticket. To move the ticket to the other branch, refresh it there.',
    example: { ticket: ID, was: MAIN, now: 'refs/heads/experiment' },
  }),
  'head-moved': entry<{ ticket: string; branch: string; was: string; now: string; commits: string[] }>({
    title: 'The branch has moved since the ticket began',
    says: ({ branch, was, now, commits }) =>
      `${short(branch)} was at ${was.slice(0, 12)} when the evidence was gathered and is at ${now.slice(0, 12)} now${commits.length === 0 ? '' : `: ${listed(commits)}`}.`,
    commands: ({ ticket }) => [refresh(ticket)],
    cause: 'The change was proved and reviewed on another base.',
    fix: 'Refresh the ticket on the new base and gather the evidence there; the work itself stays as it is.',
    example: { ticket: ID, branch: MAIN, was: OTHER, now: COMMIT, commits: ['3f9c1c0d3f9c Bump version'] },
  }),
  'branch-moved': entry<{ ticket: string; branch: string; commit: string; now: string; commits: string[]; remote?: string }>({
    title: 'The branch moved during the delivery',
    says: ({ branch, commit, now, commits }) =>
      `${short(branch)} is at ${now.slice(0, 12)}, not at ${commit.slice(0, 12)} where the delivery left it${commits.length === 0 ? '' : `: ${listed(commits)}`}.`,
    commands: ({ ticket, branch, commits, remote }) =>
      (commits.length > 0 && remote !== undefined ? [`git push ${shellWord(remote)} ${word(branch)}`, `cxw deliver ${ticket}`] : [`cxw abort ${ticket}`, refresh(ticket)]),
    cause: 'Somebody, or a hook, committed to the branch between two steps of the delivery. cxw never overwrites that.',
    fix: 'Where new commits stand on top of the delivered one, push the branch yourself; the next `cxw deliver` finds the commit on the remote. Otherwise abort the delivery and refresh the ticket.',
    example: { ticket: ID, branch: MAIN, commit: COMMIT, now: OTHER, commits: ['81d2e7aa81d2 Bump version'], remote: 'origin' },
  }),
  'commit-rewritten': entry<{ ticket: string; commit: string; rewritten: string; tip: boolean }>({
    title: 'The delivered commit was rewritten',
    says: ({ commit, rewritten }) => `${commit.slice(0, 12)} is not on the branch any more; ${rewritten.slice(0, 12)} carries the trailers of the ticket instead.`,
    commands: ({ ticket, rewritten, tip }) => [
      tip ? `git reset --soft ${rewritten.slice(0, 12)}^` : `git rebase --interactive ${rewritten.slice(0, 12)}^`,
      `cxw abort ${ticket}`,
      refresh(ticket),
    ],
    cause: 'A rebase or an amendment made another commit out of the one whose content and parent were proved. The evidence is not for that one.',
    fix: 'Take the rewritten commit back into the index with the first command, which keeps every file (or drop it from the branch when others stand on top), close the delivery with `cxw abort`, and refresh the ticket on the new base.',
    example: { ticket: ID, commit: COMMIT, rewritten: OTHER, tip: true },
  }),
  'operation-in-progress': entry<{ ticket: string; operation: string }>({
    title: 'git is in the middle of something',
    says: ({ operation }) => `A ${operation} is in progress here.`,
    commands: ({ operation }) => (operation === 'bisect' ? ['git bisect log', 'git bisect reset'] : [`git ${operation} --continue`, `git ${operation} --abort`]),
    cause: 'A commit made now would become part of that operation.',
    fix: 'Finish or abort it, then run the command again.',
    example: { ticket: ID, operation: 'merge' },
  }),
  'unmerged-entries': entry<{ ticket: string; paths: RepoPath[] }>({
    title: 'Paths are not merged',
    says: ({ paths: some }) => `${count(some.length, 'path')} in the index ${some.length === 1 ? 'is' : 'are'} not merged: ${paths(some)}.`,
    commands: ({ paths: some }) => ['git status', `git --literal-pathspecs add -- ${pathWords(some)}`],
    cause: 'The index holds several versions of a path, so no tree can be told from it.',
    fix: 'Resolve the conflict and add the paths.',
    example: { ticket: ID, paths: [README] },
  }),
  'git-locked': entry<{ locks: string[] }>({
    title: 'git is locked',
    says: ({ locks }) => `git's own lock is held: ${listed(locks)}.`,
    commands: () => ['git status'],
    cause: 'Another git command or an editor is at work in this repository; or one was killed and left its lock file behind. cxw waits a little and never removes it.',
    fix: 'Wait for the other command to end. If none is running, remove the lock file in the git directory and run the same command again: it resumes.',
    example: { locks: ['index.lock'] },
  }),
  'replace-refs': entry<{ ticket: string; names: string[] }>({
    title: 'Objects are replaced here',
    says: ({ names }) => `This repository shows other objects in place of the real ones: ${listed(names)}.`,
    commands: ({ names }) => ['git replace --list', ...names.filter((name) => /^[0-9a-f]{40,64}$/.test(name)).map((name) => `git replace --delete ${name}`)],
    cause: 'With replacement refs or a grafts file, what git shows and what a push sends can differ.',
    fix: 'Remove the replacements, then run the command again.',
    example: { ticket: ID, names: [OTHER] },
  }),
  'identity-missing': entry<{ ticket: string }>({
    title: 'git does not know who commits',
    says: () => 'git has no name and email for the author of a commit.',
    commands: () => ['git config user.name NAME', 'git config user.email EMAIL'],
    cause: 'A commit needs an author; git would have to guess one.',
    fix: 'Set user.name and user.email.',
    example: { ticket: ID },
  }),
};
