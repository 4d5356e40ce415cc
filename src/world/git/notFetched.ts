import { failed, type WorldError } from '../errors.js';
import type { GitRunner } from './runner.js';

/** What git says of an object that a partial clone has left at its remote. A look of ours never fetches: it would go to an address that nobody agreed to. */
const LEFT_THERE = /could not fetch [0-9a-f]+ from promisor remote|lazy fetching disabled/;
const OBJECT = /could not fetch ([0-9a-f]{40,64}) from/;

export const saysNotFetched = (said: string): boolean => LEFT_THERE.test(said);

/** Why git failed, by all that it said; `told` is as much of it as is shown. */
export async function gitFailed(attempt: GitRunner['attempt'], { doing, said, told = said }: { doing: string; said: string; told?: string }, cause?: unknown): Promise<WorldError> {
  const remote = saysNotFetched(said) ? await promisor(attempt) : undefined;
  return remote === undefined ? failed('git-failed', { doing, said: told }, cause) : failed('objects-not-fetched', { doing, remote, object: OBJECT.exec(said)?.[1] }, cause);
}

/** The remote that has promised what was not fetched. */
async function promisor(attempt: GitRunner['attempt']): Promise<string | undefined> {
  const { exit, stdout } = await attempt(['config', '--name-only', '-z', '--get-regexp', '^remote\\..*\\.promisor$'], { doing: 'looking for the remote of a partial clone' });
  return exit === 0 ? /^remote\.([^\0]*)\.promisor\0/.exec(stdout.toString('utf8'))?.[1] : undefined;
}
