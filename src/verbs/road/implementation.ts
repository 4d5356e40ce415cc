import { isAddition, isDeletion, isGitlink, type ChangeSet } from '../../domain/changeSet.js';
import { classify } from '../../domain/classify.js';
import type { Draft, Evidence } from '../../domain/facts.js';
import { repairDueGate } from '../../domain/gates.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import { granted, refuse, refused, remark, type Refusal, type Verdict } from '../../domain/problem.js';
import { specRefusals } from '../../domain/specNeed.js';
import { submoduleRefusals } from '../../domain/submodules.js';
import { tamperings } from '../../domain/tampering.js';
import type { RawContent } from '../../domain/repository.js';
import { mayChangeNothing, productRefusals } from '../../domain/withoutProduct.js';
import { handedUp } from '../family/handedUp.js';
import { alteredRefusals, anchorRefusals, lookOf, measure, strayRefusals, type Sighting } from './sighting.js';
import { discovered, locked, type Standing, type Step } from './standing.js';
import { unreachableRefusals } from './unreachable.js';
import { watchingHook } from './watchedHook.js';
import { NOTHING_APART } from './watching.js';

/** State 6: there is a change, it is inside its bounds, and nothing else moved. */
export const completeImplementation: Step = async (standing) => {
  const raw = await rawProduct(standing);
  const sighting = await measure(standing);
  const { change } = sighting;
  const ground = await anchorRefusals(standing, sighting);
  if (ground.length > 0) return refused(ground);
  const { ticket } = locked(standing);
  const files = ticket.class === 'quick' ? ticket.scope.files : [];
  if (change.entries.length === 0 && !mayChangeNothing(ticket)) return refused([refuse('no-change', { ticket: standing.ticket, files }), ...await unreachableRefusals(standing, sighting.survey), ...await ignoredRefusals(standing), ...await strayRefusals(standing, sighting)]);

  const tampering = await lookForTampering(standing, change);
  const refusals = [
    ...repairDueGate(standing.run, change.digest),
    ...await strayRefusals(standing, sighting),
    ...await alteredRefusals(standing),
    ...await replacedRefusals(standing),
    ...await unreachableRefusals(standing, sighting.survey),
    ...await ignoredRefusals(standing),
    ...boundRefusals(standing, sighting, await handedUp(standing.world, await lookOf(standing), discovered(standing).children ?? [])),
    ...await markerRefusals(standing, change),
    ...tampering.refusals,
    ...changesRefusals(standing),
  ];
  if (refusals.length > 0) return refused(refusals);
  const hook = await rehearse(standing, change);
  if (!hook.ok) return hook;
  standing.remarks.push(...tampering.sensitive.map((place) => remark('sensitive-path', place)));
  return granted([entered(standing, { changeSet: change, raw, changes: standing.run.records.changes?.seq ?? 'derived', hook: hook.value, sensitive: tampering.sensitive })]);
};

/** What lies at the changed paths before they are measured: written meanwhile, they differ from it and are measured again. */
async function rawProduct(standing: Standing): Promise<RawContent[]> {
  const { scope } = locked(standing);
  const look = await lookOf(standing);
  const { dirty } = await look.fullSurvey();
  return look.contents(dirty.map(({ path }) => path).filter((path) => scope.covers(path)));
}

const entered = ({ actor, origin }: Standing, evidence: Evidence<'implementation_complete'>): Draft =>
  ({ kind: 'entered', state: 'implementation_complete', by: actor, origin, evidence });

/**
 * A file that a ticket names and git ignores would take part in the proofs and be missing from the commit. What patterns
 * match besides is left alone: build results are ignored there.
 */
async function ignoredRefusals(standing: Standing): Promise<Refusal[]> {
  const { ticket } = standing;
  const quick = locked(standing).ticket;
  if (quick.class !== 'quick') return [];
  const ignored = await (await lookOf(standing)).ignored(quick.scope.files);
  return ignored.length === 0 ? [] : [refuse('ignored-path', { ticket, paths: ignored })];
}

