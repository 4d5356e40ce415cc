import { ABSENT_MODE, GITLINK_MODE, OBJECT_ID, type ChangedPath } from './changeSet.js';
import type { TreeEntry } from './facts.js';
import { bytesOfPath, pathFromBytes, type RepoPath } from './paths.js';
import type { DirtyPath, Identity, Survey } from './repository.js';

/**
 * Git's machine-readable answers, from bytes to data and back. NUL never occurs in a name, and every format here is
 * separated by it, so a whole answer is decoded once and then split.
 */

/** An answer that is not in the format that git promises. The world takes it for what it is: a failure of git. */
export class UnreadableAnswer extends Error {
  constructor(what: string, told: string) {
    super(`its answer holds what is no ${what}: ${JSON.stringify(told.slice(0, 200))}`);
    this.name = 'UnreadableAnswer';
  }
}

/** The one id that an answer is. Anything else given to git again would be read as a path or a pattern. */
export function parseId(line: string): string {
  if (!OBJECT_ID.test(line)) throw new UnreadableAnswer('object id', line);
  return line;
}

/** The records of a NUL-separated answer. */
export function records(bytes: Uint8Array): string[] {
  const split = pathFromBytes(bytes).split('\0');
  if (split.at(-1) === '') split.pop();
  return split;
}

/** Paths as input for a command that reads them NUL-separated. */
export function pathsInput(paths: readonly RepoPath[]): Uint8Array {
  return encodeRecords(paths);
}

/** Entries as input for `update-index -z --index-info`. An entry of mode 000000 takes the path out. */
export function indexInfo(entries: readonly { path: RepoPath; mode: string; id: string }[]): Uint8Array {
  return encodeRecords(entries.map(({ path, mode, id }) => `${mode} ${id}\t${path}`));
}

const encodeRecords = (texts: readonly string[]): Uint8Array => bytesOfPath(texts.map((text) => `${text}\0`).join('') as RepoPath);

/** What `status --porcelain=v2 -z --branch` says; ignored paths apart, where they were asked for. */
export function parseStatus(bytes: Uint8Array): Survey & { ignored: RepoPath[] } {
  const dirty = new Map<RepoPath, DirtyPath>();
  const ignored: RepoPath[] = [];
  const headers: Record<string, string> = {};
  const lines = records(bytes);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (line.startsWith('# ')) {
      const [, name, value] = /^# (\S+) (.*)$/s.exec(line) ?? [];
      if (name !== undefined) headers[name] = value!;
    } else if (line.startsWith('! ')) {
      ignored.push(withoutSlash(line.slice(2)));
    } else {
      addDirty(dirty, dirtyPath(line));
      // A rename names its old half in a record of its own.
      if (line.startsWith('2 ')) addDirty(dirty, { path: formerName(line, lines[++at]), kind: 'changed', staged: true, unstaged: false, submodule: false });
    }
  }
  return { ...branchOf(headers), dirty: inGitsOrder([...dirty.values()]), ignored };
}

function formerName(line: string, name: string | undefined): RepoPath {
  if (name === undefined || name === '') throw new UnreadableAnswer('status record', line);
  return name as RepoPath;
}

function branchOf(headers: Record<string, string>): Omit<Survey, 'dirty'> {
  const head = headers['branch.oid'];
  const branch = headers['branch.head'];
  const distance = /^\+(\d+) -(\d+)$/.exec(headers['branch.ab'] ?? '');
  return {
    head: head === '(initial)' ? undefined : head,
    branch: branch === undefined || branch === '(detached)' ? undefined : `refs/heads/${branch}`,
    upstream: headers['branch.upstream'],
    ahead: distance ? Number(distance[1]) : undefined,
    behind: distance ? Number(distance[2]) : undefined,
  };
}

/** How many blank-separated fields stand before the path, by the kind of record. */
const FIELDS: Record<string, number> = { '1': 8, '2': 9, u: 10, '?': 1 };

function dirtyPath(line: string): DirtyPath {
  const fields = FIELDS[line[0]!];
  const path = fields === undefined ? '' as RepoPath : withoutSlash(afterFields(line, fields));
  if (path === '') throw new UnreadableAnswer('status record', line);
  const [kind, states = '??', submodule = 'N...'] = line.split(' ', 3);
  if (kind === '?') return { path, kind: 'untracked', staged: false, unstaged: true, submodule: false };
  return {
    path,
    kind: kind === 'u' ? 'unmerged' : 'changed',
    staged: states[0] !== '.',
    unstaged: states[1] !== '.',
    submodule: submodule.startsWith('S'),
  };
}

/** Nothing where there are fewer fields. */
function afterFields(line: string, fields: number): string {
  let at = 0;
  for (let field = 0; field < fields; field++) {
    const blank = line.indexOf(' ', at);
    if (blank < 0) return '';
    at = blank + 1;
  }
  return line.slice(at);
}

/** A nested repository is told with a slash at its end. */
const withoutSlash = (path: string): RepoPath => path.replace(/\/$/, '') as RepoPath;

