import { join, resolve } from 'node:path';
import { isExecuting, isFilter } from '../../domain/executingSettings.js';
import type { Setting, Settings } from '../../domain/gitSettings.js';
import { isSubmodule, type IndexLine } from '../../domain/porcelain.js';
import { bytesOfPath, pathFromBytes, showPath, type RepoPath } from '../../domain/paths.js';
import type { FingerprintDetails } from '../../domain/repository.js';
import { placeOf, statOf } from '../containment.js';
import { bytesAt, inside } from '../contents.js';
import { onDisk } from '../durably.js';
import type { Places } from '../places.js';
import { parseIndex } from './answers.js';
import { settingsOf } from './configuration.js';
import { LINES_OF_INDEX, SETTINGS } from './questions.js';
import type { GitRunner } from './runner.js';
import { below, filesNamed, realOf, valuesOf, type Seen } from './seen.js';

/** What is seen inside of submodules, by the kind of fingerprint that it belongs to. */
export type SeenInside = Record<keyof Pick<FingerprintDetails, 'filters' | 'attributes' | 'config'>, Seen>;

/** How deep submodules lie in submodules, at most, that anybody looks into. */
const DEEPEST = 12;

/**
 * What executes or redirects when git compares the files of these submodules and of those within: each has settings and
 * attributes of its own. Asking for its settings and its index compares no file. One that is not checked out runs nothing.
 */
export async function seenInside(runner: GitRunner, places: Places, submodules: readonly IndexLine[], depth = 0): Promise<SeenInside> {
  const all: SeenInside = { filters: {}, attributes: {}, config: {} };
  // One after the other: each costs two processes of git, and there may be hundreds.
  for (const { path } of submodules) {
    if (!await isCheckedOut(places, path)) continue;
    const { settings, within } = await askInside(runner, places, path);
    const seen = await onDisk('taking fingerprints of submodules', async () => seenIn(places, path, settings));
    const deeper = within.length > 0 && depth < DEEPEST ? await seenInside(runner, places, within, depth + 1) : undefined;
    for (const kind of KINDS) Object.assign(all[kind], seen[kind], deeper?.[kind]);
  }
  return all;
}

const KINDS = ['filters', 'attributes', 'config'] as const satisfies (keyof SeenInside)[];

const isCheckedOut = ({ root }: Places, path: RepoPath): Promise<boolean> => onDisk('looking for submodules', async () =>
  statOf(placeOf(root, path))?.isDirectory() === true && statOf(gitFile(root, path)) !== undefined);

const gitFile = (root: string, path: RepoPath): Buffer => placeOf(root, `${path}/.git` as RepoPath);

/** Its own settings, and the submodules of its index. Where git cannot be asked, it cannot look into it either. */
async function askInside(runner: GitRunner, { root }: Places, path: RepoPath): Promise<{ settings: Settings; within: IndexLine[] }> {
  if (!path.isWellFormed()) return { settings: [], within: [] };
  // As git's own status asks it: this repository and none around it.
  const call = { doing: 'looking into submodules', cwd: join(root, path), env: { GIT_DIR: '.git' } };
  // What was asked early was asked of another repository; a copy of the question is not taken for it.
  const [settings, index] = await Promise.all([runner.attempt([...SETTINGS], call), runner.attempt([...LINES_OF_INDEX], call)]);
  return {
    settings: settings.exit === 0 ? settingsOf(settings.stdout, (scope) => OWN.has(scope)) : [],
    within: index.exit === 0 ? parseIndex(index.stdout).filter(isSubmodule).map((line) => ({ ...line, path: `${path}/${line.path}` as RepoPath })) : [],
  };
}

const OWN: ReadonlySet<string> = new Set(['local', 'worktree']);

function seenIn({ root }: Places, path: RepoPath, settings: Settings): SeenInside {
  const name = (what: string): string => `${showPath(path)}: ${what}`;
  const { pointer, shared } = gitDirectoryOf(root, path);
  const place = join(root, path);
  const executing = (isMeant: (setting: Setting) => boolean): Seen => {
    const meant = settings.filter(isMeant);
    const values = Object.entries(valuesOf(meant)).map(([key, value]) => [name(key), value]);
    return { ...Object.fromEntries(values), ...filesNamed(root, meant, place) };
  };
  return {
    filters: executing(isFilter),
    attributes: shared === undefined ? {} : below(inside(shared, Buffer.from('info/attributes')), name('info/attributes')),
    config: { ...executing(isExecuting), [name('git directory')]: pointer },
  };
}

/** Where its git directory is said to lie, and where what all its worktrees share lies; nothing when nothing lies there. */
function gitDirectoryOf(root: string, path: RepoPath): { pointer: string; shared?: Buffer } {
  const file = realOf(gitFile(root, path));
  if (file === undefined) return { pointer: 'nowhere' };
  if (statOf(file)?.isDirectory() === true) return { pointer: `directory ${pathFromBytes(file)}`, shared: sharedBeside(file) };
  const text = textAt(file);
  const named = /^gitdir: (.*)$/m.exec(text)?.[1];
  return { pointer: text, shared: named === undefined ? undefined : sharedBeside(resolved(placeOf(root, path), named)) };
}

/** A worktree's own git directory names the one that it shares. */
function sharedBeside(directory: Buffer): Buffer {
  const named = textAt(inside(directory, Buffer.from('commondir')));
  return named === '' ? directory : resolved(directory, named.split('\n')[0]!);
}

const resolved = (from: Buffer, named: string): Buffer => Buffer.from(bytesOfPath(resolve(pathFromBytes(from), named) as RepoPath));
const textAt = (file: Buffer): string => pathFromBytes(bytesAt(file, 'a git directory' as RepoPath) ?? Buffer.alloc(0));
