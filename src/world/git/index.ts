import type { ChangeSet, ChangedPath, ObjectId } from '../../domain/changeSet.js';
import type { Containment } from '../../domain/delivery/resume.js';
import type { IndexWish } from '../../domain/delivery/sets.js';
import type { IndexEntry, Target, TreeEntry } from '../../domain/facts.js';
import type { CommitRole, Settings as GitSettings } from '../../domain/gitSettings.js';
import type { RepoPath } from '../../domain/paths.js';
import type { TicketId } from '../../domain/ticketId.js';
import type { ProcessIdentity } from '../processes.js';
import type { Merged, Three } from '../../domain/upgrade.js';
import type { Baseline, CommitInfo, FingerprintDetails, Identity, Operation, PathIdentity, RawContent, RemoteConfiguration, Survey } from '../../domain/repository.js';

/**
 * Everything that cxw can say to git. There is no word here for force, reset, stash, clean, switch, restore or
 * worktree: what cannot be said cannot happen.
 */
export interface Git {
  repository: RepositoryView;
  /** Looks at the repository now. Whoever asks this look twice gets the same answer, and git is asked once. */
  look(): Promise<Look>;
  changes: Changes;
  trees: Trees;
  branch: Branch;
  remote: Remote;
  hooks: Hooks;
  notes: Notes;
  history: History;
  texts: Texts;
}

/** Looking: reads that write nothing. */
export interface RepositoryView {
  /** One `git status`. */
  survey(): Promise<Survey>;
  /** The same, with paths whose changes index bits hide. */
  fullSurvey(): Promise<Survey>;
  operation(): Promise<Operation | undefined>;
  /** Identity of every path that is not clean. A file that changes while it is read is read again, then `unstable`. */
  baseline(survey: Survey, salt: string): Promise<Baseline>;
  /** Identity of particular paths now. */
  identify(paths: readonly RepoPath[]): Promise<PathIdentity[]>;
  /** What stands at particular paths now, by its raw bytes. Git is not asked. */
  contents(paths: readonly RepoPath[]): Promise<RawContent[]>;
  /** Those of the entries whose file holds other bytes than their blob: a filter or line endings stand between, or somebody's edit. Git is not asked. */
  unlikeTheirBlobs(entries: readonly { path: RepoPath; id: ObjectId }[]): Promise<RepoPath[]>;
  fingerprints(salt: string): Promise<FingerprintDetails>;
  /** The same as far as it can be told before git compares a file, for which it may start a filter. */
  earlyFingerprints(salt: string): Promise<FingerprintDetails>;
  /** Whom git would name in a commit that is made now; nothing where it was not told. */
  identity(role: CommitRole): Promise<Identity | undefined>;
  objectFormat(): Promise<'sha1' | 'sha256'>;
  /** Throws `git-too-old` where this git cannot do what a delivery needs. */
  gitVersion(): Promise<string>;
  /** Those of the paths that ignore rules would keep out and that are not tracked. */
  ignored(paths: readonly RepoPath[]): Promise<RepoPath[]>;
  /** `git check-attr` for filters and line endings of these paths; digest of the answer, to notice that rules changed underneath. */
  attributesOf(paths: readonly RepoPath[]): Promise<string>;
  /** Replacement refs or a grafts file: names of what was found. */
  replacements(): Promise<string[]>;
  /** git's own lock files that exist now, by name. */
  locks(): Promise<string[]>;
  shallow(): Promise<boolean>;
  /** Ticket ids that stand at tickets/*.yaml in any branch here, local or remote-tracking, or in a sibling worktree. */
  ticketIdsElsewhere(): Promise<string[]>;
}

/** What the repository was at one moment. After anything that may have changed it, another look is needed. */
export interface Look extends RepositoryView {
  /** The whole configuration that applies. It may hold secrets. */
  settings(): Promise<GitSettings>;
  /** As `Trees.readIndex`. */
  entriesAt(paths: readonly RepoPath[]): Promise<IndexEntry[]>;
  /** Where the hooks lie that apply. */
  hooksFolder(): Promise<string>;
}

/** Differences between a base commit and the worktree, as git would commit them. */
export interface Changes {
  /**
   * The change of exactly these paths against `base`. `private` keeps new objects out of the repository (for reading
   * commands); `repository` stores them there (for delivery).
   */
  of(base: ObjectId, paths: readonly RepoPath[], store: 'private' | 'repository'): Promise<ChangeSet>;
  /** The same, kept open, so that a tree can be made of it. */
  gather(base: ObjectId, paths: readonly RepoPath[], store: 'private' | 'repository'): Promise<Gathering>;
  /** Paths of the change that hold conflict markers. */
  conflictMarkers(change: ChangeSet): Promise<{ path: RepoPath; line: number }[]>;
  /** A unified diff of these entries for people, names escaped, at most so many bytes. */
  diff(change: ChangeSet, most: number): Promise<ShownChange>;
  /** Content of a blob that the repository, or the last private store, holds. */
  blob(id: ObjectId): Promise<Buffer>;
  /** Contents of many blobs, by their ids. */
  blobs(ids: readonly ObjectId[]): Promise<Map<ObjectId, Buffer>>;
  /**
   * Lays out `base` plus `entries` as files in a new folder outside the repository; the caller removes it. `objects`: where
   * those of their objects lie that are not in the repository.
   */
  export(base: ObjectId, entries: readonly ChangedPath[]): Promise<{ folder: string; objects: string[]; remove: () => Promise<void> }>;
}

