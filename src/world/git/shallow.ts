import type { ObjectId } from '../../domain/changeSet.js';
import { failed } from '../errors.js';
import type { GitRunner } from './runner.js';

/** Throws `shallow-clone` when a commit is missing because the clone was cut short before it. */
export async function demandCommit(runner: GitRunner, commit: ObjectId): Promise<void> {
  const doing = 'looking for a commit';
  const { exit } = await runner.attempt(['cat-file', '-e', `${commit}^{commit}`], { doing });
  if (exit !== 0 && await runner.line(['rev-parse', '--is-shallow-repository'], { doing }) === 'true') throw failed('shallow-clone', { commit });
}
