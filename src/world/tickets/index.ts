import { sealedLedgerPath } from '../../domain/closing/places.js';
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

type Parts = { files: Files; documents: DocumentReader; cache: Cache; signal: AbortSignal };

const RECORDS = 'tickets/records' as RepoPath;

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
  async function judged(cases: readonly Case[], suffices: (known: Known, one: Case) => Promise<boolean>, clean: (one: Case) => string): Promise<(Judgement | undefined)[]> {
    if (cases.length < MANY) return judgeAll(cases);
    const shelf = cache.shelf<Known>('tickets', isKnown);
    const looks = await files.looks(cases.map(({ path }) => path));
    const known = await Promise.all(cases.map(async (one, at) => {
      const found = await recall(files, shelf, one.path, looks[at]);
      return found !== undefined && await suffices(found, one) ? found : undefined;
    }));
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

  const specsAreThere = async ({ specs }: TicketHead): Promise<boolean> =>
    (await files.looks(specs)).every((looks) => looks !== undefined);

  return {
    sealed,
    judge: async (paths, { policy, anew }) => {
      const closed = await sealed(paths.map(idOf));
      const cases = paths.map((path): Case => ({ path, rules: closed.has(idOf(path)) ? 'itself' : { policy: policy?.value } }));
      const clean = ({ rules }: Case): string => (rules === 'itself' ? 'itself' : policy?.digest ?? 'no policy');
      // A policy never makes a ticket better: what is clean by one is clean by itself.
      const suffices = async (known: Known, one: Case): Promise<boolean> =>
        !anew && known.clean !== undefined && (one.rules === 'itself' || (known.clean === clean(one) && await specsAreThere(known.head)));
      return judged(cases, suffices, clean);
    },
    heads: (paths) => judged(paths.map((path) => ({ path, rules: 'itself' })), async () => true, () => 'itself'),
  };
}

const idOf = (path: RepoPath): TicketId => path.slice('tickets/'.length, -'.yaml'.length);

function isKnown(value: object): boolean {
  const { head } = value as Partial<Known>;
  return typeof head?.digest === 'string' && typeof head.title === 'string' && typeof head.class === 'string' && Array.isArray(head.specs);
}

/** What is known of a file: by its looks, or else by its bytes. */
async function recall(files: Files, shelf: Shelf<Known>, path: RepoPath, looks: Looks | undefined): Promise<Known | undefined> {
  if (looks === undefined) return undefined;
  const found = shelf.find(path, looks);
  if (found !== undefined) return found;
  const last = shelf.last(path);
  const bytes = last === undefined ? undefined : await files.read(path);
  return bytes !== undefined && sha256(bytes) === last!.head.digest ? last : undefined;
}
