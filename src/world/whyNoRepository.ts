import { brokenRepositoryAbove } from './brokenRepository.js';
import { failed, type WorldError } from './errors.js';
import type { GitRunner } from './git/runner.js';

const DOING = 'looking for the repository';

/** Why git names no worktree around a folder, by what it said: there is none, or one in which it does not work as it is set up. */
export async function whyNoRepository(runner: GitRunner, cwd: string, said: string): Promise<WorldError> {
  const owned = /dubious ownership in repository at '(.*)'\n/s.exec(said)?.[1];
  if (owned !== undefined) return failed('repository-of-another', { folder: owned });
  if (/must be run in a work tree/.test(said) && await isCalledBare(runner)) return failed('repository-called-bare', {});
  const broken = /not a git repository|invalid gitfile format/.test(said) ? brokenRepositoryAbove(cwd) : undefined;
  if (broken !== undefined) return failed('repository-broken', { ...broken });
  if (/not a git repository|must be run in a work tree|cannot use bare repository/.test(said)) {
    return failed('not-a-repository', { folder: cwd, why: /bare|work tree/.test(said) ? 'that is a git directory, and no place to work in' : undefined });
  }
  return failed('git-failed', { doing: DOING, said: said.trim() });
}

async function isCalledBare(runner: GitRunner): Promise<boolean> {
  const inside = await runner.attempt(['rev-parse', '--is-inside-git-dir'], { doing: DOING });
  return inside.stdout.toString('utf8').trim() === 'false';
}
