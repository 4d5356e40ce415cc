import type { RepoPath } from '../paths.js';
import { sh } from '../shellLine.js';
import { entry, count, listed, paths, pathWords, push, refresh, short } from './entry.js';

function backTo(was: string, now: string, gone: { head: string; renamed: boolean } | undefined): string {
  if (gone === undefined) return sh`git switch ${short(was)}`;
  return gone.renamed ? sh`git branch -m ${short(now)} ${short(was)}` : sh`git switch --create ${short(was)} ${gone.head.slice(0, 12)}`;
}

/** Where the branch stands, and what git itself is in the middle of. */
export const branchCodes = () => ({
  'detached-head': entry<{ ticket: string }>({
    says: () => 'HEAD is detached: it names a commit, not a branch, so there is nothing that could be delivered to.',
    commands: () => ['git switch BRANCH'],
  }),
  'unborn-head': entry<{ ticket: string; branch: string }>({
    says: ({ branch }) => `${short(branch)} has no commit yet, so no change can be measured against it.`,
    commands: () => ["git commit --allow-empty --only -m 'First commit'"],
  }),
  'branch-not-allowed': entry<{ ticket: string; branch: string; allowed: string[] }>({
    says: ({ branch, allowed }) => `The policy does not deliver to ${short(branch)}; it names ${listed(allowed)}.`,
    commands: () => ['git switch BRANCH', 'cxw validate .cxw/policy.yaml'],
  }),
  'branch-not-text': entry<{ ticket: string; branch: string }>({
    says: ({ branch }) => `The name of the branch, ${short(branch)}, is not UTF-8: git cannot be asked for it by name, nor moved on it, from here.`,
    commands: () => ['git branch -m NEW-NAME'],
  }),
  'branch-switched': entry<{ ticket: string; was: string; now: string; gone?: { head: string; renamed: boolean } }>({
    says: ({ was, now, gone }) => `The ticket belongs to ${short(was)}, ${gone === undefined ? 'but' : 'which does not exist any more, and'} HEAD is on ${short(now)} now.`,
    commands: ({ was, now, gone }) => [backTo(was, now, gone)],
  }),
  'head-moved': entry<{ ticket: string; branch: string; was: string; now: string; commits: string[] }>({
    says: ({ branch, was, now, commits }) =>
      `${short(branch)} was at ${was.slice(0, 12)} when the evidence was gathered and is at ${now.slice(0, 12)} now${commits.length === 0 ? '' : `: ${listed(commits)}`}.`,
    commands: ({ ticket }) => [refresh(ticket)],
  }),
  'branch-moved': entry<{ ticket: string; branch: string; commit: string; now: string; commits: string[]; remote?: string; ref?: string }>({
    says: ({ branch, commit, now, commits }) =>
      `${short(branch)} is at ${now.slice(0, 12)}, not at ${commit.slice(0, 12)} where the delivery left it${commits.length === 0 ? '' : `: ${listed(commits)}`}.`,
    commands: ({ ticket, branch, commits, remote, ref = branch }) =>
      (commits.length > 0 && remote !== undefined ? [push({ branch, remote, ref }), sh`cxw deliver ${ticket}`] : [sh`cxw abort ${ticket}`, refresh(ticket)]),
  }),
  'commit-rewritten': entry<{ ticket: string; commit: string; rewritten: string; tip: boolean; sameWork?: boolean }>({
    says: ({ commit, rewritten, sameWork }) =>
      `${commit.slice(0, 12)} is not on the branch; ${rewritten.slice(0, 12)} ${sameWork === true ? 'holds the same work' : 'brings the records of the ticket'} instead.`,
    // A rebase refuses beside other work, so what stands below other commits is taken for the new base.
    commands: ({ ticket, rewritten, tip, sameWork }) => (tip
      ? [sh`git reset --soft ${rewritten.slice(0, 12)}^`, sh`cxw abort ${ticket}`, sameWork === true ? sh`cxw deliver ${ticket}` : refresh(ticket)]
      : [refresh(ticket), sh`git rebase --interactive ${rewritten.slice(0, 12)}^`, sh`cxw abort ${ticket}`]),
  }),
  'operation-in-progress': entry<{ ticket: string; operation: string }>({
    says: ({ operation }) => `A ${operation} is in progress here.`,
    commands: ({ operation }) => (operation === 'bisect' ? ['git bisect log', 'git bisect reset'] : [sh`git ${operation} --continue`]),
  }),
  'unmerged-entries': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ paths: some }) => `${count(some.length, 'path')} in the index ${some.length === 1 ? 'is' : 'are'} not merged: ${paths(some)}.`,
    commands: ({ paths: some }) => ['git status', sh`git add -- ${pathWords(some)}`],
  }),
  'git-locked': entry<{ locks: string[] }>({
    says: ({ locks }) => `git's own lock is held: ${listed(locks)}.`,
    commands: ({ locks }) => ['git status', ...locks.map((lock) => sh`rm "$(git rev-parse --git-path ${lock})"`)],
  }),
  'replace-refs': entry<{ ticket: string; names: string[] }>({
    says: ({ names }) => `This repository shows other objects in place of the real ones: ${listed(names)}.`,
    commands: ({ names }) => ['git replace --list --format=medium', ...names.map((name) => (name.startsWith('refs/') ? sh`git update-ref -d ${name}` : sh`mv "$(git rev-parse --git-path ${name})" "$(git rev-parse --git-path ${`${name}.aside`})"`))],
  }),
  'identity-missing': entry<{ ticket: string }>({
    says: () => 'git has no name and email for the author of a commit.',
    commands: () => ['git config user.name NAME', 'git config user.email EMAIL'],
  }),
});
