import type { RepoPath } from '../../paths.js';
import type { verifyCodes } from '../verify.js';
import { DIGEST, ID, README } from './examples.js';
import type { PagesOf } from './page.js';

const COMMIT = '5f0c1d2e3b4a59687766554433221100ffeeddcc';

export const verifyPages: PagesOf<typeof verifyCodes> = {
  'nothing-to-verify': {
    title: 'There is nothing to verify',
    cause: 'verify looks for commits that bring a sealed ledger below tickets/records/. This clone has none that fits.',
    fix: 'Fetch the branch that the ticket was delivered to, or name the commit.',
    example: { what: ID, shallow: false },
  },
  'range-empty': {
    title: 'The range holds nothing to check',
    cause: 'A range A..B names the commits of B that are not in A. This one names none: its ends were swapped, or are one commit, as where two variables of a pipeline were left empty; or the branch has nothing new. Or it names merges alone, which is noted and never refused. Of a range without a commit nothing is shown: where something was demanded (--rerun, --delivered, --expect), that is refused, and noted where nothing was.',
    fix: 'Name the older end first. Where a branch without new commits is an ordinary day, ask git before cxw: `git merge-base --is-ancestor HEAD BASE` says yes when there is nothing new.',
    example: { from: 'HEAD', to: 'origin/main', holds: 'nothing', demands: ['--rerun', '--delivered'] },
  },
  'shallow-clone': {
    title: 'The clone was cut short',
    cause: 'What a delivery changed is compared with the commit before it. A shallow clone leaves that commit out.',
    fix: 'Fetch the rest of the history, then verify again.',
    example: { commit: COMMIT },
  },
  'trailer-missing': {
    title: 'The commit does not name its evidence',
    cause: 'A delivered commit ends with one Cxw-Ticket and one Cxw-Evidence trailer. Without them nothing says which evidence belongs to it.',
    fix: 'Find out who rewrote the message. The commit as it was delivered, or the ticket by its id, can be verified instead.',
    example: { commit: COMMIT, why: 'Cxw-Evidence stands there twice' },
  },
  'seal-broken': {
    title: 'The seal is broken',
    cause: 'The commit names the SHA-256 of the sealed ledger, and the ledger in it has another one, or there is none.',
    fix: 'The evidence was changed after it was sealed: do not rely on it.',
    example: { ticket: ID, commit: COMMIT, why: 'its digest is another one than the commit names' },
  },
  'chain-broken': {
    title: 'The chain of facts is broken',
    cause: 'Every fact names the digest of the one before, byte for byte. A fact was edited, removed, added or moved.',
    fix: 'Do not rely on the evidence of this ticket; look at who changed the ledger.',
    example: { ticket: ID, line: 7, why: 'it does not name the line before: a line was edited, removed or moved' },
  },
  'state-out-of-order': {
    title: 'A state was not earned in order',
    cause: 'The chain is whole, but the facts in it do not follow the road: a state was skipped, or entered when it could not be.',
    fix: 'No cxw records such facts: the ledger was made up. Do not rely on it.',
    example: { ticket: ID, seq: 9, why: 'context_curated was entered when independent_review_complete was due' },
  },
  'evidence-wanting': {
    title: 'Evidence is wanting',
    cause: 'A state was entered, but the sealed facts do not hold what it needs for the change that was delivered.',
    fix: 'Do not take this ticket as proved. Deliver the work again with evidence.',
    example: { ticket: ID, state: 'focused_tests_passed', why: 'P1 was not run on the delivered change.' },
  },
  'reviewer-wrote': {
    title: 'The reviewer wrote the work',
    cause: 'Nobody who wrote reviews: names, agent sessions and agent processes are compared, as far as they could be seen.',
    fix: 'Have the change reviewed by somebody who did not write it.',
    example: { ticket: ID, why: 'reviewer:Ada and writer:Ada are the same.' },
  },
  'finding-displaced': {
    title: 'A finding that nobody cleared',
    cause: 'A later review gave the number of an open finding to another one. An earlier cxw took that for an end of the first; now a finding ends only when a review clears it, and the number is refused.',
    fix: 'See in the records whether what was found was repaired.',
    example: { ticket: ID, finding: 'F1 (blocking)', actual: 'A name that holds a quote breaks the query.' },
  },
  'sets-differ': {
    title: 'The commit is not what was proved',
    cause: 'A delivery is exactly three sets: the proved change, the curated memory, and the listed records. This commit holds something else, or lacks something.',
    fix: 'Look at the named paths: nothing proves them.',
    example: { ticket: ID, commit: COMMIT, set: 'product', paths: [README] },
  },
  'record-differs': {
    title: 'A record is not what was listed',
    cause: 'The sealed facts name the digest of the ticket, of the policy and of every closing record. This one is missing or has another.',
    fix: 'Do not rely on the record; the sealed ledger says what it was made from.',
    example: { ticket: ID, path: `tickets/records/${ID}/result.md` as RepoPath, why: 'has another digest than the sealed ledger lists' },
  },
  'line-endings-only': {
    title: 'The line endings differ',
    cause: 'The ticket was locked as it stood on disk, and the repository stores text with other line endings.',
    fix: 'Nothing is wrong.',
    example: { ticket: ID, path: `tickets/${ID}.yaml` as RepoPath },
  },
  'policy-not-committed': {
    title: 'Another policy is committed',
    cause: 'The policy that was locked with the ticket stands in its records. The committed one is another: it was edited on disk only, or changed later.',
    fix: 'Compare the two, and see whether the one in the records is one that you agree to.',
    example: { ticket: ID, commit: COMMIT },
  },
  'expectation-differs': {
    title: 'The seal is not the expected one',
    cause: 'You gave the digest that you expect, from a channel that you trust, and the clone holds another.',
    fix: 'Do not rely on this clone until you know why.',
    example: { expected: `sha256:${'00'.repeat(32)}`, ticket: ID, seal: DIGEST },
  },
  'proof-not-repeated': {
    title: 'A proof does not pass again',
    cause: 'The proofs were run again on the files of the commit alone, outside the repository, after the preparations of the policy.',
    fix: 'See whether this machine lacks something that the proof needs; `proofs.prepare` in the policy makes an export ready.',
    example: { ticket: ID, proof: 'P1', why: 'it ended with exit code 1.' },
  },
  'inspection-not-rerun': {
    title: 'An inspection cannot be run again',
    cause: 'The ticket is proved by somebody who looked. Their attestation is in the sealed ledger.',
    fix: 'Look yourself, if you need to know.',
    example: { ticket: ID, proof: 'P1' },
  },
  'not-delivered': {
    title: 'The delivery is not shown',
    cause: 'With --delivered the branch at the remote must contain the commit, and the remote must say so itself.',
    fix: 'Make sure that the remote can be reached and that the branch was fetched; then verify again.',
    example: { ticket: ID, delivered: 'unknown', why: 'The remote did not answer.' },
  },
  'integrated-with-changes': {
    title: 'Integrated with changes',
    cause: 'The work was squashed, rebased or merged elsewhere, and these paths are not there as they were proved.',
    fix: 'Review these paths, or prove the work again on the branch where it is now.',
    example: { ticket: ID, commit: COMMIT, paths: [README] },
  },
  'note-differs': {
    title: 'A delivery note that is not true',
    cause: 'Notes are not part of what is sealed: whoever may write refs/notes/cxw can put anything there. What a note says is held against the commit, and this one says something else.',
    fix: 'Find out who wrote it. The evidence of the ticket does not rest on it, so nothing else changes.',
    example: { ticket: ID, commit: COMMIT, line: 1, differs: ['seal', 'paths'] },
  },
  'note-unreadable': {
    title: 'A note that is none of ours',
    cause: 'The note under refs/notes/cxw is too long, or a line of it is not what a delivery writes. It was passed over.',
    fix: 'Find out who wrote it. Notes of your own are best kept under another name, as `git notes --ref=mine`.',
    example: { commit: COMMIT, why: 'in line 2 it is no JSON' },
  },
  'unproved-paths': {
    title: 'More than the tickets account for',
    cause: 'The commit was squashed, picked or rebased, and changes paths that no ticket whose sealed ledger it brings has proved, curated or listed. `delivery.unticketed_commits` says whether that fails: in the policy here, in one that a verified ticket was proved under, or in the one committed where the range begins.',
    fix: 'Look at these paths: no evidence belongs to them.',
    example: { commit: COMMIT, tickets: [ID], paths: [README] },
  },
  'delivery-taken-back': {
    title: 'The delivery was taken back',
    cause: 'The commit that brought the sealed ledger of the ticket stands in the history of HEAD, and a later one removed the ledger again, as `git revert` does.',
    fix: 'Look at the later commit. What the evidence shows is true of the delivery; of the files as they are now it shows nothing.',
    example: { ticket: ID, commit: COMMIT, by: '81d2e7aa81d2e7aa81d2e7aa81d2e7aa81d2e7aa' },
  },
  'unticketed-commit': {
    title: 'A commit without a ticket',
    cause: 'The range holds a commit that brings no sealed ledger of a ticket with it, or a merge that changes by itself what merging does not. A message alone is no evidence: it can be copied onto any commit. `delivery.unticketed_commits` says whether that fails: in the policy here, in one that a verified ticket was proved under, or in the one committed where the range begins.',
    fix: 'Nothing, or look at the commit: no evidence belongs to it.',
    example: { commit: COMMIT, subject: 'Fix the build' },
  },
};
