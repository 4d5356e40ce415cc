import { differingPaths, type ChangedPath, type Digest, type ObjectId } from '../changeSet.js';
import type { Evidence, IndexEntry, Target } from '../facts.js';
import type { RepoPath } from '../paths.js';
import type { Policy } from '../policy.js';
import { refuse, type Refusal } from '../problem.js';
import type { DirtyPath, Identity } from '../repository.js';
import type { Run } from '../run.js';
import { submoduleRefusals } from '../submodules.js';
import type { Ticket } from '../ticket.js';
import { commitMessage } from './message.js';
import { deliveredEntries, isHidden, sharedPaths, type Sets } from './sets.js';

export type Intent = Evidence<'git_delivery_started'>;

/** What was seen of the work just before a delivery. */
export interface Work {
  /** The product paths as they are now. */
  product: readonly ChangedPath[];
  /** The memory paths as they are now. */
  memory: readonly ChangedPath[];
  /** Records that are not what curation listed. */
  changedRecords: readonly RepoPath[];
  /** What the index holds at the delivered paths, and what a delivered file would push out of it. */
  index: readonly IndexEntry[];
  /** Delivered paths that ignore rules keep out. */
  ignored: readonly RepoPath[];
  /** Every path that is not clean. */
  dirty: readonly DirtyPath[];
  /** Paths that are dirty and not delivered. */
  dirtyBesides: number;
  /** Commit hooks that exist. */
  hooks: readonly string[];
  /** Where git would push now; absent where nothing is pushed. */
  target?: Target;
}

/**
 * All reasons why this very work cannot be delivered as it is. The ground is judged by `deliveryRefusals`, and whether the
 * product is the proved one by `freshGate`.
 */
export function workRefusals(run: Run, paths: readonly RepoPath[], work: Work): Refusal[] {
  const { ticket } = run;
  const policy = run.lock!.policy.content;
  const memory = differingPaths(run.curation!.memory, work.memory);
  const hidden = work.index.filter(isHidden).map((entry) => entry.path);
  const displaced = work.index.filter((entry) => !paths.includes(entry.path)).map((entry) => entry.path);
  const about = (code: 'memory-changed' | 'hidden-paths' | 'index-changed' | 'ignored-path' | 'records-changed', some: readonly RepoPath[]): Refusal[] =>
    (some.length === 0 ? [] : [refuse(code, { ticket, paths: [...some] })]);
  return [
    ...about('memory-changed', memory),
    ...about('records-changed', work.changedRecords),
    ...submoduleRefusals(ticket, [...work.product, ...work.memory], work.dirty),
    ...about('hidden-paths', hidden),
    ...about('index-changed', displaced),
    ...about('ignored-path', work.ignored),
    ...hookRefusals(run, policy, work),
    ...targetRefusals(run, work.target),
  ];
}

function hookRefusals({ ticket }: Run, policy: Policy, { hooks, dirtyBesides }: Work): Refusal[] {
  if (policy.delivery.hooks !== 'refuse-if-dirty' || hooks.length === 0 || dirtyBesides === 0) return [];
  return [refuse('hooks-with-dirty-work', { ticket, hooks: [...hooks], paths: dirtyBesides })];
}

/** The target is the one that was discovered, so that what was agreed to is what happens. */
function targetRefusals({ ticket, discovery }: Run, now: Target | undefined): Refusal[] {
  const was = discovery?.target;
  if (was === undefined || now === undefined) return [];
  const same = was.remote === now.remote && was.ref === now.ref && was.url === now.url;
  return same ? [] : [refuse('target-changed', { ticket, was: `${was.url} ${was.ref}`, now: `${now.url} ${now.ref}` })];
}

/** What an intent is made from, beside the run. */
export interface IntentParts {
  ticket: Ticket;
  sets: Sets;
  index: readonly IndexEntry[];
  seal: Digest;
  author: Identity;
  committer: Identity;
  /** ISO 8601 in UTC, without fractions: the dates of the commit, so that it is the same on every attempt. */
  date: string;
  sign: boolean;
}

/** The intent: everything that the delivery will do, fixed before any of it is done. */
export function intentOf(run: Run, parts: IntentParts): Intent {
  const { sets, author, committer, date } = parts;
  const { mode, hooks } = run.lock!.policy.content.delivery;
  return {
    changeSet: run.change!.changeSet.digest,
    mode,
    branch: run.discovery!.branch,
    parent: run.discovery!.head as ObjectId,
    seal: parts.seal,
    product: [...sets.product],
    memory: [...sets.memory],
    records: [...sets.records],
    priorIndex: priorIndex(sets, parts.index),
    target: run.discovery!.target,
    message: commitMessage(parts.ticket, run.records['self-review']?.document.summary, parts.seal),
    author: { ...author, date },
    committer: { ...committer, date },
    hooks: hooks === 'skip' ? 'skip' : 'run',
    sign: parts.sign,
  };
}

/** What the index held before, in the order of the sets. */
const priorIndex = (sets: Sets, index: readonly IndexEntry[]): IndexEntry[] =>
  deliveredEntries(sets).flatMap(({ path }) => index.filter((entry) => entry.path === path));

/** The three sets must share no path. */
export function setRefusals({ ticket }: Run, sets: Sets): Refusal[] {
  const shared = sharedPaths(sets);
  return shared.length === 0 ? [] : [refuse('tree-differs', { ticket, paths: shared })];
}
