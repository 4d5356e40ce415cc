import { realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { RepoPath } from '../domain/paths.js';
import { statOf } from './containment.js';
import { failed, systemCode } from './errors.js';
import type { EarlyAnswers } from './git/early.js';
import { INSIDE_GIT } from './git/environment.js';
import { WHERE, type Question } from './git/questions.js';
import { openRunner, type GitRunner } from './git/runner.js';

/** Where things are, as absolute paths of this machine. Never published. */
export interface Places {
  /** The worktree's root, symbolic links resolved. */
  root: string;
  /** This worktree's own git directory. */
  gitDirectory: string;
  /** The git directory that linked worktrees share. */
  commonDirectory: string;
  /** Live state of this worktree: `<git directory>/cxw`. */
  state: string;
  /** State that sibling worktrees share: `<common directory>/cxw`. */
  shared: string;
}

/**
 * Finds the worktree around a folder, by one call of git. Throws `not-a-repository` where there is none, as in a bare
 * repository or inside a git directory, and `repository-broken` where there was one.
 */
export async function openPlaces(from: string | undefined, env: NodeJS.ProcessEnv, signal?: AbortSignal, early?: EarlyAnswers): Promise<Places> {
  const cwd = standingFolder(from);
  const [root, gitDirectory, commonDirectory] = (await askForPlaces(openRunner(cwd, env, signal, early), cwd)).map(standing);
  const [state, shared] = [join(gitDirectory!, 'cxw'), join(commonDirectory!, 'cxw')];
  for (const place of [state, shared]) refuseLink(place, root!);
  return { root: root!, gitDirectory: gitDirectory!, commonDirectory: commonDirectory!, state, shared };
}

/** A folder that stands: git can be started nowhere else. */
function standingFolder(folder: string | undefined): string {
  if (folder === undefined) throw failed('not-a-repository', { folder: 'the place where this was started', why: 'it has been removed' });
  if (isFolder(folder)) return folder;
  // A path reaches us as text: what is none in it was replaced.
  throw failed('not-a-repository', { folder, why: folder.includes('\ufffd') ? 'it is not there; or its path is no UTF-8, and such a folder cannot be entered by cxw' : 'that is no folder that can be entered' });
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Gone, a link that leads nowhere, a name that is too long: nothing can be done there, whatever the reason.
    return false;
  }
}

/** Where a folder that git named really is. */
function standing(place: string): string {
  try {
    return realpathSync.native(place);
  } catch (error) {
    throw systemCode(error) === undefined ? error : failed('git-failed', { doing: 'looking for the repository', said: 'it named a folder that is not there' }, error);
  }
}

/** Evidence is kept where git keeps its own, and not where a link in its place leads. */
function refuseLink(place: string, root: string): void {
  const path = relative(root, place) as RepoPath;
  if (statOf(Buffer.from(place))?.isSymbolicLink()) throw failed('path-through-link', { path, link: path });
}

/** The variable, if any, that shows that git itself started us, as from a hook or an alias. */
export function insideGitVariable(env: NodeJS.ProcessEnv): string | undefined {
  return INSIDE_GIT.find((name) => env[name] !== undefined);
}

async function askForPlaces(runner: GitRunner, cwd: string): Promise<string[]> {
  const [command, format, ...places] = WHERE as [string, string, ...string[]];
  const answers = (await ask(runner, cwd, WHERE)).split('\n');
  // Answers are told apart by lines only, which a newline in a folder's name defeats.
  return answers.length === places.length ? answers : Promise.all(places.map((place) => ask(runner, cwd, [command, format, place])));
}

async function ask(runner: GitRunner, cwd: string, question: Question): Promise<string> {
  const answer = await runner.attempt(question, { doing: 'looking for the repository' });
  if (answer.exit === 0) return answer.stdout.toString('utf8').replace(/\n$/, '');
  throw await (await import('./whyNoRepository.js')).whyNoRepository(runner, cwd, answer.stderr);
}
