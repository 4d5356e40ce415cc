import type { ChangedPath, ChangeSet } from '../../domain/changeSet.js';
import type { Evidence, ProofRun } from '../../domain/facts.js';
import { compileGlobs } from '../../domain/globs.js';
import type { RepoPath } from '../../domain/paths.js';
import { granted, refused, remark, type Refusal, type Verdict } from '../../domain/problem.js';
import { inspectionRefusals, judgeRun, proofCommand, type ProofCommand, type RunVerdict } from '../../domain/proofs.js';
import { isSamePlace, type HeadPlace } from '../../domain/repository.js';
import { isWaived } from '../../domain/run.js';
import { readTestCounts, readTestReport, type TestCounts } from '../../domain/testCounts.js';
import type { Proof } from '../../domain/ticket.js';
import type { ProgramResult } from '../../world/programs.js';
import { rehearseOnExports } from './exportedProof.js';
import { standingOfProof } from './proofStanding.js';
import { groundRefusals, lookAgain, measure, movedHead, sight, strayRefusals, type Sighting } from './sighting.js';
import { locked, rememberSeen, type Standing, type Step } from './standing.js';
import { NOTHING_APART, tellLoss, watching } from './watching.js';

type ProofLine = Evidence<'focused_tests_passed'>['proofs'][number];

/** State 7: cxw runs every proof itself, on exactly this change, and what they show is remembered, failures too. */
export const passProofs: Step = async (standing) => {
  const sighting = await measure(standing);
  const { change } = sighting;
  const { ticket, policy } = locked(standing);
  const ground = [
    ...await groundRefusals(standing, sighting),
    ...inspectionRefusals(standing.ticket, ticket.proof, change.entries.map((entry) => entry.path), policy.docs),
  ];
  if (ground.length > 0) return refused(ground);

  const lines: ProofLine[] = [];
  const refusals: Refusal[] = [];
  for (const proof of ticket.proof) {
    const line = await lineOf(standing, proof, sighting);
    if (line.ok) {
      lines.push(line.value);
      continue;
    }
    refusals.push(...line.refusals);
    // Where it took HEAD elsewhere, the others would run on something else.
    const moved = await movedHead(standing, (await sight(standing)).survey);
    if (moved.length > 0) return refused([...moved, ...refusals.filter(({ code }) => code !== 'proof-moved-head')]);
  }
  if (refusals.length > 0) return refused(refusals);
  return granted([{ kind: 'entered', state: 'focused_tests_passed', by: standing.actor, origin: standing.origin, evidence: { changeSet: change.digest, proofs: lines } }]);
};

/** How one proof stands; run first if it has not passed on this change. */
async function lineOf(standing: Standing, proof: Proof, sighting: Sighting): Promise<Verdict<ProofLine>> {
  if (isWaived(standing.run, `proof:${proof.id}`)) return granted({ proof: proof.id, how: 'waived', failures: 0, runs: 0 });
  if (proof.inspect !== undefined) return granted({ proof: proof.id, how: 'inspection', failures: 0, runs: 0 });
  const command = proofCommand(proof);
  if (!command.ok) return command;
  const known = standingOfProof(standing, proof, command.value, sighting.change.digest);
  if (known.ok || standing.wishes.dryRun) return known.ok ? granted({ proof: proof.id, ...known.value }) : known;
  await runOnce(standing, proof, command.value, sighting);
  const shown = standingOfProof(standing, proof, command.value, sighting.change.digest);
  return shown.ok ? granted({ proof: proof.id, ...shown.value }) : shown;
}

/** Runs the proof in the worktree and remembers what it showed. */
async function runOnce(standing: Standing, proof: Proof, command: ProofCommand, sighting: Sighting): Promise<void> {
  const { world } = standing;
  const { policy } = locked(standing);
  const timeout = proof.timeout ?? policy.proofs.timeout;
  world.tell(`Running ${proof.id}: ${command.display}`);
  const began = world.clock.now().getTime();
  const marks = await marksOf(standing, sighting.change.entries.map(({ path }) => path));
  const { result, harm } = await watching(standing, { kind: 'proof', name: proof.id }, NOTHING_APART, () =>
    world.programs.run({ argv: command.argv, cwd: world.places.root, timeout, logBytes: policy.proofs.log_bytes, pass: policy.proofs.env }));
  tellLoss(standing, harm);
  const counts = await countsOf(standing, proof, result, began);
  const after = await sight(standing);
  const othersChanged = (await strayRefusals(standing, after)).flatMap((refusal) => refusal.facts['paths'] as unknown[]).length;
  const manifest = await world.files.read('package.json' as RepoPath);
  const moved = movedBetween(sighting.survey, after.survey);
  const seen = judgeRun({ proof, argv: command.argv, manifest: manifest?.toString('utf8'), result, timeout, counts, before: sighting.change.digest, after: after.change.digest, othersChanged, moved });
  const verdict = seen.verdict === 'passed' && proof.must_fail_on_base === true ? await onExports(standing, proof, command, sighting.change) : seen;
  const wrote = verdict.verdict === 'passed' ? await rewritten(standing, marks) : [];
  await rememberRun(standing, proof, command, { result, counts, verdict, sighting, wrote, moved });
  // What ran on exports may have taken long.
  if (proof.must_fail_on_base === true) lookAgain(standing);
}