/** A change as people read it. */
export interface ShownChange {
  text: string;
  /** How many lines there are beyond what there was room for. */
  beyond: number;
  /** What git takes for no text, and shows nothing of. */
  unshown: RepoPath[];
}

/** Texts that are in no repository. */
export interface Texts {
  /** Puts a text that was edited and its new version together; where both changed the same lines, marks stand around both. */
  merge(three: Three): Promise<Merged>;
}

/** A change, and the index of our own that it was measured with. */
export interface Gathering {
  change: ChangeSet;
  /** Takes in what now stands at more paths, and writes the tree. Answers also what git finds different from the base in it. */
  close(paths: readonly RepoPath[]): Promise<{ tree: ObjectId; difference: ChangedPath[] }>;
}

/** Trees and index entries, by object id: no file is read a second time. */
export interface Trees {
  /** `base` with exactly these entries changed. Answers the tree's id. */
  build(base: ObjectId, entries: readonly ChangedPath[]): Promise<ObjectId>;
  /** What differs between two trees or commits, renames shown as two halves. */
  difference(from: ObjectId, to: ObjectId): Promise<ChangedPath[]>;
  /** What a merge of two commits holds that merging them gives not: a conflict settled, or more. Nothing is written. */
  beyondMerging(merge: ObjectId): Promise<ChangedPath[]>;
  entries(tree: ObjectId, paths: readonly RepoPath[]): Promise<TreeEntry[]>;
  /** What many commits have at many paths, by one call, in the order asked; nothing where there is nothing, or a name that holds a newline. */
  idsAt(wanted: readonly { commit: ObjectId; path: RepoPath }[]): Promise<(ObjectId | undefined)[]>;
  /** Which of these commits are here. */
  known(commits: readonly ObjectId[]): Promise<Set<ObjectId>>;
  /** Which of these blobs are here. */
  knownBlobs(ids: readonly ObjectId[]): Promise<Set<ObjectId>>;
  /** Those of these objects, of whatever type, that are not here. */
  lacking(ids: readonly ObjectId[]): Promise<ObjectId[]>;
  commit(parts: CommitParts): Promise<ObjectId>;
  /**
   * Entries of the real index at these paths, and those that a file at one of them would push out. Flags are the
   * letter of `ls-files -v`, and `N` for a path that is only intended to be added.
   */
  readIndex(paths: readonly RepoPath[]): Promise<IndexEntry[]>;
  /** Makes blobs that nothing may name any more as young as new ones, so that git's tidying keeps them for a while. */
  keepBlobs(ids: readonly ObjectId[]): Promise<void>;
  /** Sets exactly these entries of the real index; an entry of mode 000000 is taken out. Waits a little for another's lock. */
  writeIndex(entries: readonly IndexWish[]): Promise<void>;
}

export interface CommitParts {
  tree: ObjectId;
  parent: ObjectId;
  message: string;
  author: Identity & { date: string };
  committer: Identity & { date: string };
  sign: boolean;
  /** How long a signing program may take. */
  seconds: number;
  /** Whose delivery it is; what may be done when signing fails depends on it. */
  ticket?: TicketId;
}

/** The branch that HEAD names. */
export interface Branch {
  head(): Promise<{ ref?: string; id?: ObjectId }>;
  read(ref: string): Promise<ObjectId | undefined>;
  /** Moves `ref` only if it still is at `from`. The answer is read back from git: exit codes are not believed. `refused` is what a hook said that did not let it. */
  move(ref: string, from: ObjectId, to: ObjectId, why: string): Promise<{ moved: boolean; now?: ObjectId; refused?: string; head: Awaited<ReturnType<Branch['head']>> }>;
}

export interface Remote {
  /** Where the branch is pushed to, by settings that were read before, or by those of now. Later questions use the same. */
  configuration(branch: string, settings?: GitSettings): Promise<RemoteConfiguration>;
  /** The remote's own answer for one full ref name, asked on the push URL. Throws `remote-unreachable`. */
  ask(target: Target, seconds: number): Promise<ObjectId | undefined>;
  /** The same, where no answer is an answer too. */
  answer(target: Target, seconds: number): Promise<RemoteTip>;
  /** Pushes exactly this commit to exactly this ref; never forced. What came of it must be asked. */
  push(target: Target, commit: ObjectId, seconds: number, onStart: (child: ProcessIdentity) => void): Promise<PushReport>;
  /** Whether `ancestor` is contained in `descendant`, as far as the objects here tell. */
  contains(descendant: ObjectId, ancestor: ObjectId): Promise<Containment>;
  /**
   * What of HEAD's history this remote had when it was last heard of: all of it, or else the newest commits that it had.
   * Its tracking refs tell; nobody is asked.
   */
  lastSeenToHold(remote: string): Promise<'all' | ObjectId[]>;
  /** Brings the commits behind exactly this ref here, by the same address, without a ref of ours for them. Answers why it could not. */
  fetch(target: Target, seconds: number): Promise<{ fetched: true } | { fetched: false; said: string }>;
  /** Waits for a push that outlived the run that started it, and ends it when it takes longer. Another process is left alone. */
  settle(child: ProcessIdentity, seconds: number): Promise<void>;
}

