import { shellWord, showPath, type RepoPath } from '../paths.js';
import { asWritten, sh, type AsWritten } from '../shellLine.js';
import { entry, count, listed, onTicket } from './entry.js';

const paths = (some: readonly RepoPath[]): string => listed(some.map(showPath));
const short = (commit: string): string => commit.slice(0, 12);
const words = (some: readonly string[]): AsWritten => asWritten(some.map(shellWord).join(' '));

/** What `cxw verify` finds in a clone, and what it cannot look at. */
export const verifyCodes = () => ({
  'nothing-to-verify': entry<{ what?: string; brings?: 'nothing'; shallow: boolean }>({
    says: ({ what, brings }) => (what === undefined
      ? 'No commit of this branch was delivered by cxw.'
      : brings === 'nothing' ? `${what} brings no ticket's sealed ledger: nothing of what was asked about it is shown.`
        : `${what} is neither a delivered ticket nor a commit nor a range that this clone knows.`),
    commands: ({ what, shallow }) => (shallow ? ['git fetch --unshallow'] : [...(what === undefined ? [] : ['cxw ticket list']), 'git fetch --all', 'git log --grep=Cxw-Ticket']),
  }),
  'range-empty': entry<{ from: string; to: string; at?: string; holds: 'nothing' | 'merges'; demands: string[] }>({
    says: ({ from, to, at, holds }) => {
      const why = at === undefined ? `all that is in ${to} is in ${from} too` : `both its ends are ${short(at)}`;
      return `${from}..${to} names no commit${holds === 'merges' ? ' but merges, which change nothing by themselves' : `, as ${why}`}: nothing was checked.`;
    },
    commands: ({ from, to, at, holds, demands }) => (holds === 'merges' ? [sh`git log --graph --oneline ${`${from}..${to}`}`]
      : at === undefined ? [sh`cxw verify ${words([`${to}..${from}`, ...demands])}`]
        : [sh`git log --oneline --max-count=10 ${to}`, sh`cxw verify ${words([`COMMIT..${to}`, ...demands])}`]),
  }),
  'shallow-clone': entry<{ commit: string }>({
    says: ({ commit }) => `The commit ${short(commit)} that the work was proved on is not in this clone: the clone is shallow.`,
    commands: () => ['git fetch --unshallow'],
  }),
  'trailer-missing': entry<{ commit: string; why: string }>({
    says: ({ commit, why }) => `The last paragraph of the message of ${short(commit)} does not name one ticket and one seal: ${why}.`,
    commands: ({ commit }) => [sh`git show ${commit}`],
  }),
  'seal-broken': entry<{ ticket: string; commit: string; why: string }>({
    says: ({ ticket, commit, why }) => `The sealed ledger of ${ticket} in ${short(commit)} is not what was sealed: ${why}.`,
    commands: ({ ticket, commit }) => [sh`git show ${commit}:tickets/records/${ticket}/ledger.jsonl`],
  }),
  'chain-broken': entry<{ ticket: string; line: number; why: string }>({
    says: ({ ticket, line, why }) => `The sealed ledger of ${ticket} cannot be trusted${line === 0 ? '' : ` from line ${line} on`}: ${why}.`,
    commands: ({ ticket }) => [sh`git log -- tickets/records/${ticket}/ledger.jsonl`],
  }),
  'state-out-of-order': entry<{ ticket: string; seq: number; why: string }>({
    says: ({ ticket, seq, why }) => `Fact ${seq} of ${ticket} could not have been recorded there: ${why}.`,
    commands: onTicket('log'),
  }),
  'evidence-wanting': entry<{ ticket: string; state: string; why: string }>({
    says: ({ ticket, state, why }) => `${state} of ${ticket} is not borne out by the facts: ${why}`,
    commands: onTicket('log'),
  }),
  'reviewer-wrote': entry<{ ticket: string; why: string }>({
    says: ({ ticket, why }) => `The review of ${ticket} does not count: ${why}`,
    commands: onTicket('log'),
  }),
  'finding-displaced': entry<{ ticket: string; finding: string; actual: string }>({
    says: ({ ticket, finding, actual }) => `${finding} of ${ticket} was never cleared: a later review used its number for something else. It said: ${actual}`,
    commands: onTicket('log'),
  }),
  'sets-differ': entry<{ ticket: string; commit: string; set: string; paths: RepoPath[] }>({
    says: ({ ticket, commit, set, paths: some }) => (some.length === 0
      ? `The ${set} of ${ticket} in ${short(commit)} does not have the digest that was proved.`
      : `The ${set} of ${ticket} in ${short(commit)} is not what was proved in ${count(some.length, 'path')}: ${paths(some)}.`),
    commands: ({ commit }) => [sh`git show --stat ${commit}`],
  }),
  'record-differs': entry<{ ticket: string; path: RepoPath; why: string }>({
    says: ({ ticket, path, why }) => `${showPath(path)} of ${ticket} ${why}.`,
    commands: onTicket('log'),
  }),
  'line-endings-only': entry<{ ticket: string; path: RepoPath }>({
    says: ({ ticket, path }) => `${showPath(path)} of ${ticket} is as it was locked but for its line endings, which git converted.`,
    commands: () => [],
  }),
  'policy-not-committed': entry<{ ticket: string; commit: string }>({
    says: ({ ticket, commit }) => `${ticket} was proved under a policy that is not the .cxw/policy.yaml of ${short(commit)}.`,
    commands: ({ ticket, commit }) => [sh`git show ${commit}:.cxw/policy.yaml`, sh`git show ${commit}:tickets/records/${ticket}/policy.yaml`],
  }),
  'expectation-differs': entry<{ expected: string; ticket: string; seal: string }>({
    says: ({ expected, ticket, seal }) => `The seal of ${ticket} is ${seal}, not ${expected}.`,
    commands: onTicket('verify'),
  }),
  'proof-not-repeated': entry<{ ticket: string; proof: string; why: string }>({
    says: ({ ticket, proof, why }) => `${proof} of ${ticket} did not pass on an export of the commit: ${why}`,
    commands: ({ ticket }) => [sh`cxw verify ${ticket} --rerun`],
  }),
  'inspection-not-rerun': entry<{ ticket: string; proof: string }>({
    says: ({ ticket, proof }) => `${proof} of ${ticket} is an inspection by the reviewer; no machine can repeat it.`,
    commands: () => [],
  }),
  'not-delivered': entry<{ ticket: string; delivered: string; why: string }>({
    says: ({ ticket, delivered, why }) => `Whether ${ticket} was delivered: ${delivered}. ${why}`,
    // What the remote was seen not to have, fetching brings to nobody.
    commands: ({ ticket, delivered }) => [delivered === 'no' ? 'git push' : 'git fetch', sh`cxw verify ${ticket} --delivered`],
  }),
  'integrated-with-changes': entry<{ ticket: string; commit: string; paths: RepoPath[] }>({
    says: ({ ticket, commit, paths: some }) => `${short(commit)} took in ${ticket} with changes in ${count(some.length, 'path')}: ${paths(some)}. Nothing proves these.`,
    commands: ({ commit }) => [sh`git show --stat ${commit}`],
  }),
  'note-differs': entry<{ ticket: string; commit: string; line: number; differs: string[] }>({
    says: ({ ticket, commit, line, differs }) => `Line ${line} of the note about ${short(commit)} says something else about ${ticket} than the commit does, in ${listed(differs)}. It is not believed.`,
    commands: ({ commit }) => [sh`git notes --ref=cxw show ${commit}`, 'git log --oneline refs/notes/cxw'],
  }),
  'note-unreadable': entry<{ commit: string; why: string }>({
    says: ({ commit, why }) => `The note about ${short(commit)} cannot be read as that of a delivery: ${why}.`,
    commands: ({ commit }) => [sh`git notes --ref=cxw show ${commit}`],
  }),
  'unproved-paths': entry<{ commit: string; tickets: string[]; paths: RepoPath[] }>({
    says: ({ commit, tickets, paths: some }) => `Beside ${listed(tickets)}, ${short(commit)} changes ${count(some.length, 'path')} that no ticket in it accounts for: ${paths(some)}. Nothing proves these.`,
    commands: ({ commit }) => [sh`git show --stat ${commit}`],
  }),
  'delivery-taken-back': entry<{ ticket: string; commit: string; by?: string }>({
    says: ({ ticket, commit, by }) => `The records of ${ticket}, which ${short(commit)} brought, are in HEAD no longer: ${by === undefined ? 'a later merge' : short(by)} took them away, as a revert of the delivery does.`,
    commands: ({ ticket, by }) => [by === undefined ? sh`git log --full-history -m -- tickets/records/${ticket}/ledger.jsonl` : sh`git show --stat ${by}`],
  }),
  'unticketed-commit': entry<{ commit: string; subject: string; names?: string; own?: RepoPath[] }>({
    says: ({ commit, subject, names, own }) => [
      short(commit),
      own === undefined ? 'carries no ticket' : `merges, changes ${count(own.length, 'path')} by itself (${paths(own)}), and carries no ticket for that`,
      ...(names === undefined ? [] : [`(it names ${names}, whose sealed ledger it does not bring)`]),
    ].join(' ') + `: ${subject}`,
    commands: ({ commit }) => [sh`git show ${commit}`],
  }),
});
