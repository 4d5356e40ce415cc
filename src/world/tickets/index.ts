import { RECORDS, sealedLedgerPath } from '../../domain/closing/places.js';
import type { Digest } from '../../domain/changeSet.js';
import type { RepoPath } from '../../domain/paths.js';
import type { Policy } from '../../domain/policy.js';
import type { TicketId } from '../../domain/ticket.js';
import { MANY, type Cache, type Looks, type Shelf } from '../cache.js';
import { sha256 } from '../digests.js';
import type { DocumentReader } from '../documents.js';
import type { Files } from '../files.js';
import type { Places } from '../places.js';
import type { Judgement, Rules, TicketHead } from './judgement.js';

export type { Judgement, TicketHead } from './judgement.js';

/** Ticket files by the thousand. From a few dozen on, those that did not change since they were judged are not read again. */
export interface Tickets {
  /** Judges ticket files: each by the policy, or by itself when it is sealed; `anew`, whatever is known of it. Nothing stands for a file that is gone. */
  judge(paths: readonly RepoPath[], wish: { policy?: PolicyInForce; anew: boolean }): Promise<(Judgement | undefined)[]>;
  /** Judges each by itself, and may leave warnings out. */
  heads(paths: readonly RepoPath[]): Promise<(Judgement | undefined)[]>;
  /** Which of these tickets have a sealed ledger among their closing records. */
  sealed(ids: readonly TicketId[]): Promise<Set<TicketId>>;
}

export interface PolicyInForce {
  value: Policy;
  digest: Digest;
}

/** A ticket file, and what it is judged by. */
export interface Case {
  path: RepoPath;
  rules: Rules;
}

/** What is kept of a ticket that could be read: its head, and by which rules nothing is wrong with it. */
interface Known {
  head: TicketHead;
  clean?: string;
}

/** When a ticket need not be judged again. */
interface Sparing {
  suffices(known: Known, one: Case): boolean;
  clean(one: Case): string;
}

type Parts = { files: Files; documents: DocumentReader; cache: Cache; signal: AbortSignal };


/** Opens the tickets of a worktree. */
export function openTickets(places: Pick<Places, 'root'>, parts: Parts): Tickets {
  const { files, cache } = parts;
  const judgeAll = async (cases: readonly Case[]): Promise<(Judgement | undefined)[]> => (await import('./threads.js')).judgeAll(places.root, parts, cases);

  async function sealed(ids: readonly TicketId[]): Promise<Set<TicketId>> {
    const closed = new Set((await files.list(RECORDS)).map((name) => name.slice(0, -1)));
    const candidates = ids.filter((id) => closed.has(id));
    const looks = await files.looks(candidates.map(sealedLedgerPath));
    return new Set(candidates.filter((_, at) => looks[at] !== undefined));
  }

  /** `suffices` says whether what is known of a ticket spares us judging it; `clean` under which rules the others are clean then. */
  async function judged(cases: readonly Case[], { suffices, clean }: Sparing): Promise<(Judgement | undefined)[]> {
    if (cases.length < MANY) return judgeAll(cases);
    const shelf = cache.shelf<Known>('tickets', isKnown);
    const looks = await files.looks(cases.map(({ path }) => path));
    const recalled = await recall(files, shelf, cases.map(({ path }, at) => ({ path, looks: looks[at] })));
    const known = await withTheirSpecs(cases.map((one, at) => (recalled[at] !== undefined && suffices(recalled[at], one) ? recalled[at] : undefined)), cases);
    const anew = (await judgeAll(cases.filter((_, at) => known[at] === undefined))).values();
    const judgements = known.map((found) => (found === undefined ? anew.next().value : { head: found.head, problems: [] }));
    for (const [at, judgement] of judgements.entries()) {
      if (looks[at] === undefined || judgement?.head === undefined) continue;
      const isClean = judgement.problems.length === 0;
      shelf.keep(cases[at]!.path, looks[at], known[at] ?? { head: judgement.head, clean: isClean ? clean(cases[at]!) : undefined });
    }
    shelf.save();
    return judgements;
  }

  /** What is known of a ticket by the policy says that its specs were there: without those that have gone. */
  async function withTheirSpecs(known: readonly (Known | undefined)[], cases: readonly Case[]): Promise<(Known | undefined)[]> {
    const carried = (at: number): RepoPath[] => (cases[at]!.rules === 'itself' ? [] : known[at]?.head.specs ?? []);
    const all = [...new Set(known.flatMap((_, at) => carried(at)))];
    const looks = await files.looks(all);
    const gone = new Set(all.filter((_, at) => looks[at] === undefined));
    return gone.size === 0 ? [...known] : known.map((found, at) => (carried(at).some((spec) => gone.has(spec)) ? undefined : found));
  }

  return {
    sealed,
    judge: async (paths, { policy, anew }) => {
      const closed = await sealed(paths.map(idOf));
      const cases = paths.map((path): Case => ({ path, rules: closed.has(idOf(path)) ? 'itself' : { policy: policy?.value } }));
      const clean = ({ rules }: Case): string => (rules === 'itself' ? 'itself' : policy?.digest ?? 'no policy');
      // A policy never makes a ticket better: what is clean by one is clean by itself.
      const suffices = (known: Known, one: Case): boolean => !anew && known.clean !== undefined && (one.rules === 'itself' || known.clean === clean(one));
      return judged(cases, { suffices, clean });
    },
    heads: (paths) => judged(paths.map((path) => ({ path, rules: 'itself' })), { suffices: () => true, clean: () => 'itself' }),
  };
}

const idOf = (path: RepoPath): TicketId => path.slice('tickets/'.length, -'.yaml'.length);

function isKnown(value: object): boolean {
  const { head } = value as Partial<Known>;
  return typeof head?.digest === 'string' && typeof head.title === 'string' && typeof head.class === 'string' && Array.isArray(head.specs);
}

/** What is known of each file: by its looks, or else by its bytes. */
async function recall(files: Files, shelf: Shelf<Known>, asked: readonly { path: RepoPath; looks: Looks | undefined }[]): Promise<(Known | undefined)[]> {
  const known = asked.map(({ path, looks }) => (looks === undefined ? undefined : shelf.find(path, looks)));
  for (const [at, { path, looks }] of asked.entries()) {
    const last = known[at] !== undefined || looks === undefined ? undefined : shelf.last(path);
    if (last === undefined) continue;
    const bytes = await files.read(path);
    if (bytes !== undefined && sha256(bytes) === last.head.digest) known[at] = last;
  }
  return known;
}
