import type { RepoPath } from '../../paths.js';
import type { reviewCodes } from '../reviews.js';
import { ID, DIGEST } from './examples.js';
import type { PagesOf } from './page.js';

export const reviewPages: PagesOf<typeof reviewCodes> = {
  'change-set-unnamed': {
    title: 'The document does not name the change',
    cause: 'A verdict counts for exactly the change that was read, and only the reader can say which that was.',
    fix: 'Add --change-set with the digest of the change that was read.',
    example: { record: 'review', digest: DIGEST, ticket: ID, role: 'reviewer' },
  },
  'change-set-differs': {
    title: 'The document names another change',
    cause: 'The work changed after it was read, or the digest is that of another change.',
    fix: 'Read the change as it is now, and name its digest.',
    example: { record: 'review', named: 'sha256:000000000000', digest: DIGEST, ticket: ID, role: 'reviewer' },
  },
  'too-early': {
    title: 'Too early for this document',
    cause: 'Before a writer is assigned there is no change that a document could be about.',
    fix: 'Advance the ticket, make the change, then record.',
    example: { ticket: ID, record: 'review', state: 'source_lock_validated' },
  },
  'too-late': {
    title: 'Too late for this document',
    cause: 'The records are sealed when the delivery begins.',
    fix: 'Let the delivery finish, or undo it with `cxw abort` while it is not on the remote.',
    example: { ticket: ID, record: 'review', state: 'committed' },
  },
  'self-review-missing': {
    title: 'No self review of this change',
    cause: 'The writer reads the own change against the ticket before anybody else does.',
    fix: 'Record the writer’s verdict for this change.',
    example: { ticket: ID, digest: DIGEST },
  },
  'self-review-failed': {
    title: 'The writer says that the change is not right',
    cause: 'The self review of this change ended with fail.',
    fix: 'Take the ticket back with `cxw rework`, mend the change, and review it again.',
    example: { ticket: ID, summary: 'the second heading still has the typo' },
  },
  'review-missing': {
    title: 'No independent review of this change',
    cause: 'A verdict by somebody who wrote none of it is part of every ticket.',
    fix: 'Give `cxw brief reviewer` to a person or to a fresh agent, and let them record the review.',
    example: { ticket: ID, digest: DIGEST, inspections: [] },
  },
  'expert-missing': {
    title: 'A demanded expert has not answered',
    cause: 'The ticket names the expert under `experts`, and an answer counts for exactly one change.',
    fix: 'Give the expert’s brief to a person or to a fresh agent, and record the answer.',
    example: { ticket: ID, profile: 'security', digest: DIGEST },
  },
  'review-outdated': {
    title: 'The review is from before a refresh',
    cause: 'A verdict is about a change and about what was asked of it. A refresh locked ticket, specs or policy with other words since, and the reviewer who let the change pass had not read them.',
    fix: 'Let a reviewer read the brief, which shows what changed, and record a review again. A refresh that changes nothing keeps the review, and a verdict of fail stays one.',
    example: { ticket: ID, reviewer: 'reviewer:kim', digest: DIGEST, inspections: [] },
  },
  'expert-outdated': {
    title: 'The answer of an expert is from before a refresh',
    cause: 'An answer is about a change and about what was asked of it. A refresh locked ticket, specs or policy with other words since, and the expert had not read them.',
    fix: 'Give the expert’s brief to a person or to a fresh agent, and record the answer again.',
    example: { ticket: ID, profile: 'security' },
  },
  'blocker-for-a-person': {
    title: 'Only a person may release this ticket',
    cause: 'A person stopped the ticket, or whoever decided about the blocker found that product, permission or risk are at stake.',
    fix: 'See to what it waits for, or answer the question, and release the ticket or give it up, from your own terminal, saying what you decided. What an agent stopped, an agent may release.',
    example: { ticket: ID, question: 'May the old records be deleted?', agent: 'codex' },
  },
  'objections-for-a-person': {
    title: 'Only a person may give up what a review failed',
    cause: 'The latest review failed, or findings are open. They belong to this ticket, so a ticket that was begun in its place would know nothing of them.',
    fix: 'Repair what was found, and have it reviewed again. Where the ticket is to end all the same, a person gives it up, from their own terminal.',
    example: { ticket: ID, objections: ['reviewer:kim says fail: AC-1 does not hold', 'F1 is open: says Helo'], agent: 'codex' },
  },
  'blocker-preapproved': {
    title: 'The decision approves what only a person may',
    cause: 'Product, scope, acceptance, secrets and what cannot be undone are decided by people.',
    fix: 'Write authorization: user_required, and the question that the person is asked.',
    example: { class: 'user_decision_required' },
  },
  'blocker-question-missing': {
    title: 'A person is to decide, and is asked nothing',
    cause: 'Whoever reads the decision later can only answer a question that was put.',
    fix: 'Add `question`, in a sentence that can be answered.',
    example: {},
  },
  'inspection-missing': {
    title: 'The review does not say that it inspected',
    cause: 'A proof by inspection is attested by the reviewer.',
    fix: 'Let the reviewer look, and record the review again with --inspected for each of them.',
    example: { ticket: ID, proofs: ['P1'], digest: DIGEST },
  },
  'review-failed': {
    title: 'The review failed',
    cause: 'The latest verdict on this change is fail.',
    fix: 'Begin a repair round with `cxw rework`, repair the findings, and have the new change reviewed.',
    example: { ticket: ID, reviewer: 'reviewer:kim', summary: 'AC-1 does not hold' },
  },
  'repair-due': {
    title: 'The repair has not begun',
    cause: 'The ticket went back to its writer after a verdict of fail, and the files are as they were then. Tests and reviews of the same change would end the same way.',
    fix: 'Change the files so that the findings are repaired, then go on with `cxw advance --until-blocked`. Where the work is right as it is, whoever said no records another verdict about the same change, with `--clears` for each finding; or a person waives it.',
    example: { ticket: ID, by: 'reviewer:kim', summary: 'AC-1 does not hold', findings: ['F1 greet.mjs: says Helo'] },
  },
  'findings-open': {
    title: 'Findings are open',
    cause: 'A finding closes only when a later review lists it as cleared.',
    fix: 'Repair it with `cxw rework`, or let the reviewer record that it is cleared.',
    example: { ticket: ID, findings: ['F1 (major)'], digest: DIGEST },
  },
  'finding-number-taken': {
    title: 'The number belongs to an open finding',
    cause: 'Earlier reviews found something that is open, and this one gives its number to something else, or makes a note of it. A finding ends only when a review lists it as cleared.',
    fix: 'Give the new finding another number, or leave the number out: it is then chosen. What is repaired, or not to be repaired, is listed with `--clears`; what is still wrong stays open by itself.',
    example: { ticket: ID, findings: [{ id: 'F1', actual: 'A name that holds a quote breaks the query.' }], free: 'F2', digest: DIGEST },
  },
  'repair-untested': {
    title: 'A repair without its test',
    cause: 'The reviewer asked for a repair that a test shows (`with_test`, or "(repair it with a test)" in a finding), and cleared it; but between the change that it was found in and this one, no file differs that the policy calls a test.',
    fix: 'Go back to the work and add the test. Where no test can show it, the reviewer says so by naming the same finding again without that demand, or a person waives it.',
    example: { ticket: ID, findings: ['F1'] },
  },
  'rounds-used-up': {
    title: 'The repair rounds are used up',
    cause: 'A loop that does not converge after three rounds will not by itself.',
    fix: 'Look at the findings. Grant one more round, change the ticket and refresh, or abandon it.',
    example: { ticket: ID, rounds: 3 },
  },
  'curation-missing': {
    title: 'Memory is not curated',
    cause: 'What the work taught is written down before it is delivered, or it is said that there was nothing.',
    fix: 'Update agent/*.md and record the curation naming the files; or record it with --memory none.',
    example: { ticket: ID },
  },
  'memory-elsewhere': {
    title: 'What the curation names is no memory',
    cause: 'Memory is the files agent/NAME.md, as far as the ticket does not have them in its scope: what stands there is delivered as its product, without being named. The word none says that there was nothing to remember, so no file can stand beside it.',
    fix: 'Record the curation with the memory files alone, or with none.',
    example: { ticket: ID, none: [], product: ['src/greet.ts' as RepoPath], elsewhere: [], memory: ['agent/STATE.md' as RepoPath] },
  },
  'memory-differs': {
    title: 'The curation and the memory files disagree',
    cause: 'The memory files that are delivered are exactly those that the curation names.',
    fix: 'Record the curation again with the files that changed, or undo the change of those that should not.',
    example: { ticket: ID, missing: ['agent/DECISIONS.md' as RepoPath], unchanged: [], memory: ['agent/DECISIONS.md' as RepoPath] },
  },
  'memory-dirty': {
    title: 'Memory files were already changed',
    cause: 'The memory that a ticket delivers is what this work taught, not what somebody else left uncommitted.',
    fix: 'Leave memory out with --memory none; or commit those files, and take the commit in with `cxw rework --refresh`: what is written there after that is what the work taught.',
    example: { ticket: ID, paths: ['agent/STATE.md' as RepoPath] },
  },
  'record-place-taken': {
    title: 'Other files stood where records are written',
    cause: 'The folder tickets/records/TICKET belongs to the closing records of that ticket. What stood there was none of them, or one that somebody had edited.',
    fix: 'Take what you need from the copies, and keep notes of your own elsewhere. Every answer tells of a copy until you remove it.',
    example: { ticket: ID, paths: [`tickets/records/${ID}/plan.md` as RepoPath], copies: [`tickets/records/${ID}/plan.md: .git/cxw/set-aside/copies/ab12`] },
  },
  'record-place-held': {
    title: 'What stands where a record is written cannot be copied',
    cause: 'The folder tickets/records/TICKET belongs to the closing records of that ticket. What stands there and is none of them is written over only when there is a copy of it; it cannot be read, is larger than limits.safety_copy_bytes of the policy, or the copy could not be written.',
    fix: 'Move it elsewhere, and run the same command again.',
    example: { ticket: ID, paths: [`tickets/records/${ID}/plan.md` as RepoPath] },
  },
  'spec-drift-claimed': {
    title: 'Spec drift is worse than was said',
    cause: 'Whether the specs of a ticket still tell the truth is worked out from documents, records and files. A curator may judge them more strictly, not more kindly.',
    fix: 'Look at the findings with `cxw spec drift`; leave `--spec-drift` out, or say what was found.',
    example: { ticket: ID, claimed: 'pass', computed: 'pass_with_risk', findings: ['REQ-001 of login was proved by another ticket; since then src/login.ts changed'] },
  },
  'spec-drift-failed': {
    title: 'The specs no longer tell the truth',
    cause: 'A failing verdict stops every ticket that is more than quick.',
    fix: 'Bring specs and work together. Edited specs are taken in by `cxw rework --refresh`.',
    example: { ticket: ID, findings: ['docs/specs/login/requirements.md:12: REQ-001 of login is accepted, and nothing proves it'] },
  },
  'draft-left': {
    title: 'A draft waits to be taken in',
    cause: "An agent's sandbox makes the git directory read-only, which is what keeps evidence out of its reach.",
    fix: 'Let a person, or a driver outside the sandbox, take the draft in with the command.',
    example: { ticket: ID, path: `tickets/records/${ID}/drafts/review.yaml` as RepoPath, command: `cxw record review ${ID} --as reviewer:kim --file tickets/records/${ID}/drafts/review.yaml` },
  },
};
