import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Operation } from '../../domain/repository.js';
import { isAbsence, lookAt, statOf } from '../containment.js';
import { onDisk } from '../durably.js';
import { failed } from '../errors.js';
import type { Places } from '../places.js';
import type { GitRunner } from './runner.js';

/** The operation of git that waits to be finished, if one does. */
export function operationUnderWay(places: Places): Promise<Operation | undefined> {
  const stands = (name: string): boolean => statOf(Buffer.from(join(places.gitDirectory, name))) !== undefined;
  return onDisk('looking for an operation of git under way', async () => {
    if (stands('rebase-merge')) return 'rebase';
    if (stands('rebase-apply')) return stands('rebase-apply/applying') ? 'am' : 'rebase';
    if (stands('MERGE_HEAD')) return 'merge';
    if (stands('CHERRY_PICK_HEAD')) return 'cherry-pick';
    if (stands('REVERT_HEAD')) return 'revert';
    if (stands('sequencer/todo')) return sequenced(join(places.gitDirectory, 'sequencer/todo'));
    return stands('BISECT_LOG') ? 'bisect' : undefined;
  });
}

/** Between two picks of a series only its list of work tells what it is. */
const sequenced = (todo: string): Operation => (readFileSync(todo, 'utf8').startsWith('revert') ? 'revert' : 'cherry-pick');

/** Git's lock files that exist now, by their names below the git directory. Temporary ones of our own are not git's. */
export function gitLocks(places: Places): Promise<string[]> {
  return onDisk("looking for git's locks", async () => {
    const directories = [...new Set([places.gitDirectory, places.commonDirectory])];
    const atTop = directories.flatMap((directory) => locksIn(directory));
    return [...new Set([...atTop, ...refLocks(places.commonDirectory, 'refs/heads')])].sort();
  });
}

/** What git says when somebody else holds a lock, and not when it may not make one, or has no room to. */
const MET = /Unable to create '([^\n]+\.lock)': File exists/;

export const saysLocked = (said: string): boolean => MET.test(said);

/** Why git did not write: locks of its own that stand in its way, and otherwise whatever it says. It names only the first that it meets. */
export async function hindrance(places: Places, doing: string, said: string): Promise<Error> {
  const met = MET.exec(said)?.[1];
  const locks = met === undefined ? [] : [...new Set([...await gitLocks(places), ...standingBelow(places, met)])].sort();
  return locks.length > 0 ? failed('git-locked', { locks }) : failed('git-failed', { doing, said: said.trim() });
}

/** By its name below the git directory, if it still stands. */
function standingBelow({ gitDirectory, commonDirectory }: Places, lock: string): string[] {
  const names = [gitDirectory, commonDirectory].map((directory) => relative(directory, lock)).filter((name) => !name.startsWith('..'));
  return statOf(Buffer.from(lock)) === undefined ? [] : names.slice(0, 1);
}

const locksIn = (directory: string): string[] => namesIn(directory).filter((name) => name.endsWith('.lock'));

function refLocks(directory: string, below: string): string[] {
  return namesIn(join(directory, below)).flatMap((name) => {
    const path = `${below}/${name}`;
    if (name.endsWith('.lock')) return [path];
    return statSync(join(directory, path), { throwIfNoEntry: false })?.isDirectory() ? refLocks(directory, path) : [];
  });
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

/** What would make git show one commit and send another: replacement refs, and the old grafts file. */
export async function findReplacements(runner: GitRunner, places: Places): Promise<string[]> {
  const refs = await runner.line(['for-each-ref', '--format=%(refname)', 'refs/replace'], { doing: 'looking for replaced objects' });
  const grafts = typeof await onDisk('looking for grafts', () => lookAt(join(places.commonDirectory, 'info/grafts'))) === 'object' ? ['info/grafts'] : [];
  return [...refs.split('\n').filter((ref) => ref !== ''), ...grafts];
}
