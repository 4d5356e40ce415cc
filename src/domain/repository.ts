import type { ObjectId } from './changeSet.js';
import type { RepoPath } from './paths.js';

/** What one look at the worktree shows, as plain data. */
export interface Survey {
  /** The commit that HEAD names; absent when the branch has none yet. */
  head?: ObjectId;
  /** Full ref of the branch, as `refs/heads/main`; absent when HEAD is detached. */
  branch?: string;
  /** The upstream as git's status names it, as `origin/main`; absent when none is configured. */
  upstream?: string;
  /** Commits that the local branch has and the local idea of its upstream has not, and the other way round. */
  ahead?: number;
  behind?: number;
  /** Every path that is not clean, in git's order: staged, changed, untracked, unmerged. */
  dirty: DirtyPath[];
}

/** Where HEAD stands: the branch, and the commit that it names. */
export type HeadPlace = Pick<Survey, 'branch' | 'head'>;

export const isSamePlace = (a: HeadPlace, b: HeadPlace): boolean => a.branch === b.branch && a.head === b.head;

/** One path that is not clean. */
export interface DirtyPath {
  path: RepoPath;
  /** `hidden`: an index bit hides its changes from git's own status. */
  kind: 'changed' | 'untracked' | 'unmerged' | 'hidden';
  /** The index differs from HEAD here. */
  staged: boolean;
  /** The worktree differs from the index here. */
  unstaged: boolean;
  /** The entry is a submodule. */
  submodule: boolean;
}

/** What a path is on disk, exactly. Never published: names of private files are in it. */
export interface PathIdentity {
  path: RepoPath;
  kind: 'file' | 'link' | 'directory' | 'absent' | 'opaque';
  /** Permission bits that git cares about: executable or not. */
  executable: boolean;
  bytes: number;
  /** SHA-256 of the raw bytes, or of the link's target; absent for what cannot be read. */
  digest?: string;
  /** The index entry lines for this path, as `ls-files -s` tells them, with flag letters. */
  index: string[];
  staged: boolean;
  untracked: boolean;
  hidden?: 'assume-unchanged' | 'skip-worktree';
}

/** What stands at a path, whatever git makes of it. */
export type RawContent = Pick<PathIdentity, 'path' | 'kind' | 'executable' | 'bytes' | 'digest'>;

/** Everything that was not clean when a ticket began, so that it can be shown untouched afterwards. Private. */
export interface Baseline {
  /** Makes published digests of it say "the same" and nothing else. */
  salt: string;
  paths: PathIdentity[];
  /** How many ignored paths there were; they are counted only. */
  ignored: number;
}

/** What could execute or redirect when git or an agent runs here: one private digest per thing, by a name to show. */
export type FingerprintDetails = Record<'hooks' | 'filters' | 'attributes' | 'agents' | 'config', Record<string, string>>;

/** An operation of git that is under way and waits for the person to finish or abort it. */
export type Operation = 'merge' | 'rebase' | 'cherry-pick' | 'revert' | 'bisect' | 'am';

/** All that git's configuration says about where the branch is pushed. */
export interface RemoteConfiguration {
  remotes: string[];
  /** The configured upstream of the branch: remote name and full ref there. */
  upstream?: { remote: string; ref: string };
  /** Where a plain push of this branch would go, if another remote is configured for pushing. */
  pushRemote?: string;
  /** The effective push URLs of the upstream's remote (or of the only remote), user info taken out. */
  pushUrls: string[];
  mirror: boolean;
  /** What git fetches from it may come from another place than what is pushed goes to. */
  fetchesElsewhere?: true;
}

export interface Identity {
  name: string;
  email: string;
}

/** A commit as it stands in the object store. */
export interface CommitInfo {
  id: ObjectId;
  tree: ObjectId;
  parents: ObjectId[];
  subject: string;
  message: string;
  /** Trailers of the last paragraph, in order. */
  trailers: { key: string; value: string }[];
  author: Identity & { date: string };
  committer: Identity & { date: string };
}

/** The branch's name as people write it; nothing on a detached HEAD. */
export const shortBranch = ({ branch }: Pick<Survey, 'branch'>): string | undefined => branch?.replace(/^refs\/heads\//, '');