/** Inside scope by construction; outside everything forbidden; and still quick, if that is what it claims to be. What children handed up was judged with them. */
function boundRefusals(standing: Standing, { change, survey }: Sighting, handed: ReadonlySet<RepoPath>): Refusal[] {
  const { ticket, policy, scope } = locked(standing);
  const paths = change.entries.map((entry) => entry.path);
  const forbidden = paths.flatMap((path) => {
    const pattern = scope.forbids(path);
    return pattern === undefined ? [] : [refuse('forbidden-path', { ticket: standing.ticket, path, pattern })];
  });
  const submodules = submoduleRefusals(standing.ticket, change.entries, survey.dirty);
  const own = paths.filter((path) => !handed.has(path));
  if (ticket.class !== 'quick') return [...forbidden, ...submodules, ...productRefusals(ticket, own, policy), ...specRefusals(ticket, policy, own)];
  const verdict = classify(paths, ticket.triggers ?? [], policy, ticket.proof);
  const findings = verdict.findings.filter((finding) => finding.trigger !== 'forbidden_path')
    .map((finding) => `${finding.trigger}: ${finding.why}`);
  return [...forbidden, ...submodules, ...(findings.length === 0 ? [] : [refuse('not-quick', { ticket: standing.ticket, findings })])];
}

async function markerRefusals({ world, ticket }: Standing, change: ChangeSet): Promise<Refusal[]> {
  const found = await world.git.changes.conflictMarkers(change);
  return found.length === 0 ? [] : [refuse('conflict-markers', { ticket, places: found.map(({ path, line }) => `${showPath(path)}:${line}`) })];
}

/** Tests that were weakened, and files that decide what the proofs run. */
async function lookForTampering(standing: Standing, change: ChangeSet): Promise<{ refusals: Refusal[]; sensitive: { path: RepoPath; why: string }[] }> {
  const { world } = standing;
  const { ticket, policy } = locked(standing);
  const entries = change.entries.filter((entry) => !isGitlink(entry));
  const blobs = await world.git.changes.blobs(entries.flatMap((entry) => [...(isAddition(entry) ? [] : [entry.oldId]), ...(isDeletion(entry) ? [] : [entry.newId])]));
  const files = entries.map((entry) => ({ path: entry.path, before: blobs.get(entry.oldId)?.toString('utf8'), after: blobs.get(entry.newId)?.toString('utf8') }));
  return tamperings({ ticket: standing.ticket, files, proofs: ticket.proof, tests: policy.proofs.tests });
}

/** A replaced object would show another history than the one that is delivered. */
async function replacedRefusals(standing: Standing): Promise<Refusal[]> {
  const { ticket } = standing;
  const names = await (await lookOf(standing)).replacements();
  return names.length === 0 ? [] : [refuse('replace-refs', { ticket, names })];
}

/** A quick ticket's record of changes is written from the difference; other writers say it themselves. */
function changesRefusals(standing: Standing): Refusal[] {
  const { ticket } = locked(standing);
  return ticket.class === 'quick' || standing.run.records.changes !== undefined ? [] : [refuse('changes-missing', { ticket: standing.ticket })];
}

/**
 * What is reviewed must be what is committed, so a hook that rewrites is found before the review. On a copy it can still
 * reach the worktree, by its full name or through the tools that are lent, so it is watched as everywhere. Who only looks
 * runs no program.
 */
async function rehearse(standing: Standing, change: ChangeSet): Promise<Verdict<Evidence<'implementation_complete'>['hook']>> {
  const { world, ticket } = standing;
  const { policy } = locked(standing);
  if (policy.delivery.hooks === 'skip' || standing.wishes.dryRun) return granted('skipped');
  const hooks = await world.git.hooks.existing(['pre-commit'], await (await lookOf(standing)).hooksFolder());
  if (hooks.length === 0) return granted('none');
  world.tell('Trying the pre-commit hook on a copy');
  const { result: report, touched } = await watchingHook(standing, { kind: 'rehearsal', name: 'pre-commit' }, NOTHING_APART, () =>
    world.git.hooks.rehearse(discovered(standing).head, change, policy.delivery.timeout));
  const changed = report.changed.length === 0 ? [] : [refuse('hook-would-change', { ticket, paths: report.changed })];
  if (touched.length + changed.length > 0) return refused([...touched, ...changed]);
  if (!report.ok) standing.remarks.push(remark('hook-rehearsal-failed', { said: report.said }, 'warning'));
  return granted(report.ok ? 'unchanged' : 'failed');
}
