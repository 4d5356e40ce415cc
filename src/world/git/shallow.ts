import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectId } from '../../domain/changeSet.js';
import { isAbsence } from '../containment.js';
import { onDisk } from '../durably.js';
import { failed } from '../errors.js';
import type { Places } from '../places.js';
import type { GitRunner } from './runner.js';

/** Throws `shallow-clone` when a commit is missing because the clone was cut short before it. */
export async function demandCommit(runner: GitRunner, commit: ObjectId): Promise<void> {
  const doing = 'looking for a commit';
  const { exit } = await runner.attempt(['cat-file', '-e', `${commit}^{commit}`], { doing });
  if (exit !== 0 && await runner.line(['rev-parse', '--is-shallow-repository'], { doing }) === 'true') throw failed('shallow-clone', { commit });
}

/**
 * Whether history was cut off where `descendant` may still hold `ancestor`. A cut that `ancestor` itself comes from hides
 * nothing: no commit is among its own forebears.
 */
export async function mayBeCutOff(runner: GitRunner, places: Pick<Places, 'commonDirectory'>, descendant: ObjectId, ancestor: ObjectId): Promise<boolean> {
  const cuts = await cutsOf(places);
  if (cuts.size === 0) return false;
  const seen = await runner.run(['rev-list', descendant, `^${ancestor}`], { doing: 'looking where the history was cut off' });
  return seen.toString('latin1').split('\n').some((commit) => cuts.has(commit));
}

/** The commits whose parents this clone leaves out. Git has no question for them but this file. */
function cutsOf({ commonDirectory }: Pick<Places, 'commonDirectory'>): Promise<Set<ObjectId>> {
  return onDisk('looking where the history was cut off', () => {
    try {
      return new Set(readFileSync(join(commonDirectory, 'shallow'), 'latin1').split('\n').filter((line) => line !== ''));
    } catch (error) {
      if (isAbsence(error)) return new Set<ObjectId>();
      throw error;
    }
  });
}
