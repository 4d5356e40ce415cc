import { splitCommandLine, type CommandLineFault } from './commandLine.js';
import type { Digest } from './changeSet.js';
import type { FactOf, ProofRun } from './facts.js';
import { compileGlobs } from './globs.js';
import { isNoOp } from './noOp.js';
import { scriptOf } from './packageScript.js';
import { shellWord, type RepoPath } from './paths.js';
import { granted, refuse, refused, type Refusal, type Verdict } from './problem.js';
import type { TestCounts } from './testCounts.js';
import type { Proof, TicketId } from './ticket.js';

/** A proof as something that can be run. */
export interface ProofCommand {
  argv: readonly [string, ...string[]];
  /** For people: what would be typed. */
  display: string;
  /** What makes it this proof and no other; its digest goes into every run's fact. */
  definition: string;
}

/** Reads a proof's command, without a shell unless the ticket asks for one. An inspection has none. */
export function proofCommand(proof: Proof): Verdict<ProofCommand> {
  const words = wordsOf(proof);
  if (!words.ok) return words;
  const argv = words.value;
  const { expect, junit, must_fail_on_base: mustFailOnBase, timeout } = proof;
  const display = proof.shell ?? (typeof proof.run === 'string' ? proof.run : argv.map(shellWord).join(' '));
  return granted({ argv, display, definition: JSON.stringify({ argv, timeout, expect, junit, mustFailOnBase }) });
}

function wordsOf(proof: Proof): Verdict<[string, ...string[]]> {
  const forms = (['run', 'shell', 'inspect'] as const).filter((form) => proof[form] !== undefined);
  if (forms.length !== 1 || forms[0] === 'inspect') return refused([refuse('proof-form', { proof: proof.id, found: forms })]);
  if (proof.shell !== undefined) return granted(['/bin/sh', '-c', proof.shell]);
  if (typeof proof.run !== 'string') return granted(proof.run as [string, ...string[]]);
  const split = splitCommandLine(proof.run);
  return split.ok ? granted(split.words) : refused([lineRefusal(proof.id, split)]);
}

const FAULTS: Record<Exclude<CommandLineFault, 'shell-syntax' | 'assignment'>, string> = {
  'unclosed-quote': 'a quote is not closed',
  'dangling-backslash': 'nothing follows the backslash',
  'empty': 'there is no word',
};

function lineRefusal(proof: string, { fault, found, column }: { fault: CommandLineFault; found: string; column: number }): Refusal {
  return fault === 'shell-syntax' || fault === 'assignment'
    ? refuse('shell-syntax-in-run', { proof, found, column })
    : refuse('run-unreadable', { proof, fault: FAULTS[fault], column });
}

/** What is wrong with how a proof is written: for the reader of tickets. An inspection is fine here. */
export function proofFormRefusals(proof: Proof): Refusal[] {
  const isInspection = proof.inspect !== undefined && proof.run === undefined && proof.shell === undefined;
  const command = isInspection ? undefined : proofCommand(proof);
  return command === undefined || command.ok ? [] : command.refusals;
}

/** Inspections stand only where every path is documentation. */
export function inspectionRefusals(ticket: TicketId, proofs: readonly Proof[], paths: readonly RepoPath[], docs: readonly string[]): Refusal[] {
  const isDocs = compileGlobs(docs);
  const others = paths.filter((path) => !isDocs(path));
  if (others.length === 0) return [];
  return proofs.filter((proof) => proof.inspect !== undefined)
    .map((proof) => refuse('proof-inspection-not-allowed', { ticket, proof: proof.id, paths: others }));
}

/** One run of a proof, as it was seen. */
export interface SeenRun {
  proof: Proof;
  argv: readonly string[];
  /** The package.json at the root, whose script the command may run. */
  manifest?: string;
  result: { ending: 'exited' | 'signalled' | 'timed-out' | 'not-started'; exit?: number; signal?: string; why?: string };
  /** Seconds that it was allowed. */
  timeout: number;
  counts?: TestCounts;
  /** The change set around the run. */
  before: Digest;
  after: Digest;
  /** How many other paths differ after the run. Only their number: their names are private. */
  othersChanged: number;
  /** Where HEAD went meanwhile; absent when it stayed. */
  moved?: ProofRun['moved'];
}

export type RunVerdict = Pick<ProofRun, 'verdict' | 'why'>;

