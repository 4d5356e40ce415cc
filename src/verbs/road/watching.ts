import { strays } from '../../domain/baseline.js';
import type { FactsOf } from '../../domain/codes/index.js';
import { union } from '../../domain/delivery/sets.js';
import { showPath, type RepoPath } from '../../domain/paths.js';
import { remark, type Problem } from '../../domain/problem.js';
import type { PathIdentity } from '../../domain/repository.js';
import type { TicketId } from '../../domain/ticket.js';
import type { Watch } from '../../world/privateState.js';
import { copiesOf } from './copies.js';
import { lookAgain, lookOf } from './sighting.js';
import { locked, type Standing } from './standing.js';

/** A program that is not ours, by name. */
export type Watched = Pick<Watch, 'kind' | 'name'>;

/** What came of uncommitted work while somebody else's program ran. */
export interface Harm extends Watched {
  /** Paths that are not as they were, in path order; new ones too. */
  touched: RepoPath[];
  /** Those of them that held something before. */
  overwritten: RepoPath[];
  /** Where what they held lies now, `path: place`; it outlives the ticket. */
  copies: string[];
  /** Those that held something of which there is no copy; and the folders among them that still stand. Absent when there are none. */
  uncopied?: RepoPath[];
  nested?: RepoPath[];
  /** Nobody saw its end, so it may have been the person meanwhile. */
  cutShort?: true;
}

/** What is looked at otherwise than git's answer says: content that lies elsewhere too is not looked at, and some is whether git calls it changed or not. */
export interface Apart {
  except: ReadonlySet<RepoPath>;
  besides: readonly RepoPath[];
}

export const NOTHING_APART: Apart = { except: new Set(), besides: [] };

/**
 * Runs a program that is not ours, and looks at all uncommitted work before and after it. Every byte of that is copied
 * first. What is staged may change without harm to a file, and is remarked upon. Whoever is killed in between leaves the
 * watch behind for `harmLeftBehind`.
 */
export async function watching<T>(standing: Standing, watched: Watched, { except, besides }: Apart, run: () => Promise<T>): Promise<{ result: T; harm: Harm }> {
  const { world, ticket } = standing;
  const before = await uncommitted(standing, besides.map((path) => ({ path })), except);
  await world.private.copyToSafety(ticket, before, locked(standing).policy.limits.safety_copy_bytes);
  await world.private.saveWatch(ticket, { ...watched, before });
  let result: T;
  try {
    result = await run();
  } catch (error) {
    await dropIfUnharmed(standing, before, except);
    throw error;
  }
  lookAgain(standing);
  return { result, harm: await ended(standing, { ...watched, before }, await uncommitted(standing, before, except)) };
}

/** We live on without a result. What did no harm is not to be blamed for what the person does from now on. */
async function dropIfUnharmed(standing: Standing, before: readonly PathIdentity[], except: ReadonlySet<RepoPath>): Promise<void> {
  lookAgain(standing);
  const seen = await standing.world.attempt(() => uncommitted(standing, before, except));
  if (seen.ok && strays(before, seen.value, () => false).length === 0) await standing.world.private.saveWatch(standing.ticket, undefined);
}

/**
 * A program that was killed half-way, and we with it, may have put the person's work away, as stashing hook managers do,
 * and never brought it back. That is told once, with the copies; whoever goes on has seen to it.
 */
export async function harmLeftBehind(standing: Standing): Promise<Harm | undefined> {
  const watch = await standing.world.private.watch(standing.ticket);
  if (watch === undefined) return undefined;
  lookAgain(standing);
  const harm = await ended(standing, watch, await identify(standing, watch.before.map(({ path }) => path)));
  return harm.touched.length === 0 ? undefined : { ...harm, cutShort: true };
}

/** Says what was left behind, if anything was lost by it, where it is no reason to stop. */
export async function tellLeftBehind(standing: Standing): Promise<void> {
  const harm = await harmLeftBehind(standing);
  if (harm !== undefined) tellLoss(standing, harm);
}

/** What held nothing before is no loss. */
export function tellLoss({ remarks, ticket }: Standing, harm: Harm): void {
  if (harm.overwritten.length > 0) remarks.push(harmRemark(ticket, harm));
}

/** What is said of it where it stops nothing. */
export const harmRemark = (ticket: TicketId, harm: Harm): Problem => {
  const { kind, name, overwritten, copies, cutShort, uncopied, nested } = harm;
  return kind === 'proof'
    ? remark('proof-touched-work', { proof: name, paths: overwritten, copies, cutShort, uncopied, nested }, 'warning')
    : remark('hook-touched-work', hookFacts(ticket, harm), 'warning');
};

/** The same of a hook, as facts. */
export const hookFacts = (ticket: TicketId, { kind, name, touched, copies, cutShort, uncopied, nested }: Harm): FactsOf<'hook-touched-work'> =>
  ({ ticket, hook: name, paths: touched, copies, cutShort, uncopied, nested, onCopy: kind === 'rehearsal' ? true : undefined });

async function ended(standing: Standing, { kind, name, before }: Watch, after: readonly PathIdentity[]): Promise<Harm> {
  const touched = strays(before, after, () => false);
  const held = new Set(before.filter((identity) => identity.kind !== 'absent').map(({ path }) => path));
  const copies = await copiesOf(standing, touched, before);
  tellOfStaging(standing, name, before, after);
  await standing.world.private.saveWatch(standing.ticket, undefined);
  const overwritten = touched.filter((path) => held.has(path));
  const uncopied = overwritten.filter((path) => !copies.some((copy) => copy.startsWith(`${showPath(path)}: `)));
  const nested = uncopied.filter((path) => after.some((identity) => identity.path === path && identity.kind === 'directory'));
  return { kind, name, touched, overwritten, copies, uncopied: uncopied.length === 0 ? undefined : uncopied, nested: nested.length === 0 ? undefined : nested };
}

/** Everything uncommitted by its bytes and index entry; and what was so before, so that a file made clean is seen too. */
async function uncommitted(standing: Standing, before: readonly Pick<PathIdentity, 'path'>[], except: ReadonlySet<RepoPath>): Promise<PathIdentity[]> {
  const { dirty } = await (await lookOf(standing)).fullSurvey();
  return identify(standing, [...new Set([...dirty, ...before].map(({ path }) => path).filter((path) => !except.has(path)))]);
}

const identify = async (standing: Standing, paths: readonly RepoPath[]): Promise<PathIdentity[]> => (await lookOf(standing)).identify(paths);

/**
 * Half of a file may be staged, and nowhere else. Its bytes are still among git's objects. What a delivery stages over is
 * told by itself.
 */
function tellOfStaging({ remarks, run: { delivery } }: Standing, program: string, before: readonly PathIdentity[], after: readonly PathIdentity[]): void {
  const now = new Map(after.map(({ path, index }) => [path, index.join()]));
  const delivered = new Set(delivery === undefined ? [] : union(delivery.intent).map(({ path }) => path));
  const lost = before.filter(({ path, staged, index }) => staged && index.length === 1 && now.get(path) !== index.join() && !delivered.has(path));
  if (lost.length === 0) return;
  const entries = lost.map(({ path, index }) => {
    const [mode, id] = index[0]!.split(' ').slice(-3);
    return { path, mode: mode!, id: id! };
  });
  remarks.push(remark('staging-changed', { program, entries }, 'warning'));
}
