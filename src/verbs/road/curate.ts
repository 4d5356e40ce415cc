import { closingRecords, type ClosingParts, type ClosingRecord } from '../../domain/closing.js';
import type { Fact, ListedFile } from '../../domain/facts.js';
import { curationGate, type MemoryNow } from '../../domain/gates.js';
import type { RepoPath } from '../../domain/paths.js';
import { granted, refused } from '../../domain/problem.js';
import type { RawContent } from '../../domain/repository.js';
import type { Run } from '../../domain/run.js';
import { driftLines, type Drift } from '../../domain/specs/verdict.js';
import { pristineAmong } from './pristine.js';
import { layDown } from './recordPlaces.js';
import { groundRefusals, lookAgain, measure, type Sighting } from './sighting.js';
import { discovered, locked, type Standing, type Step } from './standing.js';

/** State 11: memory is curated, and the closing records are written and listed with their digests. */
export const curate: Step = async (standing) => {
  const { world, run, actor, origin } = standing;
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
  const inTheWay = await layDown(standing, files, recordsBefore(run, files));
  lookAgain(standing);
  if (inTheWay.length > 0) return refused(inTheWay);
  const records: ListedFile[] = files.map(({ path, content }) => ({ path, digest: world.digest(content), bytes: content.length }));
  return granted([{
    kind: 'entered', state: 'context_curated', by: actor, origin,
    evidence: { changeSet: change.digest, record: record.seq, memory: deliver, records, ...(drift === undefined ? {} : { drift }) },
  }]);
};

/** What an earlier curation wrote and that is no part of this one. */
function recordsBefore({ curation }: Run, files: readonly ClosingRecord[]): RepoPath[] {
  const wanted = new Set(files.map(({ path }) => path));
  return (curation?.records ?? []).map(({ path }) => path).filter((path) => !wanted.has(path));
}

/** Whether the specs that the ticket carries out still tell the truth; a quick ticket carries none. */
async function driftNow(standing: Standing): Promise<Drift | undefined> {
  const { ticket, policy } = locked(standing);
  if (ticket.class === 'quick') return undefined;
  const { driftOfTicket } = await import('../specDrift.js');
  return driftOfTicket(standing.world, ticket.id, policy);
}

/** Which memory files differ from the base, and which of them are not this ticket's doing. */
async function memoryNow(standing: Standing, { look, survey }: Sighting): Promise<MemoryNow> {
  const { world, ticket, run } = standing;
  const { scope, policy } = locked(standing);
  const paths = survey.dirty.map((dirty) => dirty.path).filter((path) => scope.isMemory(path));
  if (paths.length === 0) return { changed: [], before: [], pristine: [] };
  const [change, identities, kept, pristine] = await Promise.all([
    world.git.changes.of(discovered(standing).head, paths, 'private'),
    look.contents(paths),
    world.private.baseline(ticket),
    pristineAmong(world, paths),
  ]);
  const then = new Map((kept?.baseline.paths ?? []).filter(({ path }) => !run.settledMemory.includes(path)).map((identity) => [identity.path, identity]));
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

async function renderRecords(standing: Standing, parts: Omit<ClosingParts, 'logs'>): Promise<ClosingRecord[]> {
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
