import type { RepoPath } from '../paths.js';
import { sh } from '../shellLine.js';
import { entry, count, fileWords, listed, onTicket, pathWords, paths, refresh, refreshByPerson, short, seeChanged, stagedAgain, withoutCopy, type Uncopied } from './entry.js';

/** A line for git's exclude file that means just this folder. */
const ignoreRule = (path: RepoPath): string => `/${path.replace(/[\\*?[]/g, '\\$&')}/`;

/** Why a delivery does not start, stops, or is not undone. Nothing of the person's is changed by any of them. */
const judgesMessage = (hook: string): boolean => hook.endsWith('commit-msg');

export const deliveryCodes = () => ({
  'nothing-to-deliver': entry<{ ticket: string }>({
    says: ({ ticket }) => `The tree of ${ticket} is the same as that of its base.`,
    commands: ({ ticket }) => [sh`cxw status ${ticket}`, sh`cxw abandon ${ticket} --no-change --reason TEXT`],
  }),
  'hidden-paths': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ paths: some }) => `${paths(some)} ${some.length === 1 ? 'is' : 'are'} marked assume-unchanged or skip-worktree, so git does not see edits there.`,
    commands: ({ paths: some }) => ['--no-assume-unchanged', '--no-skip-worktree'].map((mark) => sh`git update-index ${mark} -- ${fileWords(some)}`),
  }),
  'ignored-path': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ paths: some }) => `${paths(some)} ${some.length === 1 ? 'is' : 'are'} ignored by git and not tracked.`,
    commands: ({ paths: some }) => [sh`git check-ignore --verbose -- ${fileWords(some)}`],
  }),
  'submodule-path': entry<{ ticket: string; paths: RepoPath[]; nested: RepoPath[]; staged: RepoPath[] }>({
    says: ({ paths: some }) => `${paths(some)} ${some.length === 1 ? 'is' : 'are'} a submodule, or a nested repository.`,
    // What is staged counts before ignore rules, and an update checks it out.
    commands: ({ ticket, paths: some, nested, staged }) => [
      ...(staged.length === 0 ? [] : [sh`git reset --quiet -- ${pathWords(staged)}`]),
      ...nested.map((path) => sh`printf '%s\\n' ${ignoreRule(path)} >> "$(git rev-parse --git-path info/exclude)"`),
      // Ignore rules decide what is seen, so a person agrees to a new one.
      ...(nested.length === 0 ? [] : [refreshByPerson(ticket)]),
      ...(some.length === nested.length ? [] : [sh`git submodule update --init -- ${fileWords(some.filter((path) => !nested.includes(path)))}`]),
    ],
  }),
  'records-changed': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ paths: some }) => `${paths(some)} ${some.length === 1 ? 'is' : 'are'} not as curation recorded ${some.length === 1 ? 'it' : 'them'}.`,
    commands: onTicket('rework'),
  }),
  'evidence-rewritten': entry<{ ticket: string; paths: RepoPath[]; sources: string[] }>({
    says: ({ paths: some, sources }) => `git would not commit ${paths(some)} byte for byte as ${some.length === 1 ? 'it is' : 'they are'}${sources.length === 0 ? '.' : `; look for a filter or another attribute in ${listed(sources)}.`}`,
    commands: ({ ticket, paths: some }) => [sh`git check-attr --all -- ${fileWords(some)}`, refreshByPerson(ticket)],
  }),
  'evidence-executable': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ paths: some }) => `${paths(some)} ${some.length === 1 ? 'is' : 'are'} executable; evidence is committed as plain files, and a verification takes nothing else.`,
    commands: ({ ticket, paths: some }) => [sh`chmod -x -- ${fileWords(some)}`, sh`cxw deliver ${ticket}`],
  }),
  'memory-changed': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ paths: some }) => `${paths(some)} ${some.length === 1 ? 'is' : 'are'} not as curation recorded ${some.length === 1 ? 'it' : 'them'}.`,
    commands: onTicket('rework'),
  }),
  'index-changed': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ paths: some }) => `What is staged in ${paths(some)} is neither what was there when the delivery began nor what is delivered.`,
    commands: ({ ticket, paths: some }) => [sh`git add -- ${pathWords(some)}`, sh`cxw abort ${ticket}`],
  }),
  'staging-replaced': entry<{ ticket: string; entries: { path: RepoPath; mode: string; id: string }[] }>({
    says: ({ entries }) => `What is staged of ${paths(entries.map(({ path }) => path))} is neither what was committed nor what the file holds; the delivery stages the file in its place. git keeps the other version: ${listed(entries.map(({ id }) => `git cat-file blob ${id}`))}.`,
    commands: ({ entries }) => entries.flatMap((other) => [sh`git cat-file blob ${other.id}`, stagedAgain(other)]),
  }),
  'tree-differs': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ paths: some }) => `The tree that was built differs from product, memory and records in ${paths(some)}.`,
    commands: onTicket('rework'),
  }),
  'commit-differs': entry<{ ticket: string; commit: string }>({
    says: ({ commit }) => `git was asked for a commit and answered ${commit.slice(0, 12)}, which is another one, or none.`,
    commands: ({ ticket }) => [sh`cxw deliver ${ticket}`, 'git fsck'],
  }),
  'hooks-with-dirty-work': entry<{ ticket: string; hooks: string[]; paths: number }>({
    says: ({ hooks, paths: dirty }) => `The policy runs ${listed(hooks)} only when nothing else is dirty; ${count(dirty, 'path')} ${dirty === 1 ? 'is' : 'are'}.`,
    commands: () => ['git status'],
  }),
  'hook-rejected': entry<{ ticket: string; hook: string; said: string }>({
    says: ({ hook, said }) => `The ${hook} hook refused ${judgesMessage(hook) ? 'the message, whose subject is the title of the ticket (give it another title, or set `hooks: skip` in the policy)' : 'the commit'}${said === '' ? '.' : `: ${said}`}`,
    commands: ({ ticket, hook }) => (judgesMessage(hook) ? [sh`cxw abort ${ticket}`, refresh(ticket)] : [sh`cxw deliver ${ticket}`, sh`cxw abort ${ticket}`]),
  }),
  'hook-changed-tree': entry<{ ticket: string; hook: string; paths: RepoPath[] }>({
    says: ({ hook, paths: some }) => `The ${hook} hook changed ${paths(some)}, so the commit would not be what was proved and reviewed.`,
    commands: onTicket('abort', 'rework'),
  }),
  'hook-swept': entry<{ ticket: string; hook: string; paths: RepoPath[] }>({
    says: ({ hook, paths: some }) => `The ${hook} hook put ${paths(some)} into the commit, which ${some.length === 1 ? 'is' : 'are'} no part of the ticket.`,
    commands: ({ ticket }) => [sh`cxw abort ${ticket}`, refreshByPerson(ticket)],
  }),
  'hook-changed-message': entry<{ ticket: string; trailers: string[] }>({
    says: ({ trailers }) => `After the message hooks the last paragraph lacks ${listed(trailers)}.`,
    commands: ({ ticket }) => [sh`cxw abort ${ticket}`, refreshByPerson(ticket)],
  }),
  'hook-timed-out': entry<{ ticket: string; hook: string; seconds: number }>({
    says: ({ hook, seconds }) => `The ${hook} hook did not end within ${seconds} s, and was ended with everything that it had started.`,
    commands: onTicket('deliver', 'abort'),
  }),
  'hook-touched-work': entry<{ ticket: string; hook: string; paths: RepoPath[]; copies: string[]; cutShort?: boolean; onCopy?: boolean } & Uncopied>({
    says: ({ hook, paths: some, copies, cutShort, onCopy, uncopied }) => `${cutShort === true ? `Since the ${hook} hook was cut short` : `While the ${hook} hook ${onCopy === true ? 'was tried on a copy' : 'ran'}`}, ${paths(some)} changed${withoutCopy({ uncopied })}${copies.length === 0 ? '.' : `; copies of what was there before: ${listed(copies)}`}`,
    commands: ({ ticket, onCopy, ...changed }) => [...seeChanged(changed), ...(onCopy === true ? [sh`cxw advance ${ticket}`] : [sh`cxw deliver ${ticket}`, sh`cxw abort ${ticket}`])],
  }),
  'hook-edited-delivered': entry<{ hook: string; paths: RepoPath[] }>({
    says: ({ hook, paths: some }) => `The ${hook} hook edited what is delivered: ${paths(some)}. Its edit is in the worktree, and not in the commit.`,
    commands: ({ paths: some }) => [sh`git diff HEAD -- ${pathWords(some)}`],
  }),
  'post-commit-failed': entry<{ said: string }>({
    says: ({ said }) => `The post-commit hook ended with an error${said === '' ? '.' : `: ${said}`}`,
    commands: () => ['git log -1'],
  }),
  'signing-failed': entry<{ said: string; ticket?: string }>({
    says: ({ said }) => `git could not sign the commit: ${said}`,
    commands: ({ ticket }) => ['git config --get-regexp gpg', ...(ticket === undefined ? [] : [sh`cxw deliver ${ticket}`, sh`cxw abort ${ticket}`, refresh(ticket)])],
  }),
  'branch-held': entry<{ ticket: string; branch: string; said: string }>({
    says: ({ branch, said }) => `A hook kept git from moving ${short(branch)}: ${said}`,
    commands: ({ ticket }) => [sh`cxw deliver ${ticket}`, sh`cxw abort ${ticket}`],
  }),
  'push-rejected': entry<{ ticket: string; remote: string; ref: string; said: string }>({
    says: ({ remote, ref, said }) => `${remote} did not take the commit for ${short(ref)}: ${said}`,
    commands: onTicket('deliver', 'abort'),
  }),
  'remote-unknown': entry<{ ticket: string; remote: string; ref: string; tip: string; pushed: boolean }>({
    says: ({ remote, ref, tip, pushed }) => `${short(ref)} on ${remote} is at ${tip.slice(0, 12)}, which this clone has not seen${pushed ? ', after the commit was pushed' : ''}; whether it contains the delivered commit cannot be told.`,
    commands: ({ ticket, remote }) => [sh`git fetch ${remote}`, sh`cxw deliver ${ticket}`],
  }),
  'remote-cut-off': entry<{ ticket: string; remote: string; ref: string; tip: string }>({
    says: ({ remote, ref, tip }) => `${short(ref)} on ${remote} is at ${tip.slice(0, 12)}, and this clone is shallow: its history ends before it tells whether that contains the delivered commit.`,
    commands: ({ ticket, remote }) => [sh`git fetch --unshallow ${remote}`, sh`cxw deliver ${ticket}`],
  }),
  'pushed-unconfirmed': entry<{ ticket: string; commit: string; remote: string; said: string }>({
    says: ({ commit, remote, said }) => `${commit.slice(0, 12)} was sent to ${remote}, but whether it arrived could not be confirmed: ${said}`,
    commands: onTicket('deliver'),
  }),
  'push-unanswered': entry<{ commit: string; remote: string; ref: string }>({
    says: ({ commit, remote, ref }) => `A push of ${commit.slice(0, 12)} to ${short(ref)} was begun, and nobody heard what came of it: ${remote} may take it still.`,
    commands: ({ remote, ref }) => [sh`git ls-remote ${remote} ${ref}`],
  }),
  'delivered-superseded': entry<{ commit: string; by: string; ref: string }>({
    says: ({ commit, by, ref }) => `${short(ref)} on the remote is at ${by.slice(0, 12)} already, which contains ${commit.slice(0, 12)}.`,
    commands: () => ['git fetch'],
  }),
  'local-elsewhere': entry<{ branch: string; commit: string; now: string }>({
    says: ({ branch, commit, now }) => `The remote has ${commit.slice(0, 12)}; ${short(branch)} here is at ${now.slice(0, 12)} by now.`,
    commands: () => ['git status'],
  }),
  'note-not-written': entry<{ ticket: string; commit: string; said: string; ways: string[] }>({
    says: ({ commit, said }) => `${commit.slice(0, 12)} is delivered, and its note could not be written: ${said}`,
    commands: ({ ticket, ways }) => [...ways, sh`cxw deliver ${ticket}`],
  }),
  'note-not-pushed': entry<{ ticket: string; remote: string; said: string; ways: string[] }>({
    says: ({ ticket, remote, said }) => `${ticket} is delivered and noted here, and ${remote} does not have the note: ${said}`,
    commands: ({ ticket, ways }) => [...ways, sh`cxw deliver ${ticket}`],
  }),
  'integrate-next': entry<{ branch: string; remote: string }>({
    says: ({ branch, remote }) => `The work is on ${short(branch)} of ${remote}; a pull request brings it into the main branch.`,
    commands: ({ branch, remote }) => [sh`git request-pull ${`${remote}/main`} ${remote} ${short(branch)}`],
  }),
  'already-on-remote': entry<{ ticket: string; commit: string; remote: string }>({
    says: ({ commit, remote }) => `${commit.slice(0, 12)} is on ${remote}; what others may have fetched is not undone.`,
    commands: onTicket('deliver'),
  }),
  'nothing-to-abort': entry<{ ticket: string }>({
    says: ({ ticket }) => `No delivery of ${ticket} is under way.`,
    commands: onTicket('status'),
  }),
  'built-upon': entry<{ ticket: string; branch: string; commit: string; commits: string[] }>({
    says: ({ branch, commit, commits }) => `${short(branch)} has commits on top of ${commit.slice(0, 12)}: ${listed(commits)}.`,
    // What finishes it depends on the remote: the next delivery asks it, and says.
    commands: ({ ticket, commit, branch }) => [sh`git log --oneline ${commit.slice(0, 12)}..${short(branch)}`, sh`cxw deliver ${ticket}`],
  }),
});