/** What one run shows. A failure says more than a disturbance, and both say more than an empty success. */
export function judgeRun(run: SeenRun): RunVerdict {
  const { result, counts } = run;
  if (result.ending === 'not-started') return { verdict: 'not-started', why: result.why ?? 'it could not be started' };
  if (result.ending === 'timed-out') return { verdict: 'timed-out', why: `it had not ended after ${run.timeout} s` };
  if (result.ending === 'signalled') return { verdict: 'failed', why: `it was ended by ${result.signal ?? 'a signal'}` };
  if (result.exit !== 0) return { verdict: 'failed', why: [`it ended with exit code ${result.exit}`, ...failureWords(counts)].join('; ') };
  if (counts !== undefined && counts.failed > 0) return { verdict: 'failed', why: [...failureWords(counts), 'although its exit code is 0'].join(', ') };
  if (run.moved !== undefined) return { verdict: 'unstable', why: `HEAD is ${run.moved.was.branch === run.moved.now.branch ? 'another commit' : 'on another branch'} than before the run` };
  if (run.before !== run.after) return { verdict: 'unstable', why: 'the change is another one than before the run' };
  if (run.othersChanged > 0) return { verdict: 'unstable', why: `${run.othersChanged} other ${run.othersChanged === 1 ? 'path differs' : 'paths differ'} from before the run` };
  const emptiness = whyVacuous(run);
  return emptiness === undefined ? { verdict: 'passed' } : { verdict: 'vacuous', why: emptiness };
}

const failureWords = (counts: TestCounts | undefined): string[] =>
  (counts !== undefined && counts.failed > 0 ? [`${counts.reader} counts ${counts.failed} failed`] : []);

function whyVacuous({ proof, argv, manifest, counts }: SeenRun): string | undefined {
  if (isNoOp(argv)) return 'the command ends well whatever the work is like';
  const script = scriptOf(argv, manifest);
  if (script === '') return 'package.json has no such script, and that is let pass';
  if (script !== undefined && isNoOp(['sh', '-c', script])) return `its script in package.json (${script}) ends well whatever the work is like`;
  if (counts === undefined) {
    if (proof.junit !== undefined) return 'it wrote no JUnit file that can be read';
    return proof.expect === undefined ? undefined : `the ticket demands ${proof.expect.tests_min} passed tests, and its output has no count that can be read`;
  }
  if (counts.passed === 0) return `${counts.reader} counts no test that passed${counts.skipped > 0 ? ` (${counts.skipped} skipped)` : ''}`;
  const least = proof.expect?.tests_min ?? 1;
  return counts.passed < least ? `${counts.reader} counts ${counts.passed} passed, and the ticket demands ${least}` : undefined;
}

/** How a proof stands on one change: a line of the evidence of state 7. */
export interface ProofStanding {
  /** Number of the run that counts. */
  run: number;
  how: 'passed' | 'unmeasured' | 'flaky';
  failures: number;
  runs: number;
}

export interface ProofQuestion {
  ticket: TicketId;
  proof: Proof;
  command: ProofCommand;
  changeSet: Digest;
  /** Digest of the command's definition. */
  definition: Digest;
  /** Number of the fact after which a run counts: the writer began anew there. */
  since: number;
  /** Number of the fact after which failures count: the ticket was locked there. To begin anew forgets none on the same change. */
  locked: number;
  retries: number;
}

/** Verdicts that a later pass on the same change does not wipe out. */
const FAILURES: ReadonlySet<ProofRun['verdict']> = new Set(['failed', 'vacuous', 'timed-out', 'unstable']);

/** Reads the runs of a proof on one change: the last one decides, and the failures before it are not forgotten. */
export function summarizeProof(question: ProofQuestion, runs: readonly FactOf<'proof-ran'>[]): Verdict<ProofStanding> {
  const { ticket, proof, command, retries } = question;
  const own = runs.filter((run) => run.proof === proof.id && run.changeSet === question.changeSet && run.definition === question.definition && run.seq > question.locked);
  const last = own.findLast(({ seq }) => seq > question.since);
  if (last === undefined) return refused([refuse('proof-missing', { ticket, proof: proof.id, command: command.display })]);
  if (last.verdict !== 'passed') return refused([runRefusal(question, last)]);
  const failures = own.filter((run) => FAILURES.has(run.verdict)).length;
  if (failures > retries) return refused([refuse('proof-flaky', { ticket, proof: proof.id, failures, retries })]);
  const how = failures > 0 ? 'flaky' : last.tests === undefined ? 'unmeasured' : 'passed';
  return granted({ run: last.seq, how, failures, runs: own.length });
}

/** Why a run does not count. */
function runRefusal({ ticket, command }: ProofQuestion, run: FactOf<'proof-ran'>): Refusal {
  const named = { ticket, proof: run.proof };
  const told = { ...named, command: command.display, why: run.why ?? 'no reason was recorded' };
  switch (run.verdict) {
    case 'vacuous': return refuse('proof-vacuous', told);
    case 'timed-out': return refuse('proof-timed-out', told);
    case 'unstable': return run.moved === undefined ? refuse('proof-unstable', told) : refuse('proof-moved-head', { ...named, ...run.moved });
    case 'not-started': return refuse('proof-not-started', told);
    case 'interrupted': return refuse('proof-interrupted', { ...named, command: command.display });
    case 'not-exportable': return refuse('proof-not-exportable', { ...named, why: told.why });
    case 'passed-on-base': return refuse('proof-passes-on-base', named);
    case 'passed':
    case 'failed': return refuse('proof-failed', told);
  }
}
