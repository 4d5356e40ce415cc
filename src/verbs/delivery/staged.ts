import { deliveredEntries, isWritten, onlyStaged, union } from '../../domain/delivery/sets.js';
import type { IndexEntry } from '../../domain/facts.js';
import { remark, type Problem } from '../../domain/problem.js';
import type { Delivery } from '../../domain/run.js';
import type { TicketId } from '../../domain/ticketId.js';
import type { Standing } from '../road/standing.js';
import { deliveredPaths } from './sight.js';

/** What was staged of delivered files when the delivery began, and stands nowhere else: the index will hold each file as it is delivered. */
export const onlyStagedBefore = ({ intent }: Delivery): IndexEntry[] => onlyStaged(union(intent), intent.priorIndex);

/**
 * Says which of it made room in the index. The intent remembers it, so every answer tells it, and none is lost with a
 * run that was cut short; but not what git has tidied away since.
 */
export async function replacedRemarks({ world: { git: { trees } }, run: { delivery }, ticket }: Standing): Promise<Problem[]> {
  const before = delivery === undefined ? [] : onlyStagedBefore(delivery);
  if (delivery === undefined || before.length === 0) return [];
  const { intent, committed } = delivery;
  const index = committed === undefined ? await trees.readIndex(deliveredPaths(intent)) : undefined;
  const written = new Set(deliveredEntries(intent).filter((entry) => index === undefined || isWritten(entry, index)).map(({ path }) => path));
  const kept = await trees.knownBlobs(before.map(({ id }) => id));
  return stagingRemarks(ticket, before.filter(({ path, id }) => written.has(path) && kept.has(id)));
}

export const stagingRemarks = (ticket: TicketId, entries: readonly IndexEntry[]): Problem[] =>
  (entries.length === 0 ? [] : [remark('staging-replaced', { ticket, entries: entries.map(({ path, mode, id }) => ({ path, mode, id })) }, 'warning')]);
