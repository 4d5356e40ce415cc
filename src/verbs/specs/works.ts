import { sealedLedgerPath } from '../../domain/closing/places.js';
import { isUnder } from '../../domain/paths.js';
import { fold, type Run } from '../../domain/run.js';
import { SPECS } from '../../domain/specs/places.js';
import { workOf, type Work } from '../../domain/specs/work.js';
import type { TicketId } from '../../domain/ticket.js';
import { ticketPath } from '../../domain/verification/sets.js';
import { namedEvidence, TICKET_TRAILER } from '../../domain/verification/trailers.js';
import type { World } from '../../world/index.js';

export type WorksWorld = Pick<World, 'digest' | 'documents' | 'files' | 'git' | 'ledger' | 'tickets'>;

/** The tickets that carry out specs, or that specs name, in the order of their ids. */
export async function works(world: WorksWorld, alsoNamed: ReadonlySet<string>): Promise<Work[]> {
  const ids = await world.documents.ticketIds();
  const heads = await world.tickets.heads(ids.map(ticketPath));
  const meant = ids.filter((id, at) => alsoNamed.has(id) || heads[at]?.head?.specs.some((path) => isUnder(path, SPECS)));
  return (await Promise.all(meant.map((id) => oneWork(world, id)))).flat();
}

async function oneWork(world: WorksWorld, id: TicketId): Promise<Work[]> {
  const [live, sealed] = await Promise.all([liveRun(world, id), sealedRun(world, id)]);
  const run = live ?? sealed;
  const ticket = run?.lock?.ticket.content ?? await written(world, id);
  if (ticket === undefined) return [];
  const commit = live?.delivery?.committed ?? (sealed === undefined ? undefined : await deliveredCommit(world, id));
  return [workOf(ticket, run, stateOf(live, sealed), commit)];
}

function stateOf(live: Run | undefined, sealed: Run | undefined): string {
  if (live === undefined) return sealed === undefined ? 'not begun' : 'delivered';
  if (live.end === undefined) return live.state ?? 'not begun';
  return live.end.how === 'done' ? 'delivered' : live.end.how;
}

async function liveRun({ ledger }: WorksWorld, id: TicketId): Promise<Run | undefined> {
  const { facts } = await ledger.read(id);
  return facts.length === 0 ? undefined : fold(id, facts);
}

/** A sealed ledger that is broken says nothing here: `cxw validate` tells of it. */
export async function sealedRun({ digest, files }: Pick<World, 'digest' | 'files'>, id: TicketId): Promise<Run | undefined> {
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

/** The commit that carries the ticket's evidence; after a squash, the one that took its records in. */
async function deliveredCommit({ git }: WorksWorld, id: TicketId): Promise<string | undefined> {
  const named = (await git.history.withTrailer('HEAD', TICKET_TRAILER, id)).filter((commit) => namedEvidence(commit).named === 'evidence');
  return (named.at(-1) ?? await git.history.adding(sealedLedgerPath(id), 'HEAD'))?.id;
}
