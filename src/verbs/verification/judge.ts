import type { ChangedPath } from '../../domain/changeSet.js';
import { sealedLedgerPath } from '../../domain/closing/places.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import { showActor } from '../../domain/actors.js';
import { refuse, remark, type Problem } from '../../domain/problem.js';
import { fold, isWaived, type Run } from '../../domain/run.js';
import { readSealed } from '../../domain/sealReading.js';
import type { CommitInfo } from '../../domain/repository.js';
import { evidenceRefusals } from '../../domain/verification/evidence.js';
import { changedOnTheWay, isAsDelivered, provedEntries, type Integration } from '../../domain/verification/integration.js';
import { orderFaults } from '../../domain/verification/order.js';
import { deliveredSets, setFaults } from '../../domain/verification/sets.js';
import { namedEvidence } from '../../domain/verification/trailers.js';
import type { World } from '../../world/index.js';
import { recordProblems } from './records.js';
import { sourceRefusals } from './sources.js';
import type { Subject } from './subjects.js';

/** What the sealed evidence of one ticket is worth, and what became of the work. */
export interface Judgement {
  problems: Problem[];
  seal?: string;
  /** The run as the sealed facts tell it; absent when they cannot be read. */
  run?: Run;
  integrated: Integration;
  changed: RepoPath[];
}

export type Reader = Pick<World, 'git' | 'documents' | 'digest'>;

/** So many problems of one kind say enough. */
const MOST = 10;

/** Asks everything that can be asked of a commit alone: seal, chain, order, evidence, records, and the three sets. */
export async function judge(world: Reader, subject: Subject): Promise<Judgement> {
  const { ticket, commit } = subject;
  const broken = (problems: Problem[], seal?: string): Judgement => ({ problems, seal, integrated: 'unknown', changed: [] });
  const sealed = await world.git.history.file(commit.id, sealedLedgerPath(ticket));
  if (sealed === undefined) return broken([refuse('seal-broken', { ticket, commit: commit.id, why: 'there is none in the commit' })]);

  const seal = world.digest(sealed);
  const unsealed = sealProblems(subject, seal);
  const reading = readSealed(sealed, ticket, world.digest);
  if (!reading.ok) return broken([...unsealed, ...reading.faults.slice(0, MOST).map((fault) => refuse('chain-broken', { ticket, ...fault }))], seal);
  const disorder = orderFaults(ticket, reading.facts);
  if (disorder.length > 0) return broken([...unsealed, ...disorder.slice(0, MOST).map((fault) => refuse('state-out-of-order', { ticket, ...fault }))], seal);

  const run = fold(ticket, reading.facts);
  const evidence = [...await sourceRefusals(world, run), ...evidenceRefusals(run, reading.facts, world.digest)];
  const records = (await recordProblems(world, run, commit)).slice(0, MOST);
  const work = await workOf(world, run, subject);
  return { ...work, problems: [...unsealed, ...evidence, ...records, ...work.problems, ...waivers(run), ...displaced(run)], seal, run };
}

function sealProblems({ ticket, commit }: Subject, seal: string): Problem[] {
  const naming = namedEvidence(commit);
  return naming.named === 'evidence' && naming.ticket === ticket && naming.seal !== seal
    ? [refuse('seal-broken', { ticket, commit: commit.id, why: `its digest is ${seal}, and the commit names ${naming.seal}` })]
    : [];
}

/** The work in the commit: exactly the three sets where it stands as delivered, else every proved path by itself. */
async function workOf(world: Reader, run: Run, { commit, own }: Subject): Promise<Pick<Judgement, 'problems' | 'integrated' | 'changed'>> {
  const naming = namedEvidence(commit);
  if (commit.parents.length === 0 && run.change !== undefined) await world.git.history.demand(run.change.changeSet.base);
  if (naming.named === 'evidence' && naming.ticket === run.ticket && isAsDelivered(run, commit)) {
    return { problems: setProblems(world, run, commit, own), integrated: 'as delivered', changed: [] };
  }
  const proved = provedEntries(run);
  const changed = changedOnTheWay(proved, await world.git.trees.entries(commit.tree, proved.map((entry) => entry.path)));
  const problems = changed.length === 0 ? [] : [remark('integrated-with-changes', { ticket: run.ticket, commit: commit.id, paths: changed }, 'warning')];
  return { problems, integrated: changed.length === 0 ? 'integrated' : 'integrated with changes', changed };
}

function setProblems(world: Reader, run: Run, commit: CommitInfo, own: readonly ChangedPath[]): Problem[] {
  const faults = setFaults(run, deliveredSets(run, own), world.digest);
  const problem = (set: string, paths: RepoPath[]): Problem => refuse('sets-differ', { ticket: run.ticket, commit: commit.id, set, paths });
  return [
    ...(faults.product.length > 0 || faults.digest ? [problem('product', faults.product)] : []),
    ...(faults.memory.length > 0 ? [problem('memory', faults.memory)] : []),
    ...(faults.records.length > 0 ? [problem('records', faults.records)] : []),
  ];
}

const waivers = (run: Run): Problem[] =>
  run.waivers.map((waiver) => remark('waiver-stands', { what: waiver.what, by: showActor(waiver.by), reason: waiver.reason }, 'warning'));

/** What was delivered when a number given anew still closed a finding: true to the rules of its day, and worth knowing. */
const displaced = (run: Run): Problem[] =>
  run.openFindings.filter((finding) => finding.displaced === true && !isWaived(run, `finding:${finding.id}`))
    .map(({ id, severity, actual }) => remark('finding-displaced', { ticket: run.ticket, finding: `${id} (${severity})`, actual }, 'warning'));

/** Changed paths as they are shown in data. */
export const shownPaths = (paths: readonly RepoPath[]): string[] => paths.map(showPath);
