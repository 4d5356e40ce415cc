import { changesOf, changesRecord } from './closing/changes.js';
import { expertsRecord } from './closing/experts.js';
import { handoffRecord } from './closing/handoff.js';
import { recordsFolder } from './closing/places.js';
import { planRecord } from './closing/plan.js';
import { resultRecord } from './closing/result.js';
import { reviewRecord } from './closing/review.js';
import type { ChangedPath } from './changeSet.js';
import type { Evidence, Fact } from './facts.js';
import type { RepoPath } from './paths.js';
import { hasReached } from './road.js';
import { fold, type Run } from './run.js';

export interface ClosingRecord {
  path: RepoPath;
  content: Uint8Array;
}

/** What the closing records need beside the facts. */
export interface ClosingParts {
  /** Logs of proofs, by the name that their fact gives them. */
  logs: ReadonlyMap<string, Uint8Array>;
  /** Memory files that are delivered with the work. */
  memory: readonly ChangedPath[];
  /** Whether the specs of the ticket still tell the truth, where that was asked. */
  drift?: Evidence<'context_curated'>['drift'];
}

/** Bytes are evidence: no filter and no line ending rule may touch them. */
const KEEP_BYTES = '* -text -filter -ident -working-tree-encoding\n';

/**
 * Everything that closes a ticket, below its records folder, but the sealed ledger. The same facts and parts give the
 * same bytes, before and after the state `context_curated` is entered. The ticket must be locked.
 */
export function closingRecords(run: Run, facts: readonly Fact[], parts: ClosingParts): ClosingRecord[] {
  const told = factsToClose(run, facts);
  const closed = fold(run.ticket, told);
  const lock = closed.lock;
  if (lock === undefined) throw new Error(`${run.ticket} was never locked; there is nothing to close`);
  const files: [name: string, content: Uint8Array][] = [
    ['.gitattributes', encode(KEEP_BYTES)],
    ['policy.yaml', encode(lock.policy.text)],
    ['plan.md', planRecord(closed, lock.ticket.content)],
    ['changes.md', changesRecord(closed, told)],
    ...closed.reviews.map((review, at): [string, Uint8Array] => [`review-${at + 1}.md`, reviewRecord(run.ticket, review, at + 1)]),
    ...(closed.experts.length === 0 ? [] : [['experts.md', expertsRecord(run.ticket, closed.experts)] as [string, Uint8Array]]),
    ['result.md', resultRecord(closed, lock.ticket.content, told)],
    ['handoff.md', handoffRecord(closed, changesOf(closed, told), parts)],
    ...proofLogs(closed, parts.logs),
  ];
  return files.map(([name, content]) => ({ path: `${recordsFolder(run.ticket)}/${name}` as RepoPath, content }));
}

/** The facts that the records tell: all of them until the records themselves are listed. */
function factsToClose(run: Run, facts: readonly Fact[]): readonly Fact[] {
  if (!hasReached(run.state, 'context_curated')) return facts;
  return facts.slice(0, facts.findLastIndex((fact) => fact.kind === 'entered' && fact.state === 'context_curated'));
}

/** Output of the runs that the proofs stand on. */
function proofLogs(run: Run, logs: ReadonlyMap<string, Uint8Array>): [string, Uint8Array][] {
  const counted = new Set((run.proofs?.proofs ?? []).map((proof) => proof.run));
  return run.proofRuns.flatMap((ran) => {
    const content = ran.log !== undefined && counted.has(ran.seq) ? logs.get(ran.log.name) : undefined;
    return content === undefined ? [] : [[`proof-${ran.proof}-${ran.seq}.txt`, content]];
  });
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
