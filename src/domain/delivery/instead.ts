import type { Evidence } from '../facts.js';
import type { CommitInfo } from '../repository.js';
import type { Sight } from './resume.js';
import { deliveredEntries } from './sets.js';

/**
 * The one commit that somebody put upon the parent, in place of the delivery's, and that holds all of its work: an
 * amendment of the words, or what was staged, committed by hand. The evidence is for another commit.
 */
export function sameWork(intent: Evidence<'git_delivery_started'>, { since, difference = [] }: Pick<Sight, 'since' | 'difference'>): CommitInfo | undefined {
  const [only, ...more] = since;
  if (only === undefined || more.length > 0 || only.parents.join() !== intent.parent) return undefined;
  const there = new Map(difference.map((entry) => [entry.path, entry]));
  const isThere = deliveredEntries({ ...intent, records: [] }).every(({ path, mode, id }) => there.get(path)?.newMode === mode && there.get(path)?.newId === id);
  return isThere ? only : undefined;
}
