import { sealedLedgerPath } from '../../domain/closing/places.js';
import type { ListedFile } from '../../domain/facts.js';
import { freshRun, take } from '../../domain/run.js';
import type { LineFault } from '../../domain/sealChain.js';
import { eachSealed } from '../../domain/sealReading.js';
import type { TicketId } from '../../domain/ticket.js';
import { sha256 } from '../digests.js';
import type { Files } from '../files.js';

/** What a sealed ledger says when every byte of it holds: the records that it lists; or else where it does not. */
export type SealedJudgement = { ok: true; listed: readonly ListedFile[] } | { ok: false; faults: readonly LineFault[] };

/** Judges the sealed ledger of a ticket; nothing when there is none. */
export async function judgeSealed(files: Pick<Files, 'read'>, ticket: TicketId): Promise<SealedJudgement | undefined> {
  const bytes = await files.read(sealedLedgerPath(ticket));
  if (bytes === undefined) return undefined;
  const run = freshRun(ticket);
  const faults = eachSealed(bytes, { ticket, hash: sha256 }, (fact) => take(run, fact));
  return faults.length > 0 ? { ok: false, faults } : { ok: true, listed: run.curation?.records ?? [] };
}
