import type { ClosingRecord } from '../../domain/closing.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import { refuse, remark, type Problem, type Refusal } from '../../domain/problem.js';
import type { RawContent } from '../../domain/repository.js';
import type { TicketId } from '../../domain/ticketId.js';
import type { World } from '../../world/index.js';
import { locked, type Standing } from './standing.js';

/**
 * Writes records, and takes earlier ones away. What stands in any of these places and was never a record there is
 * somebody's own: all of it is set aside, and remembered for every later answer, before the first place is touched.
 * Answers why nothing was touched. A dry run only looks what is in the way.
 */
export async function layDown(standing: Standing, files: readonly ClosingRecord[], earlier: readonly RepoPath[]): Promise<Refusal[]> {
  const { world, wishes } = standing;
  const inTheWay = await obstaclesAt(world, [...files.map(({ path }) => path), ...earlier]);
  if (inTheWay.length > 0 || wishes.dryRun) return inTheWay;
  const held = await makeRoom(standing, await othersAt(standing, files, earlier));
  if (held.length > 0) return held;
  for (const path of earlier) await world.files.remove(path);
  for (const { path, content } of files) await world.files.write(path, content);
  return [];
}

/** What no record can be put in the place of. All of them stand in one folder, so the first link on the way is before all. */
export async function obstaclesAt({ files }: Pick<World, 'files'>, places: readonly RepoPath[]): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  for (const path of places) {
    const onTheWay = await files.obstacle(path);
    if (onTheWay?.kind === 'link') return [refuse('path-through-link', { path, link: onTheWay.at })];
    const kind = await files.kind(path);
    if (kind === 'link') refusals.push(refuse('path-through-link', { path, link: path }));
    else if (kind !== 'file' && kind !== 'absent') refusals.push(refuse('not-a-file', { path }));
  }
  return refusals;
}

/** What would be lost. A file that only goes on where the old one ended, as the sealed facts do, loses nothing. */
async function othersAt({ world, view }: Standing, files: readonly ClosingRecord[], earlier: readonly RepoPath[]): Promise<RawContent[]> {
  const listed = view.facts.flatMap((fact) => (fact.kind === 'entered' && fact.state === 'context_curated' ? fact.evidence.records : []));
  const records = new Set(listed.map(({ path, digest }) => `${digest} ${path}`));
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  const others: RawContent[] = [];
  for (const there of await world.git.repository.contents([...contents.keys(), ...earlier])) {
    const { path, kind, digest, bytes } = there;
    if (kind === 'absent' || records.has(`${digest} ${path}`)) continue;
    const beginning = contents.get(path)?.subarray(0, bytes);
    if (digest === undefined || beginning === undefined || world.digest(beginning) !== digest) others.push(there);
  }
  return others;
}

/** Without a copy nothing is written over. */
async function makeRoom(standing: Standing, others: readonly RawContent[]): Promise<Refusal[]> {
  const { world: { private: kept }, ticket } = standing;
  if (others.length === 0) return [];
  await kept.copyToSafety(ticket, others, locked(standing).policy.limits.safety_copy_bytes);
  const copied = await Promise.all(others.map(({ digest }) => (digest === undefined ? undefined : kept.setCopyAside(ticket, digest))));
  const uncopied = others.filter((_, at) => copied[at] === undefined).map(({ path }) => path);
  if (uncopied.length > 0) return [refuse('record-place-held', { ticket, paths: uncopied })];
  await kept.addDisplaced(ticket, others.map(({ path, digest }) => ({ path, digest: digest! })));
  return [];
}

/** What had to make room for records of this ticket. Every answer tells it for as long as the copies lie there: an answer that was cut short was not seen. */
export async function displacedRemarks({ private: kept }: Pick<World, 'private'>, ticket: TicketId): Promise<Problem[]> {
  const displaced = await kept.displaced(ticket);
  if (displaced.length === 0) return [];
  const paths = [...new Set(displaced.map(({ path }) => path))];
  return [remark('record-place-taken', { ticket, paths, copies: displaced.map(({ path, copy }) => `${showPath(path)}: ${copy}`) }, 'warning')];
}
