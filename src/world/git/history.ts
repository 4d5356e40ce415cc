import type { SimpleGit } from 'simple-git';
import type { RepoPath } from '../../domain/paths.js';
import { OBJECT_ID, type ObjectId } from '../../domain/changeSet.js';
import type { CommitInfo } from '../../domain/repository.js';
import { PATIENCE } from '../../domain/patience.js';
import { isUnder } from '../../domain/paths.js';
import { failed, type WorldError } from '../errors.js';
import type { Places } from '../places.js';
import type { History } from './index.js';
import type { GitRunner } from './runner.js';
import { demandCommit } from './shallow.js';
import { openSimpleGit } from './simpleGit.js';
import { gitFailed } from './notFetched.js';
import { treeEntries } from './trees.js';

/**
 * What commits say. Their text comes through simple-git, which is loaded when it is first asked; names of files are
 * bytes, so those come through our own runner.
 */
export function openHistory(runner: GitRunner, places: Places, ambient: NodeJS.ProcessEnv, signal?: AbortSignal, patience: number = PATIENCE.usual): History {
  let opened: Promise<SimpleGit> | undefined;
  const log = async (...args: string[]): Promise<CommitInfo[]> => {
    const git = await (opened ??= openSimpleGit(places.root, ambient, patience, signal));
    try {
      return parseCommits(await git.raw(['--no-replace-objects', '--literal-pathspecs', 'log', '-z', '--no-show-signature', FORMAT, ...args]));
    } catch (error) {
      throw await failureOf(runner, error, patience);
    }
  };

  const resolve: History['resolve'] = async (name) => {
    const { exit, stdout } = await runner.attempt(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], { doing: 'looking up a commit' });
    return exit === 0 ? stdout.toString('utf8').trim() : undefined;
  };
  const entriesOf = async (commit: string): Promise<ReturnType<typeof treeEntries>> =>
    treeEntries(await runner.run(['ls-tree', '-r', '-z', '--full-tree', commit], { doing: 'reading a tree' }));

  return {
    resolve,
    demand: (commit) => demandCommit(runner, commit),
    commit: async (id) => {
      const known = isFullId(id) ? id : await resolve(id);
      return known === undefined ? undefined : oneCommit(runner, known);
    },
    list: (range, most) => log(`--max-count=${most}`, '--end-of-options', range, '--'),
    withTrailer: async (from, key, value) => {
      if (await resolve(from) === undefined) return [];
      const candidates = await log('--fixed-strings', `--grep=${key}: ${value}`, '--end-of-options', from, '--');
      return candidates.filter((commit) => commit.trailers.some((trailer) => trailer.key.toLowerCase() === key.toLowerCase() && trailer.value === value));
    },
    between: async (from, to, most) => {
      const ends = await Promise.all([resolve(from), resolve(to)]);
      return ends.includes(undefined) ? [] : log(`--max-count=${most}`, `${ends[0]}..${ends[1]}`, '--');
    },
    writing: async (path, from, before) => {
      const start = await resolve(from);
      return start === undefined ? [] : log('--diff-filter=AMT', '--full-history', '--date-order', ...BY_PATH, start, ...(before === undefined ? [] : [`^${before}`]), '--', path);
    },
    removing: async (path, from) => {
      const start = await resolve(from);
      return start === undefined ? undefined : (await log('--max-count=1', '--diff-filter=D', ...BY_PATH, start, '--', path))[0];
    },
    file: async (commit, path) => {
      const entry = (await entriesOf(commit)).find((candidate) => candidate.path === path);
      return entry === undefined ? undefined : runner.run(['cat-file', 'blob', entry.id], { doing: 'reading a file of a commit' });
    },
    touching: async (directory, from) => (await runner.run(['--literal-pathspecs', 'rev-list', '--topo-order', '--reverse', from, '--', directory], { doing: 'reading the history' })).toString('latin1').split('\n').filter((id) => id !== ''),
    filesBelow: async (commit, directory: RepoPath) => (await entriesOf(commit)).filter((entry) => isUnder(entry.path, directory)),
  };
}

/** A path by its name, also in the first commit, whatever the repository's own settings are. */
const BY_PATH = ['--no-renames', '--root'] as const;

async function failureOf({ attempt }: GitRunner, error: unknown, patience: number): Promise<WorldError> {
  const doing = 'reading the history';
  if ((error as { plugin?: unknown }).plugin === 'timeout') return failed('git-timed-out', { doing, seconds: patience }, error);
  return gitFailed(attempt, { doing, said: error instanceof Error ? error.message.trim() : String(error) }, error);
}

const isFullId = (name: string): boolean => OBJECT_ID.test(name);

/** One commit through our own runner: every delivery reads the one that it made, and loads nothing for it. */
async function oneCommit(runner: GitRunner, id: ObjectId): Promise<CommitInfo | undefined> {
  const { exit, stdout } = await runner.attempt(['log', '-z', '--no-show-signature', FORMAT, '--max-count=1', id, '--'],
    { doing: 'reading a commit', config: ['i18n.logOutputEncoding=UTF-8', 'log.mailmap=false'] });
  return exit === 0 ? parseCommits(stdout.toString('utf8'))[0] : undefined;
}

/** Fields end with NUL, which no commit can hold. */
const FIELDS = ['%H', '%T', '%P', '%s', '%B', '%(trailers:only=true,unfold=true,separator=%x1f,key_value_separator=%x1e)', '%an', '%ae', '%aI', '%cn', '%ce', '%cI'];
const FORMAT = `--format=tformat:${FIELDS.join('%x00')}`;

function parseCommits(answer: string): CommitInfo[] {
  const fields = answer.split('\0');
  const commits: CommitInfo[] = [];
  for (let at = 0; at + FIELDS.length <= fields.length; at += FIELDS.length) {
    const [id, tree, parents, subject, message, trailers, author, authorEmail, authorDate, committer, committerEmail, committerDate] = fields.slice(at, at + FIELDS.length) as [string, ...string[]];
    commits.push({
      id, tree: tree!, subject: subject!, message: message!,
      parents: parents === '' ? [] : parents!.split(' '),
      trailers: trailers === '' ? [] : trailers!.split('\x1f').map(parseTrailer),
      author: { name: author!, email: authorEmail!, date: authorDate! },
      committer: { name: committer!, email: committerEmail!, date: committerDate! },
    });
  }
  return commits;
}

function parseTrailer(text: string): { key: string; value: string } {
  const at = text.indexOf('\x1e');
  return { key: text.slice(0, at), value: text.slice(at + 1).trim() };
}
