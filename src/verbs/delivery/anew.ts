import type { Sight } from '../../domain/delivery/resume.js';
import { restoredEntries } from '../../domain/delivery/sets.js';
import { lookAgain } from '../road/sighting.js';
import { remember, type Standing } from '../road/standing.js';
import { asWarnings, besideHook } from './besideHook.js';
import { goingOn, type Progress } from './sight.js';
import { underway } from './underway.js';

/** Makes the index hold what it held before the delivery wrote into it. Answers how many entries were put back. */
export async function putBack(standing: Standing, { index, difference }: Pick<Sight, 'index' | 'difference'>): Promise<number> {
  const entries = restoredEntries(underway(standing).intent, index, difference);
  if (entries.length === 0) return 0;
  const { touched } = await besideHook(standing, ['post-index-change'], () => standing.world.git.trees.writeIndex(entries));
  standing.remarks.push(...asWarnings(touched));
  return entries.length;
}

/**
 * Undoes a delivery that no branch has seen, so that the next step begins it anew, with other facts to seal. It is undone
 * as by `cxw abort`: sealed facts that stop within a delivery are no evidence.
 */
export async function anew(standing: Standing, sight: Sight): Promise<Progress> {
  const { actor: by, origin } = standing;
  const restored = await putBack(standing, sight);
  lookAgain(standing);
  const reason = sight.tidiedAway === true ? 'What had been made for the delivery was not in git any more.' : 'A waiver came in between, which the records show.';
  await remember(standing, [{ kind: 'delivery-aborted', by, origin, reason, restored }]);
  return goingOn();
}
