import type { RepoPath } from '../../paths.js';
import type { proofCodes } from '../proofs.js';
import { COMMIT, ID, MAIN, NOTES, OTHER } from './examples.js';
import type { PagesOf } from './page.js';

const TEST = 'tests/login.test.ts' as RepoPath;

export const proofPages: PagesOf<typeof proofCodes> = {
  'proof-missing': {
    title: 'A proof has not run on this change',
    cause: 'A proof counts for exactly the change on which cxw ran it, with exactly this command.',
    fix: 'Advance: cxw runs it.',
    example: { ticket: ID, proof: 'P1', command: 'npm test' },
  },
  'proof-failed': {
    title: 'A proof failed',
    cause: 'cxw ran the command, and it ended with an error or counted failed tests.',
    fix: 'Take the ticket back with `cxw rework` and mend the work. If the failure was an accident, `cxw advance` runs the proof again; that it failed stays on record.',
    example: { ticket: ID, proof: 'P1', command: 'npm test', why: 'it ended with exit code 1; vitest counts 1 failed' },
  },
  'proof-vacuous': {
    title: 'A proof ran nothing',
    cause: 'A run without a passed test, with fewer than the ticket demands, or of a command that cannot fail, is no evidence.',
    fix: 'Make the command run the tests that cover the criterion. When the command itself is wrong, correct the ticket and let somebody run `cxw rework --refresh`.',
    example: { ticket: ID, proof: 'P1', command: 'npm test', why: 'vitest counts no test that passed' },
  },
  'proof-timed-out': {
    title: 'A proof took too long',
    cause: 'A command that does not end proves nothing. Everything that it had started was ended with it.',
    fix: 'Find out why it hangs; or allow more time with `timeout` in the ticket or `proofs.timeout` in .cxw/policy.yaml, and refresh.',
    example: { ticket: ID, proof: 'P1', command: 'npm test', why: 'it had not ended after 900 s' },
  },
  'proof-unstable': {
    title: 'Files changed while a proof ran',
    cause: 'What was proved must be what is delivered, so nothing may differ after the run from before it.',
    fix: 'Let the command write only into ignored places, stop what edits meanwhile, and advance again.',
    example: { ticket: ID, proof: 'P1', command: 'npm test', why: 'the change is another one than before the run' },
  },
  'proof-moved-head': {
    title: 'A proof committed, or switched the branch',
    cause: 'What HEAD names is what the evidence stands on, so a command that moves it proves nothing about the change; and what it committed would be published with the next push.',
    fix: 'Undo it with the first command: it keeps files and index, and git keeps the commit that is named here. Then mend the proof, in the ticket or in the script that it runs, and refresh.',
    example: { ticket: ID, proof: 'P1', was: { branch: MAIN, head: COMMIT }, now: { branch: MAIN, head: OTHER } },
  },
  'proof-touched-work': {
    title: 'A proof changed uncommitted work',
    cause: 'The command of the proof, or somebody at the same time, wrote over files that no commit holds.',
    fix: 'Look at the files. What is uncommitted is copied before a proof runs, and the copies that are named here stay until somebody removes them; but nothing within a submodule or another repository is copied, nor a file above the limit of the policy, and then that is said here.',
    example: { proof: 'P1', paths: [NOTES], copies: ['notes.txt: .git/cxw/set-aside/copies/3f9c'] },
  },
  'staging-changed': {
    title: 'What was staged became something else',
    cause: 'A program ran `git add`, or wrote the index in another way, while something was staged of a file that no commit holds.',
    fix: 'If it was not you who staged it anew, stage again what was there before; git keeps it for two weeks at least.',
    example: { program: 'P1', entries: [{ path: NOTES, mode: '100644', id: 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391' }] },
  },
  'proof-not-started': {
    title: 'A proof could not start',
    cause: 'The program is not installed, not on PATH, or may not be executed.',
    fix: 'Install it, as with the package manager of the project, and advance again.',
    example: { ticket: ID, proof: 'P1', command: 'vitest run', why: 'there is no program vitest on PATH' },
  },
  'proof-interrupted': {
    title: 'A proof was interrupted',
    cause: 'Somebody asked for the end while it ran. It counts neither for nor against the change.',
    fix: 'Advance again: cxw runs it anew.',
    example: { ticket: ID, proof: 'P1', command: 'npm test' },
  },
  'proof-flaky': {
    title: 'A proof failed too often before it passed',
    cause: 'A command that is run until it passes proves little. Every run is a fact, so the failures are not forgotten.',
    fix: 'Mend what makes it fail now and then: another change begins a new count, and `cxw rework` goes back to make one. Where the fault was not in the work, a person may waive it, or refresh the ticket.',
    example: { ticket: ID, proof: 'P1', failures: 3, retries: 2 },
  },
  'proof-not-exportable': {
    title: 'A proof does not run on an export',
    cause: '`must_fail_on_base` compares two exports of the repository, made ready by `proofs.prepare` of the policy; there the command could not run as it should.',
    fix: 'Name in `proofs.prepare` what makes a fresh copy ready, as [npm, ci], and refresh; or take `must_fail_on_base` out of the ticket.',
    example: { ticket: ID, proof: 'P1', why: 'it fails on the export of base and change too' },
  },
  'proof-passes-on-base': {
    title: 'A proof passes without the change',
    cause: 'The ticket says `must_fail_on_base`: with only the test paths of the change applied to the base, a test that can be read must fail.',
    fix: 'Write a test that fails without the change.',
    example: { ticket: ID, proof: 'P1' },
  },
  'proof-inspection-not-allowed': {
    title: 'An inspection cannot prove this',
    cause: 'A reviewer’s eyes count as proof only where every path matches the docs patterns of the policy.',
    fix: 'Give the proof a command with `run:`, or keep the change to documentation.',
    example: { ticket: ID, proof: 'P1', paths: ['src/app.ts' as RepoPath] },
  },
  'proof-form': {
    title: 'A proof needs exactly one form',
    cause: 'A proof is a command (`run`), a line for a shell (`shell`), or something that a reviewer looks at (`inspect`).',
    fix: 'Keep one of the three, and make another proof of what else there is.',
    example: { proof: 'P1', found: ['run', 'inspect'] },
  },
  'shell-syntax-in-run': {
    title: 'Only a shell understands this',
    cause: '`run` is split into words without a shell, so that nothing in a ticket is ever expanded or executed by one.',
    fix: 'Quote it if it is meant literally; write the words as a list (a variable as [env, NAME=value, npm, test]); or say `shell:` in place of `run:` if a shell is what you want.',
    example: { proof: 'P1', found: '&', column: 9 },
  },
  'run-unreadable': {
    title: 'The run line cannot be split into words',
    cause: 'Quotes must be closed, and a backslash needs a character to stand before.',
    fix: 'Close the quote, or write the words as a list: run: [npm, test].',
    example: { proof: 'P1', fault: 'a quote is not closed', column: 5 },
  },
  'test-narrowed': {
    title: 'The change runs fewer tests',
    cause: 'Such a mark is made for an editor’s afternoon. In a delivered change it makes tests pass by not running them.',
    fix: 'Take the mark out, then advance.',
    example: { ticket: ID, path: TEST, line: 12, found: 'test.only' },
  },
  'test-emptied': {
    title: 'A test that a proof names is gone',
    cause: 'The proof runs this very file. Emptied, deleted or renamed by the change that it should prove, it proves nothing.',
    fix: 'Keep its tests. If the file really must go, correct the proof in the ticket and refresh.',
    example: { ticket: ID, path: TEST, proofs: ['P1'] },
  },
};
