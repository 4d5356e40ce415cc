import { showPath, type RepoPath } from '../paths.js';
import { sh } from '../shellLine.js';
import { entry, argumentWords, count, LIST_SETTINGS, listed, onTicket, pathWords, paths, refreshByPerson } from './entry.js';
import { escalate } from './ticketClass.js';

/** What the writer may change, and what was there before. */
export const workCodes = () => ({
  'scope-dirty': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ paths: some }) => `${count(some.length, 'path')} of the scope ${some.length === 1 ? 'was' : 'were'} changed before the ticket began: ${paths(some)}.`,
    commands: ({ ticket, paths: some }) => [sh`cxw advance ${ticket} --adopt`, sh`git diff HEAD -- ${pathWords(some)}`],
  }),
  'leftovers': entry<{ ticket: string; earlier: string; paths: RepoPath[] }>({
    says: ({ earlier, paths: some }) => `${count(some.length, 'record')} of ${earlier} ${some.length === 1 ? 'is' : 'are'} not committed: ${paths(some)}.`,
    commands: ({ earlier }) => [sh`git add -- tickets/${earlier}.yaml tickets/records/${earlier}`, sh`git commit -m ${`Keep the records of ${earlier}`} -- tickets/${earlier}.yaml tickets/records/${earlier}`, 'git push'],
  }),
  'records-gone': entry<{ ticket: string; earlier: string; paths: RepoPath[] }>({
    says: ({ earlier, paths: some }) => `${count(some.length, 'file')} of ${earlier} ${some.length === 1 ? 'is' : 'are'} in HEAD and no longer in this worktree, as after a commit that was made elsewhere on this branch: ${paths(some)}.`,
    commands: ({ paths: some }) => [sh`git restore --staged --worktree -- ${pathWords(some)}`],
  }),
  'no-change': entry<{ ticket: string; files: RepoPath[] }>({
    says: ({ files }) => files.length > 0 ? `Nothing in scope has changed yet. The ticket may change ${paths(files)}.` : 'Nothing in scope has changed yet.',
    commands: ({ ticket }) => [sh`cxw brief writer ${ticket}`, sh`cxw abandon ${ticket} --no-change --reason TEXT`],
  }),
  'outside-scope': entry<{ ticket: string; isQuick: boolean; paths: RepoPath[]; copies: string[] }>({
    says: ({ paths: some, copies }) => `${count(some.length, 'path')} outside the scope changed since the ticket began: ${paths(some)}.${copies.length === 0 ? '' : ` Copies of what was there before: ${listed(copies)}.`}`,
    commands: ({ ticket, isQuick, paths: some }) => [
      sh`cxw advance ${ticket} --mine ${argumentWords(some.slice(0, 20))}`,
      isQuick ? sh`cxw ticket escalate ${ticket}` : refreshByPerson(ticket),
    ],
  }),
  'displaced-paths': entry<{ ticket: string; isQuick: boolean; paths: RepoPath[] }>({
    says: ({ paths: some }) => `A file stands where a folder is tracked, or a folder where a file is: to deliver it, ${count(some.length, 'path')} outside the scope would be deleted: ${paths(some)}.`,
    commands: ({ ticket, isQuick }) => [...(isQuick ? [sh`cxw ticket escalate ${ticket}`] : []), refreshByPerson(ticket)],
  }),
  'forbidden-path': entry<{ ticket: string; path: RepoPath; pattern: string }>({
    says: ({ path, pattern }) => `${showPath(path)} is forbidden by the pattern ${pattern}.`,
    commands: onTicket('status'),
  }),
  'not-quick': entry<{ ticket: string; findings: string[] }>({
    says: ({ findings }) => `The real change is not quick any more: ${findings.join('; ')}.`,
    commands: ({ ticket, findings }) => [escalate(ticket, findings.map((finding) => finding.split(':')[0]!))],
  }),
  'repository-altered': entry<{ ticket: string; what: string; names: string[]; delivery?: 'begun' | 'pushed' }>({
    says: ({ what, names }) => `${what} changed since the repository was discovered: ${listed(names)}.`,
    commands: ({ ticket, delivery }) => (delivery === 'pushed'
      ? [LIST_SETTINGS, sh`cxw deliver ${ticket}`]
      : [...(delivery === undefined ? [] : [sh`cxw abort ${ticket}`]), refreshByPerson(ticket)]),
  }),
  'altered-agreed': entry<{ ticket: string; what: string; names: string[]; inSettings: boolean }>({
    says: ({ what, names }) => `${what} changed since the repository was discovered, and this refresh agrees to it: ${listed(names, 20)}. What was not meant, take back by hand, and refresh again.`,
    commands: ({ inSettings }) => (inSettings ? [LIST_SETTINGS] : []),
  }),
  'conflict-markers': entry<{ ticket: string; places: string[] }>({
    says: ({ places }) => `Conflict markers were added: ${listed(places)}.`,
    commands: onTicket('advance'),
  }),
  'hook-would-change': entry<{ ticket: string; paths: RepoPath[] }>({
    says: ({ paths: some }) => `The pre-commit hook, tried on a copy, would change ${paths(some)}. What is reviewed must be what is committed.`,
    commands: onTicket('advance'),
  }),
  'changes-missing': entry<{ ticket: string }>({
    says: ({ ticket }) => `${ticket} has no record of what was changed and what was left alone.`,
    commands: ({ ticket }) => [sh`cxw record changes ${ticket} --summary TEXT`, 'cxw schema record-changes'],
  }),
  'stale-evidence': entry<{ ticket: string; files: RepoPath[] }>({
    says: ({ files }) => `The evidence is for another change: ${paths(files)} ${files.length === 1 ? 'is' : 'are'} different now.`,
    commands: onTicket('rework'),
  }),
  'filters-changed': entry<{ ticket: string; files: RepoPath[] }>({
    says: ({ files }) => `The bytes of ${paths(files)} are the same, but git's filters or attributes now make other content of them.`,
    commands: onTicket('rework'),
  }),
  'hook-rehearsal-failed': entry<{ said: string }>({
    says: ({ said }) => `The pre-commit hook ended with an error when it was tried on a copy; the delivery will run it on the real worktree. It said: ${said}`,
    commands: () => [],
  }),
  'sensitive-path': entry<{ path: RepoPath; why: string }>({
    says: ({ path, why }) => `${showPath(path)}: ${why}.`,
    commands: () => [],
  }),
});
