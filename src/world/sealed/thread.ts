/** A thread that helps to judge sealed ledgers. */
import type { TicketId } from '../../domain/ticket.js';
import { openFiles } from '../files.js';
import { help } from '../threads.js';
import { judgeSealed, type SealedJudgement } from './judgement.js';

void help<TicketId, SealedJudgement | undefined>((root) => {
  const files = openFiles(root);
  return (ticket) => judgeSealed(files, ticket);
});
