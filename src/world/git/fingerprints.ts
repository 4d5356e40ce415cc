import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isExecuting, isFilter } from '../../domain/executingSettings.js';
import { lastOf, type Settings } from '../../domain/gitSettings.js';
import { pathFromBytes, type RepoPath } from '../../domain/paths.js';
import { isSubmodule, type IndexLine } from '../../domain/porcelain.js';
import type { FingerprintDetails } from '../../domain/repository.js';
import { parentOf, placeOf, statOf } from '../containment.js';
import { namesIn } from '../contents.js';
import { sha256 } from '../digests.js';
import { onDisk } from '../durably.js';
import type { Places } from '../places.js';
import { hooksFolder } from './hooksFolder.js';
import type { Readings } from './readings.js';
import type { GitRunner } from './runner.js';
import { below, fileState, filesNamed, realOf, valuesOf, type Seen } from './seen.js';
import type { SeenInside } from './submodules.js';
import { hiddenBit } from './survey.js';

/**
 * Fingerprints of all that could execute or redirect when git or an agent runs here, or hide files from a look: hooks,
 * filters, attributes, ignore rules beside the worktree, what a sparse checkout leaves out, agents' configuration, config keys. Salted, so that what is published says "the same" and nothing else. Files of the
 * worktree go by their repository path. What an ordinary fetch or push sets is not part of it.
 */
export async function takeFingerprints(readings: Readings, places: Places, salt: string, early: FingerprintDetails): Promise<FingerprintDetails> {
  const directories = await directoriesOfDirt(readings);
  return onDisk('taking fingerprints', async () =>
    ({ ...early, attributes: { ...salted(salt, 'attributes', attributesIn(places, directories)), ...early.attributes } }));
}

/**
 * The same before git compares a file, for which it may start a filter: it lacks the attributes of directories in which
 * nothing is tracked.
 */
export async function takeEarlyFingerprints(runner: GitRunner, readings: Readings, places: Places, salt: string): Promise<FingerprintDetails> {
  const [settings, index] = await Promise.all([readings.settings(), readings.index()]);
  const [hooks, attributeFiles] = await Promise.all([hooksFolder(runner, places, settings), sharedAttributeFiles(runner, places, settings)]);
  const inner = await seenInSubmodules(runner, places, index);
  return onDisk('taking fingerprints', async () => ({
    hooks: salted(salt, 'hooks', below(Buffer.from(hooks), 'hooks')),
    filters: salted(salt, 'filters', { ...executing(places, settings.filter(isFilter)), ...inner?.filters }),
    attributes: salted(salt, 'attributes', { ...outside(attributeFiles), ...trackedAttributes(index), ...attributesIn(places, directoriesOf(index)), ...leftOut(index), ...inner?.attributes }),
    agents: salted(salt, 'agents', agentFiles(places.root)),
    config: salted(salt, 'config', { ...executing(places, settings.filter(isExecuting)), ...inner?.config }),
  }));
}

/** Settings, and the programs of this worktree that they start. */
const executing = ({ root }: Places, settings: Settings): Seen => ({ ...valuesOf(settings), ...filesNamed(root, settings) });

/** Git looks into every submodule as it looks into the worktree. Most repositories have none, and load nothing for them. */
async function seenInSubmodules(runner: GitRunner, places: Places, index: readonly IndexLine[]): Promise<SeenInside | undefined> {
  const submodules = index.filter(isSubmodule);
  return submodules.length === 0 ? undefined : (await import('./submodules.js')).seenInside(runner, places, submodules);
}

const salted = (salt: string, kind: keyof FingerprintDetails, seen: Seen): Record<string, string> =>
  Object.fromEntries(Object.entries(seen).map(([name, what]) => [name, digestOf(salt, kind, name, what)]));

const digestOf = (...parts: string[]): string => sha256(JSON.stringify(parts));

/**
 * Attributes and ignore rules that do not lie in the worktree: this repository's own files, and the user's. What is
 * ignored is not looked at, so a rule that nobody sees would hide files that a proof stands on.
 */
async function sharedAttributeFiles(runner: GitRunner, { commonDirectory }: Places, settings: Settings): Promise<Record<string, string>> {
  const [attributes, excludes] = await Promise.all([usersFile(runner, settings, 'core.attributesFile', 'attributes'), usersFile(runner, settings, 'core.excludesFile', 'ignore')]);
  return {
    'info/attributes': join(commonDirectory, 'info/attributes'),
    'info/exclude': join(commonDirectory, 'info/exclude'),
    ...(attributes === undefined ? {} : { 'core.attributesFile': attributes }),
    ...(excludes === undefined ? {} : { 'core.excludesFile': excludes }),
  };
}