/** A staged deletion whose file still stands is told twice: as deleted and as untracked. It is one path. */
function addDirty(dirty: Map<RepoPath, DirtyPath>, one: DirtyPath): void {
  const other = dirty.get(one.path);
  dirty.set(one.path, other === undefined ? one : {
    path: one.path,
    kind: other.kind === 'untracked' ? one.kind : other.kind,
    staged: one.staged || other.staged,
    unstaged: one.unstaged || other.unstaged,
    submodule: one.submodule || other.submodule,
  });
}

/** Sorts by the bytes of the names. */
export function inGitsOrder<T extends { path: RepoPath }>(entries: readonly T[]): T[] {
  return entries
    .map((entry) => ({ entry, key: byteKey(entry.path) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ entry }) => entry);
}

/** One character a byte, so that comparing text compares bytes; most names are that already. */
const byteKey = (path: RepoPath): string =>
  /^[\x00-\x7f]*$/.test(path) ? path : Array.from(bytesOfPath(path), (byte) => String.fromCharCode(byte)).join('');

/** One line of the index. */
export interface IndexLine {
  path: RepoPath;
  mode: string;
  id: string;
  stage: number;
  /** The letter of `ls-files -v`: `H`, `S` for skip-worktree, in lower case for assume-unchanged. */
  letter?: string;
  /** The line without its path, as git told it. */
  line: string;
}

/** The line names a commit of another repository. */
export const isSubmodule = ({ mode }: IndexLine): boolean => mode === GITLINK_MODE;

/** What `ls-files -s -z` says, with or without `-v`. */
export function parseIndex(bytes: Uint8Array): IndexLine[] {
  return records(bytes).map((record) => {
    const tab = record.indexOf('\t');
    const line = record.slice(0, tab);
    const fields = line.split(' ');
    const [mode, id, stage] = fields.slice(-3);
    if (tab < 0 || tab === record.length - 1 || !/^\d{6}$/.test(mode!) || !/^[0-3]$/.test(stage ?? '')) throw new UnreadableAnswer('index record', record);
    return { path: record.slice(tab + 1) as RepoPath, mode: mode!, id: id!, stage: Number(stage), letter: fields.length > 3 ? fields[0] : undefined, line };
  });
}

/** What `diff-tree -r -z --raw --no-renames --no-abbrev` says about two trees. */
export function parseRawDiff(bytes: Uint8Array): ChangedPath[] {
  const entries: ChangedPath[] = [];
  const told = records(bytes);
  for (let at = 0; at < told.length; at += 2) {
    const fields = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) [A-Z]\d*$/.exec(told[at]!);
    const path = told[at + 1];
    if (!fields || path === undefined || path === '') throw new UnreadableAnswer('difference record', told[at]!);
    const [, oldMode, newMode, oldId, newId] = fields;
    entries.push({ path: path as RepoPath, oldMode: oldMode!, newMode: newMode!, oldId: oldId!, newId: newId! });
  }
  return entries;
}

/** The paths of a `--numstat -z` whose lines git does not count, because it takes the content for no text. */
export function parseUncounted(bytes: Uint8Array): RepoPath[] {
  return records(bytes).flatMap((record) => (record.startsWith('-\t-\t') ? [record.slice('-\t-\t'.length) as RepoPath] : []));
}

/** The same difference in git's own bytes again: what the digest of a part of a change is taken of. */
export function rawDiff(entries: readonly ChangedPath[]): Uint8Array {
  return encodeRecords(entries.flatMap((entry) => [`:${entry.oldMode} ${entry.newMode} ${entry.oldId} ${entry.newId} ${statusOf(entry)}`, entry.path]));
}

function statusOf({ oldMode, newMode }: ChangedPath): string {
  if (oldMode === ABSENT_MODE) return 'A';
  if (newMode === ABSENT_MODE) return 'D';
  // Another type altogether: file, link or submodule.
  return oldMode.slice(0, 3) === newMode.slice(0, 3) ? 'M' : 'T';
}

/** The entries of one tree object's raw content. `idBytes` is the length of an object id in this repository: 20 or 32. */
export function parseTree(bytes: Uint8Array, idBytes: number): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const nul = bytes.indexOf(0, at);
    const told = pathFromBytes(bytes.subarray(at, nul < 0 ? undefined : nul));
    if (nul < 0 || nul + idBytes >= bytes.length || !/^\d{5,6} ./s.test(told)) throw new UnreadableAnswer('tree entry', told);
    const [mode, ...name] = told.split(' ');
    const id = Array.from(bytes.subarray(nul + 1, nul + 1 + idBytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
    entries.push({ path: name.join(' ') as RepoPath, mode: mode!.padStart(6, '0'), id });
    at = nul + 1 + idBytes;
  }
  return entries;
}

/** The person of an ident line, as `git var GIT_COMMITTER_IDENT` tells it: `Ada <ada@example.org> 1700000000 +0000`. */
export function parseIdent(line: string): Identity | undefined {
  const [, name, email] = /^(.*) <([^<>]*)> \d+ [+-]\d{4}$/.exec(line) ?? [];
  return name === undefined || email === undefined ? undefined : { name, email };
}
