import { sealedLedgerPath } from '../domain/closing/places.js';
import type { ObjectId } from '../domain/changeSet.js';
import { waysOn } from '../domain/outcome.js';
import { refuse, type Problem, type Refusal } from '../domain/problem.js';
import type { TicketId } from '../domain/ticket.js';
import type { World } from '../world/index.js';

/**
 * How far a ticket came whose sealed ledger HEAD holds, and of which nothing is remembered here: it was made in another
 * clone or worktree, or its facts are lost. `delivered`: the remote had that very ledger when it was last heard of.
 * `committed`: whether it has is not known. `damaged`: what stands there is no sealed ledger.
 */
export type EndElsewhere = { how: 'delivered' } | { how: 'committed'; to?: Followed } | { how: 'damaged'; why: string };

type Reader = Pick<World, 'tickets' | 'git' | 'documents' | 'digest'>;

/** So few sealed ledgers are read. A list of more goes by their names, and whoever asks for one of them is told of its bytes. */
const FEW = 50;

/** Those of these tickets without facts here that came to such an end. git is called as often for many as for one. */
export async function endsElsewhere(world: Reader, ids: readonly TicketId[]): Promise<Map<TicketId, EndElsewhere>> {
  // One that only lies in the worktree may be of a delivery that never made its commit.
  const lying = [...await world.tickets.sealed(ids)];
  if (lying.length === 0) return new Map();
  const to = await followed(world);
  const committed = await committedAmong(world, lying, to);
  const faults = committed.length > FEW ? new Map<TicketId, string>() : await faultsOf(world, committed);
  return new Map(committed.map(({ ticket, isHeld }) => {
    const why = faults.get(ticket);
    return [ticket, why !== undefined ? { how: 'damaged', why } : isHeld ? { how: 'delivered' } : { how: 'committed', to }];
  }));
}

/** The same of one ticket, whatever is known of it here. */
export async function endElsewhere(world: Reader & Pick<World, 'ledger'>, ticket: TicketId): Promise<EndElsewhere | undefined> {
  if (await world.ledger.has(ticket)) return undefined;
  return (await endsElsewhere(world, [ticket])).get(ticket);
}

/** How a ticket ends that nothing moves, and about which somebody has to do something all the same. */
export async function unsettledEnds(world: Pick<World, 'documents'>): Promise<readonly EndElsewhere['how'][]> {
  return await pushes(world) ? ['committed', 'damaged'] : ['damaged'];
}

/** Where nothing is pushed, a commit is the end. */
async function pushes({ documents }: Pick<World, 'documents'>): Promise<boolean> {
  const policy = await documents.policy();
  return policy?.ok !== true || policy.value.delivery.mode === 'commit-push';
}

/** Why such a ticket does not move: it would be delivered once more, over its own records. */
export async function endRefusal(world: Reader, ticket: TicketId, end: EndElsewhere): Promise<Refusal> {
  if (end.how === 'damaged') return refuse('seal-damaged', { ticket, why: end.why });
  return end.how === 'delivered' || !await pushes(world) ? refuse('ticket-ended', { ticket, how: end.how }) : refuse('ticket-committed', { ticket, to: end.to });
}

/** What a report says of such an end: of a delivery nothing more; of anything else how it stands, and the ways on. */
export async function endInWords(world: Reader, ticket: TicketId, end: EndElsewhere): Promise<{ next: string[]; problems: Problem[] }> {
  const refusal = await endRefusal(world, ticket, end);
  return refusal.code === 'ticket-ended' ? { next: [`cxw verify ${ticket}`], problems: [] } : { next: waysOn([refusal]), problems: [{ ...refusal, severity: 'note' }] };
}

interface Followed {
  branch?: string;
  remote: string;
  ref?: string;
  origin?: string;
}

/** Where the branch of HEAD is pushed to: what it follows, or else the remote that a clone comes from. */
async function followed({ git }: Pick<World, 'git'>): Promise<Followed | undefined> {
  const { ref: branch } = await git.branch.head();
  const { upstream, remotes } = await git.remote.configuration(branch ?? '');
  const origin = remotes.find((remote) => remote === CLONED_FROM);
  if (upstream !== undefined && remotes.includes(upstream.remote)) return { branch, ...upstream, origin };
  const remote = origin ?? remotes[0];
  return remote === undefined ? undefined : { branch, remote, origin };
}

/** As git calls it, and a policy unless it says otherwise. */
const CLONED_FROM = 'origin';

interface Committed {
  ticket: TicketId;
  /** The blob that HEAD has as its sealed ledger. */
  seal: ObjectId;
  /** The remote had the same there when it was last heard of. */
  isHeld: boolean;
}

/** The tracking refs tell what the remote had: of what HEAD has and they have not, nobody knows here whether it is anywhere else. */
async function committedAmong(world: Pick<World, 'git'>, tickets: readonly TicketId[], to: Followed | undefined): Promise<Committed[]> {
  // A branch may follow a fork, which is behind what it was forked from.
  const asked = [...new Set([to?.remote, to?.origin])].filter((remote) => remote !== undefined);
  const answers = await Promise.all(asked.map((remote) => world.git.remote.lastSeenToHold(remote)));
  const held = answers.includes('all') ? 'all' : answers.flat();
  const commits = ['HEAD', ...(held === 'all' ? [] : held)];
  const found = await world.git.trees.idsAt(tickets.flatMap((ticket) => commits.map((commit) => ({ commit, path: sealedLedgerPath(ticket) }))));
  return tickets.flatMap((ticket, at) => {
    const [seal, ...theirs] = found.slice(at * commits.length, (at + 1) * commits.length);
    return seal === undefined ? [] : [{ ticket, seal, isHeld: held === 'all' || theirs.includes(seal) }];
  });
}

/** Why those of them that are no sealed ledgers are none. */
async function faultsOf({ git, digest }: Pick<World, 'git' | 'digest'>, committed: readonly Committed[]): Promise<Map<TicketId, string>> {
  if (committed.length === 0) return new Map();
  const [bytes, { chainFaults }] = await Promise.all([git.changes.blobs(committed.map(({ seal }) => seal)), import('../domain/sealChain.js')]);
  return new Map(committed.flatMap(({ ticket, seal }) => {
    const [fault] = chainFaults(bytes.get(seal) ?? new Uint8Array(), { ticket, hash: digest });
    return fault === undefined ? [] : [[ticket, fault.why] as const];
  }));
}
