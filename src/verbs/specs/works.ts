import type { ObjectId } from '../../domain/changeSet.js';
import { sealedLedgerPath } from '../../domain/closing/places.js';
import { isUnder } from '../../domain/paths.js';
import { fold, type Run } from '../../domain/run.js';
import { SPECS } from '../../domain/specs/places.js';
import { workOf, type Work } from '../../domain/specs/work.js';
import type { TicketId } from '../../domain/ticket.js';
import { ticketPath } from '../../domain/verification/sets.js';
import { namedEvidence } from '../../domain/verification/trailers.js';
import type { World } from '../../world/index.js';
import { endsElsewhere, type EndElsewhere } from '../endsElsewhere.js';
import { deliveryOf } from '../verification/subjects.js';

export type WorksWorld = Pick<World, 'digest' | 'documents' | 'files' | 'git' | 'ledger' | 'tickets'>;

/** The tickets that carry out specs, or that specs name, in the order of their ids. */
export async function works(world: WorksWorld, alsoNamed: ReadonlySet<string>): Promise<Work[]> {
  const ids = await world.documents.ticketIds();
  const heads = await world.tickets.heads(ids.map(ticketPath));
  return worksOf(world, ids.filter((id, at) => alsoNamed.has(id) || heads[at]?.head?.specs.some((path) => isUnder(path, SPECS))));
}

/** Every ticket, whatever it carries out: who changed what nobody asked for carries out nothing. */
export const everyWork = async (world: WorksWorld): Promise<Work[]> => worksOf(world, await world.documents.ticketIds());

/** One after the other: there may be thousands. */
async function worksOf(world: WorksWorld, ids: readonly TicketId[]): Promise<Work[]> {
  const found: Work[] = [];
  const ends = await endsElsewhere(world, ids);
  const commits = await deliveries(world, [...ends.keys()]);
  for (const id of ids) {
    const end = ends.get(id);
    const [live, sealed] = await Promise.all([liveRun(world, id), end === undefined ? undefined : sealedRun(world, id)]);
    const run = live ?? sealed;
    const ticket = run?.lock?.ticket.content ?? await written(world, id);
    const commit = live?.delivery?.committed ?? (sealed === undefined ? undefined : commits.get(id) ?? (await deliveryOf(world, id))?.id);
    if (ticket !== undefined) found.push(workOf(ticket, run, stateOf(live, end), commit));
  }
  return found;
}

function stateOf(live: Run | undefined, end: EndElsewhere | undefined): string {
  if (live === undefined) return end?.how ?? 'not begun';
  if (live.end === undefined) return live.state ?? 'not begun';
  return live.end.how === 'done' ? 'delivered' : live.end.how;
}

async function liveRun({ ledger }: WorksWorld, id: TicketId): Promise<Run | undefined> {
  const { facts } = await ledger.read(id);
  return facts.length === 0 ? undefined : fold(id, facts);
}

/** A sealed ledger that is broken says nothing here: `cxw validate` tells of it. */
async function sealedRun({ digest, files }: Pick<World, 'digest' | 'files'>, id: TicketId): Promise<Run | undefined> {
  const path = sealedLedgerPath(id);
  const bytes = await files.kind(path) === 'file' ? await files.read(path) : undefined;
  if (bytes === undefined) return undefined;
  const { readSealed } = await import('../../domain/sealReading.js');
  const sealed = readSealed(bytes, id, (line) => digest(line));
  return sealed.ok ? fold(id, sealed.facts) : undefined;
}

async function written({ documents }: WorksWorld, id: TicketId): Promise<Parameters<typeof workOf>[0] | undefined> {
  const reading = await documents.ticket(id);
  return reading?.ok === true ? reading.value : undefined;
}

/** History is read no further back. */
const MOST_COMMITS = 10_000;

/**
 * Of many tickets at once, the commits that name them and that bring the very ledgers which stand in HEAD: a message can
 * be copied. A rebased or picked copy is younger than the commit that it was made from.
 */
async function deliveries({ git }: WorksWorld, ids: readonly TicketId[]): Promise<Map<TicketId, ObjectId>> {
  if (ids.length === 0) return new Map();
  const naming = (await git.history.list('HEAD', MOST_COMMITS)).flatMap((commit) => {
    const named = namedEvidence(commit);
    return named.named === 'evidence' && ids.includes(named.ticket) ? [{ ticket: named.ticket, commit: commit.id }] : [];
  });
  const ledgers = await git.trees.idsAt(naming.flatMap(({ ticket, commit }) => ['HEAD', commit, `${commit}^`].map((at) => ({ commit: at, path: sealedLedgerPath(ticket) }))));
  return new Map(naming.flatMap(({ ticket, commit }, at) => {
    const [here, brought, before] = ledgers.slice(at * 3, at * 3 + 3);
    return brought === here && brought !== before ? [[ticket, commit] as const] : [];
  }));
}