export type RemoteTip = { reached: true; tip?: ObjectId } | { reached: false; said: string };

export interface PushReport {
  accepted: boolean;
  /** The server's and git's words, to be shown escaped. */
  said: string;
  /** It, or one before it, was ended before anybody said what came of it: the server may go on alone. */
  unanswered?: true;
}

/** Delivery notes, under a ref of their own. Whoever writes one in between loses nothing: it is written on top of theirs. */
export interface Notes {
  /** The newest commit of the notes, whatever it is; nothing where there are none. */
  tip(): Promise<ObjectId | undefined>;
  /** What notes of this tip say about a commit; only the size where that is more than is read. */
  read(tip: ObjectId, subject: ObjectId): Promise<{ text: string } | { bytes: number } | undefined>;
  /** Adds a line to the note about a commit, unless it stands there. Answers the tip that holds it. */
  add(subject: ObjectId, line: string, signing: NoteSigning): Promise<ObjectId>;
  /** Takes in the notes of another clone, whose commits are here: what both have is put together line by line. */
  join(theirs: ObjectId, signing: NoteSigning): Promise<ObjectId>;
}

/** Who writes notes; with a fixed date the same note is the same commit. */
export interface NoteSigning {
  by: Identity & { date: string };
  seconds: number;
}

export interface Hooks {
  exists(name: HookName): Promise<boolean>;
  /**
   * Those that exist, in the folder if one is given; from now on that is where they are looked for. Until this is asked
   * again they count as there: one that has gone by the time it is to run has failed.
   */
  existing(names: readonly HookName[], folder?: string): Promise<HookName[]>;
  /** Runs a commit hook in the worktree with a temporary index that holds `tree`. Answers the tree that it left behind. */
  run(name: HookName, tree: ObjectId, args: readonly string[], seconds: number): Promise<HookReport>;
  /** Runs the pre-commit hook on a copy outside the repository. */
  rehearse(base: ObjectId, change: ChangeSet, seconds: number): Promise<HookReport>;
  /** Runs message hooks on a message; answers the message that they left. */
  message(message: string, tree: ObjectId, seconds: number): Promise<MessageReport>;
}

/** Hooks that a delivery runs, and hooks that git runs in the course of it. */
export type HookName = 'pre-commit' | 'prepare-commit-msg' | 'commit-msg' | 'post-commit' | 'post-index-change' | 'reference-transaction' | 'pre-push';

export interface HookReport {
  ran: boolean;
  ok: boolean;
  /** It did not end in time, and was ended. */
  timedOut?: boolean;
  /** The index's tree afterwards. */
  tree: ObjectId;
  /** Paths in which that tree differs from what was given. */
  changed: RepoPath[];
  said: string;
}

export interface MessageReport {
  ok: boolean;
  timedOut?: boolean;
  message: string;
  said: string;
  /** The hook that said no, or the last one that ran. */
  hook?: HookName;
}

export interface History {
  commit(id: string): Promise<CommitInfo | undefined>;
  /** Commits of a range, newest first, at most so many. */
  list(range: string, most: number): Promise<CommitInfo[]>;
  /** The newest commits reachable from `from` that carry a trailer with this value. */
  withTrailer(from: string, key: string, value: string): Promise<CommitInfo[]>;
  /** Commits of `from..to`, newest first: for "who moved the branch". */
  between(from: ObjectId, to: ObjectId, most: number): Promise<CommitInfo[]>;
  /** Commits that added or changed a path, descendants before ancestors, of every line of history; following nothing, and none of `before` and what it came from. */
  writing(path: RepoPath, from: string, before?: ObjectId): Promise<CommitInfo[]>;
  /** The newest commit that removed a path. */
  removing(path: RepoPath, from: string): Promise<CommitInfo | undefined>;
  /** A file's bytes as a commit has it. */
  file(commit: ObjectId, path: RepoPath): Promise<Buffer | undefined>;
  /** The commits that changed something below a directory, oldest first. */
  touching(directory: RepoPath, from: ObjectId): Promise<ObjectId[]>;
  /** Paths below a directory in a commit. */
  filesBelow(commit: ObjectId, directory: RepoPath): Promise<TreeEntry[]>;
  /** Throws `shallow-clone` when this commit is missing because the clone was cut short before it. */
  demand(commit: ObjectId): Promise<void>;
  /** What a name means, if anything: a commit id. */
  resolve(name: string): Promise<ObjectId | undefined>;
}
