import { closingRecords, type ClosingParts } from '../../domain/closing.js';
import type { Fact, ListedFile } from '../../domain/facts.js';
import { curationGate, type MemoryNow } from '../../domain/gates.js';
import type { RepoPath } from '../../domain/paths.js';
import { granted, refused, remark } from '../../domain/problem.js';
import type { RawContent } from '../../domain/repository.js';
import { driftLines, type Drift } from '../../domain/specs/verdict.js';
import { copiesOf } from './copies.js';
import { pristineAmong } from './pristine.js';
import { groundRefusals, lookAgain, lookOf, measure, type Sighting } from './sighting.js';
import { discovered, locked, type Standing, type Step } from './standing.js';

/** State 11: memory is curated, and the closing records are written and listed with their digests. */
export const curate: Step = async (standing) => {
  const { world, run, actor, origin, wishes } = standing;
  const sighting = await measure(standing);
  const { change } = sighting;
  const ground = await groundRefusals(standing, sighting);
  if (ground.length > 0) return refused(ground);

  const record = run.records.curation;
  const computed = record === undefined ? undefined : await driftNow(standing);
  const { refusals, deliver } = curationGate(run, locked(standing).ticket, record, await memoryNow(standing, sighting), computed);
  if (refusals.length > 0 || record === undefined) return refused(refusals);
  const drift = computed && { verdict: computed.verdict, findings: driftLines(computed) };
  const files = await renderRecords(standing, { memory: deliver, drift });
  if (!wishes.dryRun) await layDown(standing, files);
  lookAgain(standing);
  const records: ListedFile[] = files.map(({ path, content }) => ({ path, digest: world.digest(content), bytes: content.length }));
  return granted([{
    kind: 'entered', state: 'context_curated', by: actor, origin,
    evidence: { changeSet: change.digest, record: record.seq, memory: deliver, records, ...(drift === undefined ? {} : { drift }) },
  }]);
};

/** Whether the specs that the ticket carries out still tell the truth; a quick ticket carries none. */
async function driftNow(standing: Standing): Promise<Drift | undefined> {
  const { ticket, policy } = locked(standing);
  if (ticket.class === 'quick') return undefined;
  const { driftOfTicket } = await import('../specDrift.js');
  return driftOfTicket(standing.world, ticket.id, policy);
}

/** Which memory files differ from the base, and which of them are not this ticket's doing. */
async function memoryNow(standing: Standing, { look, survey }: Sighting): Promise<MemoryNow> {
  const { world, ticket } = standing;
  const { scope, policy } = locked(standing);
  const paths = survey.dirty.map((dirty) => dirty.path).filter((path) => scope.isMemory(path));
  if (paths.length === 0) return { changed: [], before: [], pristine: [] };
  const [change, identities, kept, pristine] = await Promise.all([
    world.git.changes.of(discovered(standing).head, paths, 'private'),
    look.contents(paths),
    world.private.baseline(ticket),
    pristineAmong(world, paths),
  ]);
  const then = new Map((kept?.baseline.paths ?? []).map((identity) => [identity.path, identity]));
  // Of a file that somebody had edited, nobody can say which lines are theirs; only where nothing is committed, that does not matter.
  const isTheirs = (now: RawContent): boolean => then.has(now.path) && (policy.delivery.mode !== 'none' || sameContent(then.get(now.path), now));
  return {
    changed: change.entries,
    before: identities.filter(isTheirs).map((now) => now.path),
    pristine,
  };
}

const sameContent = (then: RawContent | undefined, now: RawContent): boolean =>
  then !== undefined && then.kind === now.kind && then.digest === now.digest && then.executable === now.executable;

/** What stands in a record's place and is no record that was ever written there is somebody's own: it is copied, and told. */
async function keepOthers(standing: Standing, files: readonly { path: RepoPath; content: Uint8Array }[]): Promise<void> {
  const { world, ticket, view, remarks } = standing;
  const earlier = view.facts.flatMap((fact) => (fact.kind === 'entered' && fact.state === 'context_curated' ? fact.evidence.records : []));
  const written = new Set([...earlier, ...files.map(({ path, content }) => ({ path, digest: world.digest(content) }))].map(({ path, digest }) => `${digest} ${path}`));
  const standingThere = await (await lookOf(standing)).contents(files.map(({ path }) => path));
  const others = standingThere.filter(({ path, digest }) => digest !== undefined && !written.has(`${digest} ${path}`));
  if (others.length === 0) return;
  const paths = others.map(({ path }) => path);
  await world.private.copyToSafety(ticket, others, locked(standing).policy.limits.safety_copy_bytes);
  remarks.push(remark('record-place-taken', { ticket, paths, copies: await copiesOf(standing, paths, others) }, 'warning'));
}

async function renderRecords(standing: Standing, parts: Omit<ClosingParts, 'logs'>): Promise<{ path: RepoPath; content: Uint8Array }[]> {
  const { run, view } = standing;
  return closingRecords(run, view.facts, { logs: await logsOf(standing, view.facts), ...parts });
}

async function logsOf({ world, ticket }: Standing, facts: readonly Fact[]): Promise<Map<string, Uint8Array>> {
  const logs = new Map<string, Uint8Array>();
  for (const fact of facts) {
    if (fact.kind !== 'proof-ran' || fact.log === undefined) continue;
    const content = await world.private.log(ticket, fact.log.name);
    if (content !== undefined) logs.set(fact.log.name, content);
  }
  return logs;
}

/** Writes the records, and takes away those that an earlier curation wrote and that are not part of this one. */
async function layDown(standing: Standing, files: readonly { path: RepoPath; content: Uint8Array }[]): Promise<void> {
  const { world, run } = standing;
  await keepOthers(standing, files);
  const wanted = new Set(files.map((file) => file.path));
  for (const earlier of run.curation?.records ?? []) {
    if (!wanted.has(earlier.path)) await world.files.remove(earlier.path);
  }
  for (const { path, content } of files) await world.files.write(path, content);
}
