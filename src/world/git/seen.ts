import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Settings } from '../../domain/gitSettings.js';
import { bytesOfPath, pathFromBytes, type RepoPath } from '../../domain/paths.js';
import { lookAt, statOf } from '../containment.js';
import { contentAt, inside, isExecutable, namesIn, targetAt } from '../contents.js';

/** What is to be digested, by the name under which it is shown. */
export type Seen = Record<string, string>;

/** Values of a key in the order in which git reads them; later ones win, so order counts. */
export function valuesOf(settings: Settings): Seen {
  const seen: Record<string, string[]> = {};
  for (const { key, value } of settings) (seen[withoutUserInfo(key)] ??= []).push(`${key}=${value ?? ''}`);
  return Object.fromEntries(Object.entries(seen).map(([key, values]) => [key, JSON.stringify(values)]));
}

/** A key can hold a URL, and the URL a password; names are shown. */
const withoutUserInfo = (key: string): string => key.replace(/:\/\/[^/@]*@/, '://');

/**
 * Files of the worktree that a value names, as a word of a command or as all of it: what would run is what they hold. The
 * place is where git would start the command. Of what lies in the git directory programs write much themselves.
 */
export function filesNamed(root: string, settings: Settings, place: string = root): Seen {
  const words = new Set(settings.filter(startsPrograms).flatMap(({ value = '' }) => [value, ...value.split(BETWEEN_WORDS)]).filter(looksLikeFile));
  const seen: Seen = {};
  for (const word of words) {
    const file = resolve(place, word);
    if (!file.startsWith(`${root}/`) || file.startsWith(`${root}/.git/`)) continue;
    const exact = Buffer.from(bytesOfPath(file as RepoPath));
    const real = realOf(exact);
    if (real !== undefined && statSync(real).isFile()) below(exact, `./${file.slice(root.length + 1)}`, seen);
  }
  return seen;
}

/** Most aliases are words of git's own. */
const startsPrograms = ({ key, value }: Settings[number]): boolean => !key.startsWith('alias.') || value?.startsWith('!') === true;

/** A word such as `log` or `store` is meant for the program, whatever file has that name too. */
const looksLikeFile = (word: string): boolean => /[./]/.test(word);

/** What stands between the words of a command of a shell. */
const BETWEEN_WORDS = /[\s'"`=;|&()<>!]+/;

const DEEPEST = 12;

/** Every file at or below a place, links followed: what would run is what they lead to. */
export function below(place: Buffer, name: string, seen: Seen = {}, above: readonly string[] = []): Seen {
  const stat = lookAt(place);
  if (stat === undefined) return seen;
  if (stat === 'denied') return Object.assign(seen, { [name]: stat });
  const target = targetAt(place);
  if (target !== undefined) seen[name] = `link to ${pathFromBytes(target)}`;
  const real = target === undefined ? place : realOf(place);
  if (real === undefined) return seen;
  if (!statSync(real).isDirectory()) {
    seen[name] = `${seen[name] ?? ''}${fileState(real, name)}`;
  } else if (above.length < DEEPEST && !above.includes(real.toString('latin1'))) {
    for (const child of namesIn(real)) below(inside(real, child), `${name}/${pathFromBytes(child)}`, seen, [...above, real.toString('latin1')]);
  }
  return seen;
}

export function realOf(place: Buffer): Buffer | undefined {
  try {
    return realpathSync(place, { encoding: 'buffer' });
  } catch {
    // A link that leads nowhere runs nothing; where it points is remembered all the same.
    return undefined;
  }
}

export function fileState(place: Buffer, shown: string): string {
  const { kind, digest } = contentAt(place, shown as RepoPath);
  return `${kind} ${isExecutable(statOf(place)?.mode ?? 0)} ${digest ?? ''}`;
}
