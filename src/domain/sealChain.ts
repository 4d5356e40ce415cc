import type { Digest } from './changeSet.js';
import { firstPredecessor, NEWLINE, parseSealed, SEALED_LIMIT, type Hash } from './seal.js';
import type { TicketId } from './ticket.js';

/** What is wrong with a line of a sealed ledger. Lines count from 1; 0 is the file as a whole. */
export interface LineFault {
  line: number;
  why: string;
}

/** What of a line says where it belongs. */
export interface SealedLink {
  ticket: TicketId;
  seq: number;
  prev: Digest;
}

/** How a sealed ledger is read: whose it is to be, and what makes a link of a line, or says why it is none. */
export interface SealedReader<L extends SealedLink> {
  ticket: TicketId;
  hash: Hash;
  read: (line: Uint8Array) => L | string;
}

/** Walks the lines of a sealed ledger: each belongs to the ticket and names the line before. What was taken counts only if there is no fault. */
export function walkSealed<L extends SealedLink>(bytes: Uint8Array, { ticket, hash, read }: SealedReader<L>, take: (link: L) => void): LineFault[] {
  if (bytes.length === 0) return [{ line: 0, why: 'it is empty' }];
  if (bytes.length > SEALED_LIMIT) return [{ line: 0, why: `it is longer than ${SEALED_LIMIT} bytes` }];
  const faults: LineFault[] = [];
  let prev = firstPredecessor(ticket, hash);
  parseSealed(bytes).forEach((line, at) => {
    const link = line.at(-1) === NEWLINE ? read(line) : 'it has no end';
    const whys = typeof link === 'string' ? [link] : linkFaults(link, { seq: at + 1, prev, ticket });
    for (const why of whys) faults.push({ line: at + 1, why });
    if (typeof link !== 'string') take(link);
    prev = hash(line);
  });
  return faults;
}

/** What speaks against its being a sealed ledger of the ticket at all. What its facts are worth is for whoever reads them. */
export const chainFaults = (bytes: Uint8Array, of: { ticket: TicketId; hash: Hash }): LineFault[] =>
  walkSealed(bytes, { ...of, read: linkIn }, () => undefined);

function linkIn(line: Uint8Array): SealedLink | string {
  try {
    const { ticket, seq, prev } = JSON.parse(new TextDecoder().decode(line)) as SealedLink;
    return { ticket, seq, prev };
  } catch {
    return 'it is no JSON';
  }
}

function linkFaults(link: SealedLink, expected: SealedLink): string[] {
  return [
    ...(link.ticket === expected.ticket ? [] : ['it belongs to another ticket']),
    ...(link.seq === expected.seq ? [] : [`it is numbered ${link.seq}`]),
    ...(link.prev === expected.prev ? [] : ['it does not name the line before: a line was edited, removed or moved']),
  ];
}
