import { showPath, type RepoPath } from '../paths.js';
import { count, entry, listed } from './entry.js';

const paths = (some: readonly RepoPath[]): string => listed(some.map(showPath));
const ID = 'TKT-2026-11-21-fix-typo';
const COMMIT = '5f0c1d2e3b4a59687766554433221100ffeeddcc';
const SEAL = `sha256:${'3f9c'.repeat(16)}`;
const README = 'README.md' as RepoPath;
const short = (commit: string): string => commit.slice(0, 12);

/** What `cxw verify` finds in a clone, and what it cannot look at. */
export const verifyCodes = {
  'nothing-to-verify': entry<{ what?: string; shallow: boolean }>({
    title: 'There is nothing to verify',
    says: ({ what }) => (what === undefined
      ? 'No commit of this branch was delivered by cxw.'
      : `${what} is neither a delivered ticket nor a commit nor a range that this clone knows.`),
    commands: ({ shallow }) => (shallow ? ['git fetch --unshallow'] : ['git fetch --all', 'git log --grep=Cxw-Ticket']),
    cause: 'verify looks for commits that carry a Cxw-Ticket trailer, and for sealed ledgers below tickets/records/. This clone has none that fits.',
    fix: 'Fetch the branch that the ticket was delivered to, or name the commit.',
    example: { what: ID, shallow: false },
  }),
  'shallow-clone': entry<{ commit: string }>({
    title: 'The clone was cut short',
    says: ({ commit }) => `The commit ${short(commit)} that the work was proved on is not in this clone: the clone is shallow.`,
    commands: () => ['git fetch --unshallow'],
    cause: 'What a delivery changed is compared with the commit before it. A shallow clone leaves that commit out.',
    fix: 'Fetch the rest of the history, then verify again.',
    example: { commit: COMMIT },
  }),
  'trailer-missing': entry<{ commit: string; why: string }>({
    title: 'The commit does not name its evidence',
    says: ({ commit, why }) => `The last paragraph of the message of ${short(commit)} does not name one ticket and one seal: ${why}.`,
    commands: ({ commit }) => [`git show ${commit}`],
    cause: 'A delivered commit ends with one Cxw-Ticket and one Cxw-Evidence trailer. Without them nothing says which evidence belongs to it.',
    fix: 'Find out who rewrote the message. The commit as it was delivered, or the ticket by its id, can be verified instead.',
    example: { commit: COMMIT, why: 'Cxw-Evidence stands there twice' },
  }),
  'seal-broken': entry<{ ticket: string; commit: string; why: string }>({
    title: 'The seal is broken',
    says: ({ ticket, commit, why }) => `The sealed ledger of ${ticket} in ${short(commit)} is not what was sealed: ${why}.`,
    commands: ({ ticket, commit }) => [`git show ${commit}:tickets/records/${ticket}/ledger.jsonl`],
    cause: 'The commit names the SHA-256 of the sealed ledger, and the ledger in it has another one, or there is none.',
    fix: 'The evidence was changed after it was sealed: do not rely on it.',
    example: { ticket: ID, commit: COMMIT, why: 'its digest is another one than the commit names' },
  }),
  'chain-broken': entry<{ ticket: string; line: number; why: string }>({
    title: 'The chain of facts is broken',
    says: ({ ticket, line, why }) => `The sealed ledger of ${ticket} cannot be trusted${line === 0 ? '' : ` from line ${line} on`}: ${why}.`,
    commands: ({ ticket }) => [`git log -- tickets/records/${ticket}/ledger.jsonl`],
    cause: 'Every fact names the digest of the one before, byte for byte. A fact was edited, removed, added or moved.',
    fix: 'Do not rely on the evidence of this ticket; look at who changed the ledger.',
    example: { ticket: ID, line: 7, why: 'it does not name the line before: a line was edited, removed or moved' },
  }),
  'state-out-of-order': entry<{ ticket: string; seq: number; why: string }>({
    title: 'A state was not earned in order',
    says: ({ ticket, seq, why }) => `Fact ${seq} of ${ticket} could not have been recorded there: ${why}.`,
    commands: ({ ticket }) => [`cxw log ${ticket}`],
    cause: 'The chain is whole, but the facts in it do not follow the road: a state was skipped, or entered when it could not be.',
    fix: 'No cxw records such facts: the ledger was made up. Do not rely on it.',
    example: { ticket: ID, seq: 9, why: 'context_curated was entered when independent_review_complete was due' },
  }),
  'evidence-wanting': entry<{ ticket: string; state: string; why: string }>({
    title: 'Evidence is wanting',
    says: ({ ticket, state, why }) => `${state} of ${ticket} is not borne out by the facts: ${why}`,
    commands: ({ ticket }) => [`cxw log ${ticket}`],
    cause: 'A state was entered, but the sealed facts do not hold what it needs for the change that was delivered.',
    fix: 'Do not take this ticket as proved. Deliver the work again with evidence.',
    example: { ticket: ID, state: 'focused_tests_passed', why: 'P1 was not run on the delivered change.' },
  }),
  'reviewer-wrote': entry<{ ticket: string; why: string }>({
    title: 'The reviewer wrote the work',
    says: ({ ticket, why }) => `The review of ${ticket} does not count: ${why}`,
    commands: ({ ticket }) => [`cxw log ${ticket}`],
    cause: 'Nobody who wrote reviews: names, agent sessions and agent processes are compared, as far as they could be seen.',
    fix: 'Have the change reviewed by somebody who did not write it.',
    example: { ticket: ID, why: 'reviewer:Ada and writer:Ada are the same.' },
  }),
  'sets-differ': entry<{ ticket: string; commit: string; set: string; paths: RepoPath[] }>({
    title: 'The commit is not what was proved',
    says: ({ ticket, commit, set, paths: some }) => (some.length === 0
      ? `The ${set} of ${ticket} in ${short(commit)} does not have the digest that was proved.`
      : `The ${set} of ${ticket} in ${short(commit)} is not what was proved in ${count(some.length, 'path')}: ${paths(some)}.`),
    commands: ({ commit }) => [`git show --stat ${commit}`],
    cause: 'A delivery is exactly three sets: the proved change, the curated memory, and the listed records. This commit holds something else, or lacks something.',
    fix: 'Look at the named paths: nothing proves them.',
    example: { ticket: ID, commit: COMMIT, set: 'product', paths: [README] },
  }),
  'record-differs': entry<{ ticket: string; path: RepoPath; why: string }>({
    title: 'A record is not what was listed',
    says: ({ ticket, path, why }) => `${showPath(path)} of ${ticket} ${why}.`,
    commands: ({ ticket }) => [`cxw log ${ticket}`],
    cause: 'The sealed facts name the digest of the ticket, of the policy and of every closing record. This one is missing or has another.',
    fix: 'Do not rely on the record; the sealed ledger says what it was made from.',
    example: { ticket: ID, path: `tickets/records/${ID}/result.md` as RepoPath, why: 'has another digest than the sealed ledger lists' },
  }),
  'line-endings-only': entry<{ ticket: string; path: RepoPath }>({
    title: 'The line endings differ',
    says: ({ ticket, path }) => `${showPath(path)} of ${ticket} is as it was locked but for its line endings, which git converted.`,
    commands: () => [],
    cause: 'The ticket was locked as it stood on disk, and the repository stores text with other line endings.',
    fix: 'Nothing is wrong.',
    example: { ticket: ID, path: `tickets/${ID}.yaml` as RepoPath },
  }),
  'policy-not-committed': entry<{ ticket: string; commit: string }>({
    title: 'Another policy is committed',
    says: ({ ticket, commit }) => `${ticket} was proved under a policy that is not the .cxw/policy.yaml of ${short(commit)}.`,
    commands: ({ ticket, commit }) => [`git show ${commit}:.cxw/policy.yaml`, `git show ${commit}:tickets/records/${ticket}/policy.yaml`],
    cause: 'The policy that was locked with the ticket stands in its records. The committed one is another: it was edited on disk only, or changed later.',
    fix: 'Compare the two, and see whether the one in the records is one that you agree to.',
    example: { ticket: ID, commit: COMMIT },
  }),
  'expectation-differs': entry<{ expected: string; ticket: string; seal: string }>({
    title: 'The seal is not the expected one',
    says: ({ expected, ticket, seal }) => `The seal of ${ticket} is ${seal}, not ${expected}.`,
    commands: ({ ticket }) => [`cxw verify ${ticket}`],
    cause: 'You gave the digest that you expect, from a channel that you trust, and the clone holds another.',
    fix: 'Do not rely on this clone until you know why.',
    example: { expected: `sha256:${'00'.repeat(32)}`, ticket: ID, seal: SEAL },
  }),
  'proof-not-repeated': entry<{ ticket: string; proof: string; why: string }>({
    title: 'A proof does not pass again',
    says: ({ ticket, proof, why }) => `${proof} of ${ticket} did not pass on an export of the commit: ${why}`,
    commands: ({ ticket }) => [`cxw verify ${ticket} --rerun`],
    cause: 'The proofs were run again on the files of the commit alone, outside the repository, after the preparations of the policy.',
    fix: 'See whether this machine lacks something that the proof needs; `proofs.prepare` in the policy makes an export ready.',
    example: { ticket: ID, proof: 'P1', why: 'it ended with exit code 1.' },
  }),
  'inspection-not-rerun': entry<{ ticket: string; proof: string }>({
    title: 'An inspection cannot be run again',
    says: ({ ticket, proof }) => `${proof} of ${ticket} is an inspection by the reviewer; no machine can repeat it.`,
    commands: () => [],
    cause: 'The ticket is proved by somebody who looked. Their attestation is in the sealed ledger.',
    fix: 'Look yourself, if you need to know.',
    example: { ticket: ID, proof: 'P1' },
  }),
  'not-delivered': entry<{ ticket: string; delivered: string; why: string }>({
    title: 'The delivery is not shown',
    says: ({ ticket, delivered, why }) => `Whether ${ticket} was delivered: ${delivered}. ${why}`,
    commands: ({ ticket }) => ['git fetch', `cxw verify ${ticket} --delivered`],
    cause: 'With --delivered the branch at the remote must contain the commit, and the remote must say so itself.',
    fix: 'Make sure that the remote can be reached and that the branch was fetched; then verify again.',
    example: { ticket: ID, delivered: 'unknown', why: 'The remote did not answer.' },
  }),
  'integrated-with-changes': entry<{ ticket: string; commit: string; paths: RepoPath[] }>({
    title: 'Integrated with changes',
    says: ({ ticket, commit, paths: some }) => `${short(commit)} took in ${ticket} with changes in ${count(some.length, 'path')}: ${paths(some)}. Nothing proves these.`,
    commands: ({ commit }) => [`git show --stat ${commit}`],
    cause: 'The work was squashed, rebased or merged elsewhere, and these paths are not there as they were proved.',
    fix: 'Review these paths, or prove the work again on the branch where it is now.',
    example: { ticket: ID, commit: COMMIT, paths: [README] },
  }),
  'unticketed-commit': entry<{ commit: string; subject: string }>({
    title: 'A commit without a ticket',
    says: ({ commit, subject }) => `${short(commit)} carries no ticket: ${subject}`,
    commands: ({ commit }) => [`git show ${commit}`],
    cause: 'The range holds a commit that cxw did not deliver. `delivery.unticketed_commits` in the policy says whether that fails.',
    fix: 'Nothing, or look at the commit: no evidence belongs to it.',
    example: { commit: COMMIT, subject: 'Fix the build' },
  }),
};
