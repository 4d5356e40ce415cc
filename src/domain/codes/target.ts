import type { RepoPath } from '../paths.js';
import { sh } from '../shellLine.js';
import { entry, count, listed, paths, push, refresh, short, stash } from './entry.js';

/** A text that a regular expression of git's takes as it is. */
const asRegExp = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');

/** Where the branch is delivered to, and what the remote says. */
export const targetCodes = () => ({
  'unknown-remote': entry<{ ticket?: string; remote: string; remotes: string[] }>({
    says: ({ remote, remotes }) => `There is no remote ${remote} here${remotes.length === 0 ? '' : `; there is ${listed(remotes)}`}.`,
    commands: ({ remote }) => [sh`git remote add ${remote} URL`, 'cxw validate .cxw/policy.yaml'],
  }),
  'no-upstream': entry<{ ticket: string; branch: string; remote: string }>({
    says: ({ branch }) => `${short(branch)} has no upstream, so there is no branch on a remote that it is delivered to.`,
    commands: ({ branch, remote }) => [sh`git push --set-upstream ${remote} ${short(branch)}`],
  }),
  'upstream-local': entry<{ ticket: string; branch: string; remote: string }>({
    says: ({ branch }) => `The upstream of ${short(branch)} is a branch of this same repository.`,
    commands: ({ branch, remote }) => [sh`git push --set-upstream ${remote} ${short(branch)}`],
  }),
  'upstream-is-url': entry<{ ticket: string; branch: string; url: string; remote: string; remotes: string[] }>({
    says: ({ branch, url }) => `${short(branch)} follows a URL, ${url}, and no remote that has a name.`,
    commands: ({ branch, remote, remotes }) => [...(remotes.includes(remote) ? [] : [sh`git remote add ${remote} URL`]), sh`git config branch.${short(branch)}.remote ${remote}`],
  }),
  'upstream-name-differs': entry<{ ticket: string; branch: string; upstream: string; remote: string }>({
    says: ({ branch, upstream, remote }) => `${short(branch)} tracks ${short(upstream)} on ${remote}; delivering it would push over that branch.`,
    commands: ({ branch, remote }) => [sh`git push --set-upstream ${remote} ${short(branch)}`],
  }),
  'ambiguous-target': entry<{ ticket: string; branch: string; remotes: string[] }>({
    says: ({ branch, remotes }) => `git and the policy name different remotes for ${short(branch)}: ${listed(remotes)}.`,
    commands: ({ branch }) => [sh`git config --get-regexp ${`^(branch\\.${asRegExp(short(branch))}\\.|remote\\.pushdefault)`}`, 'cxw validate .cxw/policy.yaml'],
  }),
  'several-push-urls': entry<{ ticket: string; remote: string; urls: string[] }>({
    says: ({ remote, urls }) => `A push to ${remote} goes to ${count(urls.length, 'URL')}: ${listed(urls)}.`,
    commands: ({ remote }) => [sh`git remote get-url --push --all ${remote}`],
  }),
  'mirror-remote': entry<{ ticket: string; remote: string }>({
    says: ({ remote }) => `${remote} is configured as a push mirror: a push there would overwrite and delete refs.`,
    commands: ({ remote }) => [sh`git config --unset remote.${remote}.mirror`],
  }),
  'unsafe-remote-url': entry<{ ticket: string; remote: string; url: string }>({
    says: ({ remote, url }) => `The push URL of ${remote} ${url.includes('\n') ? 'has a line break in it, so no line of text tells it' : 'would run a program or be read as an option'}: ${url}`,
    commands: ({ remote }) => [sh`git remote set-url --push ${remote} URL`],
  }),
  'target-changed': entry<{ ticket: string; was: string; now: string }>({
    says: ({ was, now }) => `Work is to be delivered to ${was}, but git would push to ${now} now.`,
    commands: ({ ticket }) => [refresh(ticket)],
  }),
  'push-url-changed': entry<{ remote: string; was: string; now: string }>({
    says: ({ remote, was, now }) => `The delivery goes to ${was}, but git would go to ${now} for ${remote} now.`,
    commands: ({ remote }) => [`git config --show-origin --get-regexp '^(remote|url)[.]'`, sh`git remote get-url --push --all ${remote}`],
  }),
  'remote-branch-missing': entry<{ ticket: string; branch: string; ref: string; remote: string }>({
    says: ({ ref, remote }) => `${remote} has no branch ${short(ref)}.`,
    commands: (to) => [push(to, '--set-upstream')],
  }),
  'remote-moved': entry<{ ticket: string; remote: string; ref: string; tip: string; commits: string[]; stage: 'new' | 'begun' | 'committed'; left?: RepoPath[]; fetchesElsewhere?: true }>({
    says: ({ remote, ref, tip, commits, left = [] }) => `${short(ref)} on ${remote} is at ${tip.slice(0, 12)}, which is not in the local branch${commits.length === 0 ? '' : `: ${listed(commits)}`}.${left.length === 0 ? '' : ` They change what the ticket changes too: ${paths(left)}.`}`,
    // By its name git would pull from where it fetches, which may lag behind where it pushes.
    commands: ({ ticket, remote, ref, stage, left = [], fetchesElsewhere }) => [
      ...(stage === 'committed' ? [sh`cxw abort ${ticket}`] : []),
      ...(left.length === 0 ? [] : [stash(left)]),
      fetchesElsewhere === true ? sh`git pull --ff-only "$(git remote get-url --push ${remote})" ${short(ref)}` : sh`git pull --ff-only ${remote} ${short(ref)}`,
      ...(left.length === 0 ? [] : ['git stash pop']),
      stage === 'new' ? sh`cxw advance ${ticket}` : refresh(ticket),
    ],
  }),
  'both-moved': entry<{ ticket: string; branch: string; remote: string; ref: string; tip: string; commit: string; commits: string[] }>({
    says: ({ branch, remote, ref, tip, commit, commits }) =>
      `${short(branch)} has commits upon ${commit.slice(0, 12)}: ${listed(commits)}; and ${short(ref)} on ${remote} is at ${tip.slice(0, 12)}, which is not in the local branch.`,
    // A rebase would make another commit of the delivered one.
    commands: ({ ticket, ...to }) => [sh`git pull --no-rebase ${to.remote} ${short(to.ref)}`, push(to), sh`cxw deliver ${ticket}`],
  }),
  'remote-went-back': entry<{ ticket: string; branch: string; remote: string; ref: string; tip: string; parent: string; commits: string[] }>({
    says: ({ branch, remote, ref, tip, parent, commits }) => `${short(ref)} on ${remote} went back to ${tip.slice(0, 12)}, behind ${parent.slice(0, 12)}, which the delivery stands on; a push would publish again what was taken away there.${commits.length === 0 ? '' : ` ${short(branch)} has commits upon the delivery: ${listed(commits)}.`}`,
    // A commit that others stand on is not undone.
    commands: ({ ticket, tip, parent, commits, ...to }) => [
      sh`git log --oneline ${tip.slice(0, 12)}..${parent.slice(0, 12)}`, ...(commits.length === 0 ? [sh`cxw abort ${ticket}`] : []), push(to), sh`cxw deliver ${ticket}`,
    ],
  }),
  'delivered-elsewhere': entry<{ ticket: string; commit: string; remote?: string; ref?: string; left?: RepoPath[] }>({
    says: ({ ticket, commit, remote, ref }) => (remote === undefined || ref === undefined
      ? `${ticket} came to its end elsewhere: the local branch has its sealed ledger, of another run, since ${commit.slice(0, 12)}.`
      : `${ticket} is delivered already: ${short(ref)} on ${remote} has it in ${commit.slice(0, 12)}, which the local branch has not.`),
    // What the ticket changed here stands in the way of the commits that are pulled.
    commands: ({ ticket, remote, ref, left = [] }) => [
      sh`cxw abandon ${ticket} --reason TEXT`, ...(left.length === 0 ? [] : [stash(left)]), ...(remote === undefined || ref === undefined ? [] : [sh`git pull --ff-only ${remote} ${short(ref)}`]), sh`cxw verify ${ticket}`,
    ],
  }),
  'unpushed-commits': entry<{ ticket: string; branch: string; remote: string; ref: string; commits: string[]; base?: string }>({
    says: ({ branch, commits, base }) => `${short(branch)} has commits that were never pushed: ${listed(commits)}. ${base === undefined ? 'A delivery would publish them.' : 'They changed the scope of the ticket, and nobody proved that.'}`,
    // Pushed, that work would be the base of the ticket, and out of its proofs' and reviewer's sight.
    commands: ({ base, ...to }) => [...(base === undefined ? [] : [sh`git reset --soft ${base.slice(0, 12)}`]), push(to)],
  }),
  'remote-unreachable': entry<{ remote: string; said: string }>({
    says: ({ remote, said }) => `${remote} could not be asked: ${said}`,
    commands: ({ remote }) => [sh`git ls-remote ${remote}`],
  }),
});
