import { setTimeout as pause } from 'node:timers/promises';
import { ABSENT_MODE, type ObjectId } from '../../domain/changeSet.js';
import { isPromised, isWritten, type IndexWish } from '../../domain/delivery/sets.js';
import type { IndexEntry } from '../../domain/facts.js';
import { bytesOfPath, type RepoPath } from '../../domain/paths.js';
import { indexInfo, pathsInput, records } from '../../domain/porcelain.js';
import { parseRawDiff } from './answers.js';
import { placeOf, statOf } from '../containment.js';
import { failed, WorldError } from '../errors.js';
import { hindrance, saysLocked } from './conditions.js';
import type { Places } from '../places.js';
import type { CommitParts, Trees } from './index.js';
import { entriesAt } from './indexEntries.js';
import { openRemerge } from './remerge.js';
import { readIds } from './objects.js';
import type { GitResult, GitRunner } from './runner.js';
import { readIndexLines } from './survey.js';
import { layOut, openWorkbench, OWN_INDEX, writeTree } from './workbench.js';

/** Trees, commits and index entries by object id. Paths go to git as NUL-separated bytes, never as pathspecs. */
export function openTrees(runner: GitRunner, places: Places): Trees {
  const bench = openWorkbench(places);
  return {
    build: async (base, entries) => {
      const own = { index: await bench.index(), config: OWN_INDEX };
      await layOut(runner, base, entries, own);
      return writeTree(runner, { ...own, doing: 'writing the tree' });
    },

    difference: async (from, to) => parseRawDiff(await runner.run(
      ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', '--no-ext-diff', '--no-textconv', from, to], { doing: 'comparing trees' })),

    beyondMerging: openRemerge(runner),

    entries: async (tree, paths) => {
      const wanted = new Set(paths);
      return treeEntries(await runner.run(['ls-tree', '-r', '-z', '--full-tree', tree], { doing: 'reading a tree' }))
        .filter((entry) => wanted.has(entry.path));
    },

    idsAt: (wanted) => readIds(runner, wanted.map(({ commit, path }) => Buffer.concat([Buffer.from(`${commit}:`), bytesOfPath(path)])), { doing: 'reading trees' }),

    known: (commits) => knownAmong(runner, commits, '^{commit}', 'looking up commits'),

    knownBlobs: (wanted) => knownAmong(runner, wanted, '^{blob}', 'looking up what is staged'),

    lacking: async (wanted) => {
      const known = await knownAmong(runner, wanted, '', 'looking up what was made');
      return wanted.filter((id) => !known.has(id));
    },

    commit: (parts) => writeCommit(runner, { ...parts, parents: [parts.parent] }),

    readIndex: async (paths) => entriesAt(runner, await readIndexLines(runner), paths),

    keepBlobs: async (ids) => {
      for (const id of ids) {
        const { exit, stdout } = await runner.attempt(['cat-file', 'blob', id], { doing: 'reading what is staged' });
        // One that is lost already is no reason to stop.
        if (exit === 0) await runner.run(['hash-object', '-w', '--stdin', '--no-filters'], { doing: 'keeping what is staged', input: stdout });
      }
    },

    writeIndex: async (entries) => {
      // Over an entry that stands, a promise to add is no change; so it is taken out first. Whoever is cut short in between can ask for it again.
      const plain = entries.map((entry) => (entry.intentToAdd ? { ...entry, mode: ABSENT_MODE } : entry));
      await unlocked(places, () => runner.attempt(['update-index', '-z', '--index-info'], { doing: 'writing index entries', input: indexInfo(removalsFirst(plain)) }));
      // A promise to add a file that has gone meanwhile cannot be kept, and is not needed.
      const kept = entries.filter((entry) => !entry.intentToAdd || isFileAt(places, entry.path));
      const promises = kept.filter((entry) => entry.intentToAdd).map((entry) => entry.path);
      if (promises.length > 0) await unlocked(places, () => promiseToAdd(runner, promises));
      demandWritten(kept, await entriesAt(runner, await readIndexLines(runner), entries.map((entry) => entry.path)));
    },
  };
}

/** Those of the objects that are here, if they are of this type: none is any. */
async function knownAmong(runner: GitRunner, wanted: readonly ObjectId[], type: '^{commit}' | '^{blob}' | '', doing: string): Promise<Set<ObjectId>> {
  const ids = await readIds(runner, wanted.map((id) => Buffer.from(`${id}${type}`)), { doing });
  return new Set(wanted.filter((_, at) => ids[at] !== undefined));
}

/** A git that says yes and writes nothing would leave an index that undoes the delivery with the next commit. */
function demandWritten(wishes: readonly IndexWish[], index: readonly IndexEntry[]): void {
  if (wishes.every((wish) => (wish.intentToAdd ? isPromised(wish.path, index) : isWritten(wish, index)))) return;
  throw failed('git-failed', { doing: 'writing index entries', said: 'it reported success, and the index does not hold them' });
}

/** What git would promise to add as this very path: of a directory it would take what is in there. */
function isFileAt({ root }: Places, path: RepoPath): boolean {
  const stat = statOf(placeOf(root, path));
  return stat !== undefined && !stat.isDirectory();
}

/** A file where a directory was can only be added after what was in the directory is gone. */
function removalsFirst<E extends { mode: string }>(entries: readonly E[]): E[] {
  const isRemoval = (entry: E): boolean => entry.mode === ABSENT_MODE;
  return [...entries.filter(isRemoval), ...entries.filter((entry) => !isRemoval(entry))];
}

/** The entries of `ls-tree -r -z`. */
export function treeEntries(bytes: Buffer): { path: RepoPath; mode: string; id: ObjectId }[] {
  return records(bytes).map((record) => {
    const tab = record.indexOf('\t');
    const [mode, , id] = record.slice(0, tab).split(' ');
    if (tab < 0 || id === undefined) throw failed('git-failed', { doing: 'reading a tree', said: `its answer holds what is no tree entry: ${JSON.stringify(record.slice(0, 200))}` });
    return { path: record.slice(tab + 1) as RepoPath, mode: mode!, id: id! };
  });
}

/** git has no plumbing for this flag. Paths are literal and stand as files, so nothing else can match; and some may lie beyond what a sparse checkout holds. */
const promiseToAdd = (runner: GitRunner, paths: readonly RepoPath[]): Promise<GitResult> =>
  runner.attempt(['--literal-pathspecs', 'add', '--intent-to-add', '--sparse', '--pathspec-from-file=-', '--pathspec-file-nul'], { doing: 'writing index entries', input: pathsInput(paths) });

const LOCK_WAIT = 10_000;

/** Waits with growing pauses while somebody else holds the index. Their lock is never removed. */
async function unlocked(places: Places, attempt: () => Promise<GitResult>): Promise<void> {
  const until = Date.now() + LOCK_WAIT;
  for (let wait = 50; ; wait = Math.min(wait * 2, 1000)) {
    const { exit, stderr } = await attempt();
    if (exit === 0) return;
    if (!saysLocked(stderr) || Date.now() + wait > until) throw await hindrance(places, 'writing index entries', stderr);
    await pause(wait);
  }
}

/** With fixed dates the same parts give the same commit, unless it is signed by a key that signs differently each time. */
export async function writeCommit(
  runner: GitRunner,
  { tree, parents, message, author, committer, sign, seconds, ticket }: Omit<CommitParts, 'parent'> & { parents: readonly ObjectId[] },
): Promise<ObjectId> {
  const made = runner.attempt(['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), ...(sign ? ['-S'] : ['--no-gpg-sign']), '-F', '-'], {
    doing: 'making the commit',
    input: message,
    config: ['i18n.commitEncoding=UTF-8'],
    deadline: seconds,
    env: {
      GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email, GIT_AUTHOR_DATE: author.date,
      GIT_COMMITTER_NAME: committer.name, GIT_COMMITTER_EMAIL: committer.email, GIT_COMMITTER_DATE: committer.date,
    },
  });
  const { exit, stdout, stderr } = await (sign ? made.catch((error: unknown) => { throw signerFailure(error, ticket); }) : made);
  const commit = stdout.toString('utf8').trim();
  if (exit === 0 && /^[0-9a-f]{40,64}$/.test(commit)) return commit;
  if (sign) throw failed('signing-failed', { said: stderr.trim(), ticket });
  throw failed('git-failed', { doing: 'making the commit', said: stderr.trim() || `exit ${exit}` });
}

/** A signer that does not end is one that could not sign: it waits for a passphrase where nobody sees it. */
const signerFailure = (error: unknown, ticket: string | undefined): unknown =>
  (error instanceof WorldError && error.problem.code === 'git-timed-out' ? failed('signing-failed', { said: error.problem.message, ticket }, error) : error);