/** Where a run took HEAD; nothing when it stayed. */
const movedBetween = ({ branch, head }: HeadPlace, now: HeadPlace): ProofRun['moved'] =>
  (isSamePlace({ branch, head }, now) ? undefined : { was: { branch, head }, now: { branch: now.branch, head: now.head } });

type Mark = { path: RepoPath; mark: string | undefined };

const marksOf = ({ world }: Standing, paths: readonly RepoPath[]): Promise<Mark[]> =>
  Promise.all(paths.map(async (path) => ({ path, mark: await world.files.mark(path) })));

/** A run may put other files in place, pass, and put the first ones back. Their content does not show it; their marks do. */
async function rewritten(standing: Standing, before: readonly Mark[]): Promise<RepoPath[]> {
  const now = await marksOf(standing, before.map(({ path }) => path));
  return now.filter(({ mark }, at) => mark !== before[at]!.mark).map(({ path }) => path);
}

/** `must_fail_on_base`: the tests of the change fail without the rest of it, shown on two exports outside the repository. */
async function onExports(standing: Standing, proof: Proof, command: ProofCommand, change: ChangeSet): Promise<RunVerdict> {
  const isTest = compileGlobs(locked(standing).policy.proofs.tests);
  const tests: ChangedPath[] = change.entries.filter((entry) => isTest(entry.path));
  return rehearseOnExports(standing, proof, command, { whole: change.entries, tests, base: change.base });
}

/** A report that an earlier run left behind says nothing about this one. File times may be a little behind the clock. */
const CLOCK_SLACK_MS = 50;

async function countsOf({ world }: Standing, proof: Proof, result: ProgramResult, began: number): Promise<TestCounts | undefined> {
  if (proof.junit === undefined) return readTestCounts(result.log.toString('utf8'));
  const written = await world.files.modified(proof.junit);
  const report = written === undefined || written < began - CLOCK_SLACK_MS ? undefined : await world.files.read(proof.junit);
  return report === undefined ? undefined : readTestReport(report.toString('utf8'));
}

interface Shown {
  result: ProgramResult;
  counts: TestCounts | undefined;
  verdict: RunVerdict;
  sighting: Sighting;
  /** Paths of the change that were written meanwhile, and hold the same again. */
  wrote: RepoPath[];
  moved: ProofRun['moved'];
}

async function rememberRun(standing: Standing, proof: Proof, command: ProofCommand, { result, counts, verdict, sighting, wrote, moved }: Shown): Promise<void> {
  const { world, ticket, actor, origin } = standing;
  const name = `proof-${proof.id}-${standing.view.facts.length + 1}.txt`;
  await world.private.saveLog(ticket, name, result.log);
  const ran: ProofRun = {
    proof: proof.id, changeSet: sighting.change.digest, definition: world.digest(command.definition), argv: [...command.argv], ...verdict,
    exit: result.exit, signal: result.signal, duration: Math.round(result.duration), tests: counts, polluted: sighting.besides, wrote: wrote.length > 0 ? wrote.slice(0, 1000) : undefined, moved,
    log: { name, digest: world.digest(result.log), bytes: result.log.length, cut: result.cut, redacted: result.redacted },
  };
  await rememberSeen(standing, { kind: 'proof-ran', by: actor, origin, ...ran });
  standing.remarks.push(...wrote.map((path) => remark('sensitive-path', { path, why: `${proof.id} wrote it while it ran; its content is the same again` })));
  for (const line of reportOf(proof, verdict, counts, result)) world.tell(line);
}

const TAIL = 15;

/** How it went, for whoever watches; of a run that does not count also the last lines that it printed. */
function reportOf(proof: Proof, { verdict, why }: RunVerdict, counts: TestCounts | undefined, { log }: ProgramResult): string[] {
  if (verdict === 'passed') return [`${proof.id} passed${counts === undefined ? '' : `, ${counts.passed} ${counts.passed === 1 ? 'test' : 'tests'}`}`];
  const lines = log.toString('utf8').trimEnd().split('\n').slice(-TAIL).map((line) => `  | ${line}`);
  return [`${proof.id}: ${verdict}${why === undefined ? '' : `, ${why}`}. The last lines of its output:`, ...lines];
}
