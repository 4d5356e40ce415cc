import type { TicketId } from '../../domain/ticket.js';
import type { Files } from '../files.js';
import type { Places } from '../places.js';
import type { SealedJudgement } from './judgement.js';

export type { SealedJudgement } from './judgement.js';

/** The sealed ledgers among the closing records. */
export interface SealedLedgers {
  /** Checks every byte of each. Nothing stands for one that is not there. */
  judge(tickets: readonly TicketId[]): Promise<(SealedJudgement | undefined)[]>;
}

/** Opens those of a worktree. What judges them is loaded when there are any. */
export const openSealedLedgers = ({ root }: Pick<Places, 'root'>, here: { files: Files; signal: AbortSignal }): SealedLedgers => ({
  judge: async (tickets) => (tickets.length === 0 ? [] : (await import('./threads.js')).judgeAll(root, here, tickets)),
});
