import { onlyStaged } from '../../domain/delivery/sets.js';
import type { IndexEntry } from '../../domain/facts.js';
import { remark } from '../../domain/problem.js';
import type { Standing } from '../road/standing.js';

/** Says what is staged of a delivered file and stands nowhere else: the index will hold the file as it is delivered. Answers those entries. */
export function tellOnlyStaged({ run, ticket, remarks }: Standing, index: readonly IndexEntry[]): IndexEntry[] {
  const { product, memory } = run.delivery?.intent ?? { product: run.change!.changeSet.entries, memory: run.curation!.memory };
  const entries = onlyStaged([...product, ...memory], index);
  if (entries.length > 0) remarks.push(remark('staging-replaced', { ticket, entries: entries.map(({ path, mode, id }) => ({ path, mode, id })) }, 'warning'));
  return entries;
}
