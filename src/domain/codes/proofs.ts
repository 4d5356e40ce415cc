import { showPath, type RepoPath } from '../paths.js';
import type { HeadPlace } from '../repository.js';
import { sh } from '../shellLine.js';
import { count, entry, listed, onTicket, paths, pathWords, refresh, seeChanged, short, stagedAgain, withoutCopy, type Uncopied } from './entry.js';

const again = (ticket: string): string => sh`cxw advance ${ticket}`;
const mend = (ticket: string): string => sh`cxw rework ${ticket}`;
const inPlace = ({ branch, head }: HeadPlace): string => `${branch === undefined ? 'no branch' : short(branch)} at ${head === undefined ? 'no commit' : head.slice(0, 12)}`;
const waive = (ticket: string, proof: string): string => sh`cxw waive proof:${proof} ${ticket} --reason TEXT`;

/** Why a proof does not show what it should. */
export const proofCodes = () => ({
  'proof-missing': entry<{ ticket: string; proof: string; command: string }>({
    says: ({ proof, command }) => `${proof} (${command}) has not run on this change yet.`,
    commands: ({ ticket }) => [again(ticket)],
  }),
  'proof-failed': entry<{ ticket: string; proof: string; command: string; why: string }>({
    says: ({ proof, command, why }) => `${proof} (${command}) failed: ${why}.`,
    commands: ({ ticket }) => [mend(ticket), again(ticket)],
  }),
  'proof-vacuous': entry<{ ticket: string; proof: string; command: string; why: string }>({
    says: ({ proof, command, why }) => `${proof} (${command}) ended well but shows nothing: ${why}.`,
    commands: ({ ticket, proof }) => [mend(ticket), waive(ticket, proof)],
  }),
  'proof-timed-out': entry<{ ticket: string; proof: string; command: string; why: string }>({
    says: ({ proof, command, why }) => `${proof} (${command}) was ended: ${why}.`,
    commands: ({ ticket }) => [again(ticket), mend(ticket)],
  }),
  'proof-unstable': entry<{ ticket: string; proof: string; command: string; why: string }>({
    says: ({ proof, command, why }) => `${proof} (${command}) proves nothing: ${why}.`,
    commands: ({ ticket }) => ['git status --short', again(ticket)],
  }),
  'proof-moved-head': entry<{ ticket: string; proof: string; was: HeadPlace; now: HeadPlace }>({
    says: ({ proof, was, now }) => `${proof} took HEAD from ${inPlace(was)} to ${inPlace(now)}; a proof that commits or switches proves nothing.`,
    commands: ({ ticket, was, now }) => [was.branch === now.branch ? sh`git reset --soft ${was.head!.slice(0, 12)}` : sh`git switch ${short(was.branch!)}`, refresh(ticket)],
  }),
  'proof-touched-work': entry<{ proof: string; paths: RepoPath[]; copies: string[]; cutShort?: boolean } & Uncopied>({
    says: ({ proof, paths: some, copies, cutShort, uncopied }) => `${cutShort === true ? `Since ${proof} was cut short` : `While ${proof} ran`}, ${paths(some)} changed, which ${some.length === 1 ? 'was' : 'were'} not committed${withoutCopy({ uncopied })}${copies.length === 0 ? '.' : `; copies of what was there before: ${listed(copies)}.`}`,
    commands: seeChanged,
  }),
  'staging-changed': entry<{ program: string; entries: { path: RepoPath; mode: string; id: string }[] }>({
    says: ({ program, entries }) => `While ${program} ran, what was staged of ${paths(entries.map(({ path }) => path))} became something else. git still has it: ${listed(entries.map(stagedAgain))}.`,
    commands: ({ entries }) => entries.map(stagedAgain),
  }),
  'proof-not-started': entry<{ ticket: string; proof: string; command: string; why: string }>({
    says: ({ proof, command, why }) => `${proof} (${command}) could not start: ${why}.`,
    commands: ({ ticket }) => [again(ticket)],
  }),
  'proof-interrupted': entry<{ ticket: string; proof: string; command: string }>({
    says: ({ proof, command }) => `${proof} (${command}) was interrupted before it ended.`,
    commands: ({ ticket }) => [again(ticket)],
  }),
  'proof-flaky': entry<{ ticket: string; proof: string; failures: number; retries: number }>({
    says: ({ proof, failures, retries }) => `${proof} passed, but failed ${count(failures, 'time')} on the same change before; the policy allows ${retries}.`,
    commands: ({ ticket, proof }) => [mend(ticket), waive(ticket, proof)],
  }),
  'proof-not-exportable': entry<{ ticket: string; proof: string; why: string }>({
    says: ({ proof, why }) => `${proof} must fail on the base, which could not be tried outside the repository: ${why}.`,
    commands: ({ ticket, proof }) => [again(ticket), waive(ticket, proof)],
  }),
  'proof-passes-on-base': entry<{ ticket: string; proof: string }>({
    says: ({ proof }) => `${proof} passes with the tests of the change on the old code, so it does not show that the change did anything.`,
    commands: ({ ticket, proof }) => [mend(ticket), waive(ticket, proof)],
  }),
  'proof-inspection-not-allowed': entry<{ ticket: string; proof: string; paths: RepoPath[] }>({
    says: ({ proof, paths }) => `${proof} is an inspection, and the change is not documentation alone: ${listed(paths.map(showPath))}.`,
    commands: onTicket('ticket show'),
  }),
  'proof-form': entry<{ proof: string; found: string[] }>({
    says: ({ proof, found }) => (found.length === 0
      ? `${proof} says neither run, shell nor inspect.`
      : `${proof} says ${found.join(' and ')}; a proof is only one of them.`),
    commands: () => ['cxw schema ticket'],
  }),
  'shell-syntax-in-run': entry<{ proof: string; found: string; column: number }>({
    says: ({ proof, found, column }) => `The run line of ${proof} has ${JSON.stringify(found)} in column ${column}, which only a shell understands.`,
    commands: () => ['cxw schema ticket'],
  }),
  'run-unreadable': entry<{ proof: string; fault: string; column: number }>({
    says: ({ proof, fault, column }) => `The run line of ${proof} cannot be split into words: ${fault} in column ${column}.`,
    commands: () => ['cxw schema ticket'],
  }),
  'test-narrowed': entry<{ ticket: string; path: RepoPath; line: number; found: string }>({
    says: ({ path, line, found }) => `${showPath(path)}:${line} adds ${found}: every other test beside it is silently left out.`,
    commands: ({ ticket, path }) => [sh`git diff -- ${pathWords([path])}`, again(ticket)],
  }),
  'test-emptied': entry<{ ticket: string; path: RepoPath; proofs: string[] }>({
    says: ({ path, proofs }) => `${showPath(path)} has no test left, and ${listed(proofs)} ${proofs.length === 1 ? 'names' : 'name'} it.`,
    commands: ({ ticket, path }) => [sh`git diff -- ${pathWords([path])}`, again(ticket)],
  }),
});
