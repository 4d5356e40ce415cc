import { judge } from './documents/judge.js';
import { sieveOf } from './documents/sieve.js';
import { factSchema, type Fact } from './facts.js';
import { firstPredecessor, NEWLINE, parseSealed, SEALED_LIMIT, type Hash } from './seal.js';
import type { TicketId } from './ticket.js';

/** What is wrong with a line of a sealed ledger. Lines count from 1; 0 is the file as a whole. */
export interface LineFault {
  line: number;
  why: string;
}

export type SealedReading = { ok: true; facts: Fact[] } | { ok: false; faults: LineFault[] };

/** Reads a sealed ledger and checks every byte of it: each line is a fact of this ticket and names the line before. */
export function readSealed(bytes: Uint8Array, ticket: TicketId, hash: Hash): SealedReading {
  const facts: Fact[] = [];
  const faults = eachSealed(bytes, { ticket, hash }, (fact) => facts.push(fact));
  return faults.length > 0 ? { ok: false, faults } : { ok: true, facts };
}

/** The same for who needs each fact only once: very many of them need no more memory than one. What was taken counts only if there is no fault. */
export function eachSealed(bytes: Uint8Array, { ticket, hash }: { ticket: TicketId; hash: Hash }, take: (fact: Fact) => void): LineFault[] {
  if (bytes.length === 0) return [{ line: 0, why: 'it is empty' }];
  if (bytes.length > SEALED_LIMIT) return [{ line: 0, why: `it is longer than ${SEALED_LIMIT} bytes` }];
  const faults: LineFault[] = [];
  let prev = firstPredecessor(ticket, hash);
  parseSealed(bytes).forEach((line, at) => {
    const read = readLine(line);
    const whys = typeof read === 'string' ? [read] : linkFaults(read, { seq: at + 1, prev, ticket });
    for (const why of whys) faults.push({ line: at + 1, why });
    if (typeof read !== 'string') take(read);
    prev = hash(line);
  });
  return faults;
}

/** Most facts are taken by the sieve; what it does not take, the schema judges. */
const isPlainlyAFact = sieveOf(factSchema);
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A fact, or why the line is none. */
function readLine(line: Uint8Array): Fact | string {
  if (line.at(-1) !== NEWLINE) return 'it has no end';
  let value: unknown;
  try {
    const text = decoder.decode(line.subarray(0, -1));
    value = JSON.parse(text);
    if (isPlainlyAFact(value, text)) return value as Fact;
    // The same fact can be written in many ways, and readers differ in what they make of doubled keys. Ours has one way.
    if (JSON.stringify(value) !== text) return 'it is not written as facts are';
  } catch {
    return 'it is no JSON';
  }
  const parsed = judge(factSchema, value);
  return parsed.success ? parsed.data : unreadable(value);
}

const unreadable = (value: unknown): string => {
  const version: unknown = typeof value === 'object' && value !== null && 'v' in value ? value.v : undefined;
  return typeof version === 'number' && version > 1 ? `it is of version ${version}, which a newer cxw wrote` : 'it is no fact';
};

function linkFaults(fact: Fact, expected: Pick<Fact, 'seq' | 'prev' | 'ticket'>): string[] {
  return [
    ...(fact.ticket === expected.ticket ? [] : ['it belongs to another ticket']),
    ...(fact.seq === expected.seq ? [] : [`it is numbered ${fact.seq}`]),
    ...(fact.prev === expected.prev ? [] : ['it does not name the line before: a line was edited, removed or moved']),
  ];
}
