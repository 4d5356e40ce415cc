import { sealedLedgerPath } from '../../domain/closing/places.js';
import type { TicketId } from '../../domain/ticket.js';
import { placeOf, statOf } from '../containment.js';
import type { Files } from '../files.js';
import { judgeRest, onThreads, type Helper } from '../threads.js';
import type { SealedJudgement } from './judgement.js';

/** Starting a thread takes as long as judging so many bytes. */
const WORTH_THREADS = 16 * 1024 * 1024;

/** The facts of a ledger are held until all of it is read, so that what is young lives longer than elsewhere. */
const HELPER: Helper = { program: 'ledgerThread.cjs', heap: { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 512 } };

/** Judges sealed ledgers one after the other; many facts of them on threads of their own. */
export async function judgeAll(root: string, { files, signal }: { files: Pick<Files, 'read'>; signal: AbortSignal }, cases: readonly TicketId[]): Promise<(SealedJudgement | undefined)[]> {
  // A ledger may be long: each is taken alone.
  const work = { root, cases, batch: 1 };
  const judged = cases.length < 2 || bytesOf(root, cases) < WORTH_THREADS ? NONE : await onThreads<TicketId, SealedJudgement | undefined>(HELPER, work, signal);
  return judgeRest(work, judged, signal, async (ticket) => (await import('./judgement.js')).judgeSealed(files, ticket));
}

const NONE: ReadonlyMap<number, SealedJudgement | undefined> = new Map();

const bytesOf = (root: string, tickets: readonly TicketId[]): number =>
  tickets.reduce((bytes, ticket) => bytes + (statOf(placeOf(root, sealedLedgerPath(ticket)))?.size ?? 0), 0);
