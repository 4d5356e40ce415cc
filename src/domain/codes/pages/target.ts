import type { RepoPath } from '../../paths.js';
import type { targetCodes } from '../target.js';
import { COMMIT, ID, MAIN, OTHER } from './examples.js';
import type { PagesOf } from './page.js';

export const targetPages: PagesOf<typeof targetCodes> = {
  'unknown-remote': {
    title: 'The remote is not configured',
    cause: 'delivery.remote of the policy, or the upstream of the branch, names a remote that git does not know.',
    fix: 'Add the remote, or name the right one in .cxw/policy.yaml. Without any remote, delivery mode `commit` ends with a local commit.',
    example: { ticket: ID, remote: 'origin', remotes: [] },
  },
  'no-upstream': {
    title: 'The branch has no upstream',
    cause: 'The upstream says where work is delivered and what it is measured against. cxw never sets one.',
    fix: 'Push the branch once yourself, with its upstream.',
    example: { ticket: ID, branch: 'refs/heads/feature', remote: 'origin' },
  },
  'upstream-local': {
    title: 'The upstream is a local branch',
    cause: 'A delivery is confirmed by a remote, and there is none in it.',
    fix: 'Give the branch an upstream on a remote.',
    example: { ticket: ID, branch: 'refs/heads/feature', remote: 'origin' },
  },
  'upstream-is-url': {
    title: 'The upstream is a URL',
    cause: '`git push --set-upstream URL` writes the URL down as the remote of the branch, password and all. What was pushed there is known by no name, and the policy can name none either. cxw shows the URL without its user.',
    fix: 'Name the remote that the branch belongs to. A password that was in the URL still stands in .git/config until then.',
    example: { ticket: ID, branch: MAIN, url: 'https://example.com/project.git', remote: 'origin', remotes: ['origin'] },
  },
  'upstream-name-differs': {
    title: 'The upstream has another name',
    cause: 'A feature branch that was made from origin/main often tracks it. A push would then land on main.',
    fix: 'Give the branch an upstream of its own name. Where the pair is meant, name it in delivery.upstream_pairs of the policy.',
    example: { ticket: ID, branch: 'refs/heads/feature', upstream: MAIN, remote: 'origin' },
  },
  'ambiguous-target': {
    title: 'The branch has two targets',
    cause: 'The upstream, a push remote (pushRemote, pushDefault) and delivery.remote of the policy must agree: what is pushed to must be what is asked.',
    fix: 'Make them name the same remote.',
    example: { ticket: ID, branch: MAIN, remotes: ['origin (upstream)', 'fork (push)'] },
  },
  'several-push-urls': {
    title: 'The remote has several push URLs',
    cause: 'One of them may accept the push and the other not, and then there is no single answer to whether the work is delivered.',
    fix: 'Leave one push URL in the configuration; mirror from the server.',
    example: { ticket: ID, remote: 'origin', urls: ['https://one.example/r.git', 'https://two.example/r.git'] },
  },
  'mirror-remote': {
    title: 'The remote is a mirror',
    cause: 'remote.<name>.mirror makes every push a forced push of all refs.',
    fix: 'Deliver to a remote that is no mirror.',
    example: { ticket: ID, remote: 'backup' },
  },
  'unsafe-remote-url': {
    title: 'The push URL is not safe to use',
    cause: 'Transports such as ext:: run any command, and a host or path that begins with a dash is read as an option.',
    fix: 'Set an https, ssh, git or file URL.',
    example: { ticket: ID, remote: 'origin', url: 'ext::sh -c whoami' },
  },
  'target-changed': {
    title: 'The push target has changed',
    cause: 'The remote, its URL or the upstream was changed after the ticket was discovered.',
    fix: 'Undo the change; or, if it was meant, refresh the ticket (after `cxw abort`, when a delivery is under way).',
    example: { ticket: ID, was: 'https://git.example/r.git refs/heads/main', now: 'https://other.example/r.git refs/heads/main' },
  },
  'push-url-changed': {
    title: 'The push URL is another in the middle of a delivery',
    cause: 'A setting gives the remote another URL, or rewrites the one it has, since the delivery began. Another place can neither take its commit nor confirm it.',
    fix: 'The first command names the settings, and the files that they stand in. Put them back as they were, and run the same command of cxw again.',
    example: { remote: 'origin', was: 'https://git.example/r.git refs/heads/main', now: 'https://other.example/r.git' },
  },
  'remote-branch-missing': {
    title: 'The branch is not on the remote',
    cause: 'It was deleted there, or never pushed. A delivery would bring a deleted branch back.',
    fix: 'If it should exist, push it yourself.',
    example: { ticket: ID, branch: MAIN, ref: MAIN, remote: 'origin' },
  },
  'remote-moved': {
    title: 'The remote has other commits',
    cause: 'Somebody pushed meanwhile. cxw never merges, rebases or pulls: what was proved was proved without those commits.',
    fix: 'Take the new commits in, in your own way, and refresh the ticket on the new base. Where git refuses the pull because both change the same files, it has fetched all the same: the next answer names them, and the commands that put your version aside, pull, and bring it back for you to join. A commit of the delivery that is not on the remote yet is undone first by `cxw abort`; your files stay as they are. Where the pull says that records of the ticket are in its way, somebody else has delivered the same ticket: the pull has fetched that commit all the same, and `cxw deliver` now names it and the way out. Where a push URL of its own is set, the pull goes there: git would fetch from another place, which may not have those commits yet.',
    example: { ticket: ID, remote: 'origin', ref: MAIN, tip: OTHER, commits: ['81d2e7aa81d2 Bump version'], stage: 'begun', left: ['src/app.js' as RepoPath] },
  },
  'both-moved': {
    title: 'Branch and remote have gone on, each its own way',
    cause: 'While the delivered commit was not on the remote yet, somebody built upon it here, and somebody else pushed. cxw pushes its own commit and nothing else, and the remote would not take that any more.',
    fix: 'Merge the commits of the remote, push the branch yourself, and deliver again: the commit is then found on the remote. To undo the delivery instead, rewrite your own commits first, in your own way, then abort.',
    example: { ticket: ID, branch: MAIN, remote: 'origin', ref: MAIN, tip: OTHER, commit: COMMIT, commits: ['81d2e7aa81d2 Bump version'] },
  },
  'remote-went-back': {
    title: 'The remote lost what the delivery stands on',
    cause: 'Somebody set the branch on the remote back while the delivery was under way. A push carries everything below the pushed commit, and what was taken away may have been so for a reason.',
    fix: 'Ask whoever did it. If those commits may be public after all, push the branch yourself and deliver again; otherwise abort the delivery, set the branch back too, and refresh the ticket. Where commits of yours stand on the delivered one, take them off it first, in your own way: a commit that others stand on is not undone.',
    example: { ticket: ID, branch: MAIN, remote: 'origin', ref: MAIN, tip: '9595d020ca5a9595d020ca5a9595d020ca5a9595', parent: OTHER, commits: [] },
  },
  'delivered-elsewhere': {
    title: 'The ticket is delivered already',
    cause: 'The branch on the remote, or by now the local one, has a commit with the sealed ledger of this ticket that this run did not make: somebody took the same ticket in another clone or worktree and was first, or a commit of this clone was pushed and then taken off the branch. A ticket is delivered once.',
    fix: 'Look at what was done there with `git show`. End this run with `cxw abandon`, and put away what it leaves with `git stash push`, where `git stash pop` finds it again. Then pull, where that commit is not here yet. What the other delivery lacks is another ticket.',
    example: { ticket: ID, remote: 'origin', ref: MAIN, commit: COMMIT },
  },
  'unpushed-commits': {
    title: 'The branch has commits that the remote has not',
    cause: 'A push carries everything below the pushed commit, and those commits belong to no ticket that is delivered here.',
    fix: 'If they hold work of the ticket, take the commits back with `git reset --soft`, which leaves every file as it is, so that it is proved, reviewed and delivered. Otherwise push them yourself if they may be public, or move them to another branch; then run the command again.',
    example: { ticket: ID, branch: MAIN, remote: 'origin', ref: MAIN, commits: ['3f9c1c0d3f9c Try something'] },
  },
  'remote-unreachable': {
    title: 'The remote does not answer',
    cause: 'The network, the server or the credentials fail. cxw never asks for a password by itself.',
    fix: 'Mend the way to the remote (the command shows whether it works), then run the same command again.',
    example: { remote: 'origin', said: 'fatal: Could not read from remote repository.' },
  },
};