/** The file that a key names, or the one that git takes where it was told of no other. */
const usersFile = async (runner: GitRunner, settings: Settings, key: string, usual: string): Promise<string | undefined> =>
  (lastOf(settings, key.toLowerCase()) === undefined ? usualFile(runner, usual) : namedFile(runner, key));

function usualFile({ environment: { HOME, XDG_CONFIG_HOME } }: GitRunner, name: string): string | undefined {
  if (XDG_CONFIG_HOME !== undefined && XDG_CONFIG_HOME !== '') return join(XDG_CONFIG_HOME, 'git', name);
  return HOME === undefined ? undefined : join(HOME, '.config/git', name);
}

async function namedFile(runner: GitRunner, key: string): Promise<string | undefined> {
  const { exit, stdout } = await runner.attempt(['config', '--type=path', '--get', key], { doing: `looking for the file of ${key}` });
  return exit === 0 ? stdout.toString('utf8').replace(/\n$/, '') : undefined;
}

const outside = (files: Record<string, string>): Seen =>
  Object.entries(files).reduce<Seen>((seen, [name, file]) => below(Buffer.from(file), name, seen), {});

/** What a sparse checkout leaves out: a proof does without it, and git does not miss it. */
function leftOut(index: readonly IndexLine[]): Seen {
  const paths = index.filter((line) => hiddenBit(line) === 'skip-worktree').map(({ path }) => path);
  return paths.length === 0 ? {} : { 'sparse-checkout': sha256(paths.join('\0')) };
}

/** Every directory that holds one of these paths. Only where there are paths can attributes say anything about one. */
function directoriesOf(listed: readonly { path: RepoPath }[], known: ReadonlySet<string> = new Set()): Set<string> {
  const directories = new Set<string>(known.has('') ? [] : ['']);
  for (const { path } of listed) {
    for (let directory = parentOf(path); !directories.has(directory) && !known.has(directory); directory = parentOf(directory)) directories.add(directory);
  }
  return directories;
}

/** Those that hold a path which could be tracked, and none that is. */
async function directoriesOfDirt(readings: Readings): Promise<Set<string>> {
  const [index, { dirty }] = await Promise.all([readings.index(), readings.status()]);
  return directoriesOf(dirty, directoriesOf(index));
}

/** Attributes files of the index. Git falls back on them when the worktree has none. */
const trackedAttributes = (index: readonly IndexLine[]): Seen =>
  Object.fromEntries(index.filter(({ path }) => path === '.gitattributes' || path.endsWith('/.gitattributes')).map(({ path, id }) => [path, `index ${id}`]));

function attributesIn({ root }: Places, directories: ReadonlySet<string>): Seen {
  const seen: Seen = {};
  for (const directory of directories) {
    const path = (directory === '' ? '.gitattributes' : `${directory}/.gitattributes`) as RepoPath;
    const place = placeOf(root, path);
    // Git itself does not follow a link here.
    if (statOf(place) !== undefined) seen[path] = fileState(place, path);
  }
  return seen;
}

/** Configuration by which coding agents and editors run programs in this repository. A star stands for the end of a name. */
const AGENT_FILES = [
  '.claude/settings*', '.claude/hooks', '.codex/config.toml', '.codex/hooks.json', '.codex/rules', '.codex/agents',
  '.mcp.json', '.cursor/mcp.json', '.vscode/tasks.json', '.agents',
] as const;

function agentFiles(root: string): Seen {
  const seen: Seen = {};
  for (const pattern of AGENT_FILES) {
    const names = pattern.endsWith('*') ? startingWith(root, pattern.slice(0, -1)) : [pattern];
    for (const name of names) below(placeOf(root, name as RepoPath), name, seen);
  }
  return seen;
}

function startingWith(root: string, start: string): string[] {
  const folder = parentOf(start);
  const real = realOf(placeOf(root, folder as RepoPath));
  if (real === undefined || !statSync(real).isDirectory()) return [];
  return namesIn(real).map((name) => `${folder}/${pathFromBytes(name)}`).filter((path) => path.startsWith(start));
}
