import { shellPath, showPath, type RepoPath } from '../paths.js';
import { count, entry, listed } from './entry.js';

const ID = 'TKT-2026-11-21-fix-typo';
const TEST = 'tests/login.test.ts' as RepoPath;
const again = (ticket: string): string => `cxw advance ${ticket}`;
const mend = (ticket: string): string => `cxw rework ${ticket}`;
const waive = (ticket: string, proof: string): string => `cxw waive proof:${proof} ${ticket} --reason TEXT`;

/** Why a proof does not show what it should. */
export const proofCodes = {
  'proof-missing': entry<{ ticket: string; proof: string; command: string }>({
    title: 'A proof has not run on this change',
    says: ({ proof, command }) => `${proof} (${command}) has not run on this change yet.`,
    commands: ({ ticket }) => [again(ticket)],
    cause: 'A proof counts for exactly the change on which cxw ran it, with exactly this command.',
    fix: 'Advance: cxw runs it.',
    example: { ticket: ID, proof: 'P1', command: 'npm test' },
  }),
  'proof-failed': entry<{ ticket: string; proof: string; command: string; why: string }>({
    title: 'A proof failed',
    says: ({ proof, command, why }) => `${proof} (${command}) failed: ${why}.`,
    commands: ({ ticket }) => [mend(ticket), again(ticket)],
    cause: 'cxw ran the command, and it ended with an error or counted failed tests.',
    fix: 'Take the ticket back with `cxw rework` and mend the work. If the failure was an accident, `cxw advance` runs the proof again; that it failed stays on record.',
    example: { ticket: ID, proof: 'P1', command: 'npm test', why: 'it ended with exit code 1; vitest counts 1 failed' },
  }),
  'proof-vacuous': entry<{ ticket: string; proof: string; command: string; why: string }>({
    title: 'A proof ran nothing',
    says: ({ proof, command, why }) => `${proof} (${command}) ended well but shows nothing: ${why}.`,
    commands: ({ ticket, proof }) => [mend(ticket), waive(ticket, proof)],
    cause: 'A run without a passed test, with fewer than the ticket demands, or of a command that cannot fail, is no evidence.',
    fix: 'Make the command run the tests that cover the criterion. When the command itself is wrong, correct the ticket and let somebody run `cxw rework --refresh`.',
    example: { ticket: ID, proof: 'P1', command: 'npm test', why: 'vitest counts no test that passed' },
  }),
  'proof-timed-out': entry<{ ticket: string; proof: string; command: string; why: string }>({
    title: 'A proof took too long',
    says: ({ proof, command, why }) => `${proof} (${command}) was ended: ${why}.`,
    commands: ({ ticket }) => [again(ticket), mend(ticket)],
    cause: 'A command that does not end proves nothing. Everything that it had started was ended with it.',
    fix: 'Find out why it hangs; or allow more time with `timeout` in the ticket or `proofs.timeout` in .cxw/policy.yaml, and refresh.',
    example: { ticket: ID, proof: 'P1', command: 'npm test', why: 'it had not ended after 900 s' },
  }),
  'proof-unstable': entry<{ ticket: string; proof: string; command: string; why: string }>({
    title: 'Files changed while a proof ran',
    says: ({ proof, command, why }) => `${proof} (${command}) proves nothing: ${why}.`,
    commands: ({ ticket }) => ['git status --short', again(ticket)],
    cause: 'What was proved must be what is delivered, so nothing may differ after the run from before it.',
    fix: 'Let the command write only into ignored places, stop what edits meanwhile, and advance again.',
    example: { ticket: ID, proof: 'P1', command: 'npm test', why: 'the change is another one than before the run' },
  }),
  'proof-not-started': entry<{ ticket: string; proof: string; command: string; why: string }>({
    title: 'A proof could not start',
    says: ({ proof, command, why }) => `${proof} (${command}) could not start: ${why}.`,
    commands: ({ ticket }) => [again(ticket)],
    cause: 'The program is not installed, not on PATH, or may not be executed.',
    fix: 'Install it, as with the package manager of the project, and advance again.',
    example: { ticket: ID, proof: 'P1', command: 'vitest run', why: 'there is no program vitest on PATH' },
  }),
  'proof-interrupted': entry<{ ticket: string; proof: string; command: string }>({
    title: 'A proof was interrupted',
    says: ({ proof, command }) => `${proof} (${command}) was interrupted before it ended.`,
    commands: ({ ticket }) => [again(ticket)],
    cause: 'Somebody asked for the end while it ran. It counts neither for nor against the change.',
    fix: 'Advance again: cxw runs it anew.',
    example: { ticket: ID, proof: 'P1', command: 'npm test' },
  }),
  'proof-flaky': entry<{ ticket: string; proof: string; failures: number; retries: number }>({
    title: 'A proof failed too often before it passed',
    says: ({ proof, failures, retries }) => `${proof} passed, but failed ${count(failures, 'time')} on the same change before; the policy allows ${retries}.`,
    commands: ({ ticket, proof }) => [mend(ticket), waive(ticket, proof)],
    cause: 'A command that is run until it passes proves little. Every run is a fact, so the failures are not forgotten.',
    fix: 'Mend what makes it fail now and then: `cxw rework` begins a new count. A person may waive it.',
    example: { ticket: ID, proof: 'P1', failures: 3, retries: 2 },
  }),
  'proof-not-exportable': entry<{ ticket: string; proof: string; why: string }>({
    title: 'A proof does not run on an export',
    says: ({ proof, why }) => `${proof} must fail on the base, which could not be tried outside the repository: ${why}.`,
    commands: ({ ticket, proof }) => [again(ticket), waive(ticket, proof)],
    cause: '`must_fail_on_base` compares two exports of the repository, made ready by `proofs.prepare` of the policy; there the command could not run as it should.',
    fix: 'Name in `proofs.prepare` what makes a fresh copy ready, as [npm, ci], and refresh; or take `must_fail_on_base` out of the ticket.',
    example: { ticket: ID, proof: 'P1', why: 'it fails on the export of base and change too' },
  }),
  'proof-passes-on-base': entry<{ ticket: string; proof: string }>({
    title: 'A proof passes without the change',
    says: ({ proof }) => `${proof} passes with the tests of the change on the old code, so it does not show that the change did anything.`,
    commands: ({ ticket, proof }) => [mend(ticket), waive(ticket, proof)],
    cause: 'The ticket says `must_fail_on_base`: with only the test paths of the change applied to the base, a test that can be read must fail.',
    fix: 'Write a test that fails without the change.',
    example: { ticket: ID, proof: 'P1' },
  }),
  'proof-inspection-not-allowed': entry<{ ticket: string; proof: string; paths: RepoPath[] }>({
    title: 'An inspection cannot prove this',
    says: ({ proof, paths }) => `${proof} is an inspection, and the change is not documentation alone: ${listed(paths.map(showPath))}.`,
    commands: ({ ticket }) => [`cxw ticket show ${ticket}`],
    cause: 'A reviewer’s eyes count as proof only where every path matches the docs patterns of the policy.',
    fix: 'Give the proof a command with `run:`, or keep the change to documentation.',
    example: { ticket: ID, proof: 'P1', paths: ['src/app.ts' as RepoPath] },
  }),
  'proof-form': entry<{ proof: string; found: string[] }>({
    title: 'A proof needs exactly one form',
    says: ({ proof, found }) => (found.length === 0
      ? `${proof} says neither run, shell nor inspect.`
      : `${proof} says ${found.join(' and ')}; a proof is only one of them.`),
    commands: () => ['cxw schema ticket'],
    cause: 'A proof is a command (`run`), a line for a shell (`shell`), or something that a reviewer looks at (`inspect`).',
    fix: 'Keep one of the three, and make another proof of what else there is.',
    example: { proof: 'P1', found: ['run', 'inspect'] },
  }),
  'shell-syntax-in-run': entry<{ proof: string; found: string; column: number }>({
    title: 'Only a shell understands this',
    says: ({ proof, found, column }) => `The run line of ${proof} has ${JSON.stringify(found)} in column ${column}, which only a shell understands.`,
    commands: () => ['cxw schema ticket'],
    cause: '`run` is split into words without a shell, so that nothing in a ticket is ever expanded or executed by one.',
    fix: 'Quote it if it is meant literally; write the words as a list (a variable as [env, NAME=value, npm, test]); or say `shell:` in place of `run:` if a shell is what you want.',
    example: { proof: 'P1', found: '&', column: 9 },
  }),
  'run-unreadable': entry<{ proof: string; fault: string; column: number }>({
    title: 'The run line cannot be split into words',
    says: ({ proof, fault, column }) => `The run line of ${proof} cannot be split into words: ${fault} in column ${column}.`,
    commands: () => ['cxw schema ticket'],
    cause: 'Quotes must be closed, and a backslash needs a character to stand before.',
    fix: 'Close the quote, or write the words as a list: run: [npm, test].',
    example: { proof: 'P1', fault: 'a quote is not closed', column: 5 },
  }),
  'test-narrowed': entry<{ ticket: string; path: RepoPath; line: number; found: string }>({
    title: 'The change runs fewer tests',
    says: ({ path, line, found }) => `${showPath(path)}:${line} adds ${found}: every other test beside it is silently left out.`,
    commands: ({ ticket, path }) => [`git diff -- ${shellPath(path)}`, again(ticket)],
    cause: 'Such a mark is made for an editor’s afternoon. In a delivered change it makes tests pass by not running them.',
    fix: 'Take the mark out, then advance.',
    example: { ticket: ID, path: TEST, line: 12, found: 'test.only' },
  }),
  'test-emptied': entry<{ ticket: string; path: RepoPath; proofs: string[] }>({
    title: 'A test that a proof names is gone',
    says: ({ path, proofs }) => `${showPath(path)} has no test left, and ${listed(proofs)} ${proofs.length === 1 ? 'names' : 'name'} it.`,
    commands: ({ ticket, path }) => [`git diff -- ${shellPath(path)}`, again(ticket)],
    cause: 'The proof runs this very file. Emptied, deleted or renamed by the change that it should prove, it proves nothing.',
    fix: 'Keep its tests. If the file really must go, correct the proof in the ticket and refresh.',
    example: { ticket: ID, path: TEST, proofs: ['P1'] },
  }),
};
