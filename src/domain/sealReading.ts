import { judge } from './documents/judge.js';
import { sieveOf } from './documents/sieve.js';
import { factSchema, type Fact } from './facts.js';
import type { Hash } from './seal.js';
import { walkSealed, type LineFault } from './sealChain.js';
import type { TicketId } from './ticket.js';

export type SealedReading = { ok: true; facts: Fact[] } | { ok: false; faults: LineFault[] };

/** Reads a sealed ledger and checks every byte of it: each line is a fact of this ticket and names the line before. */
export function readSealed(bytes: Uint8Array, ticket: TicketId, hash: Hash): SealedReading {
  const facts: Fact[] = [];
  const faults = eachSealed(bytes, { ticket, hash }, (fact) => facts.push(fact));
  return faults.length > 0 ? { ok: false, faults } : { ok: true, facts };
}

/** The same for who needs each fact only once: very many of them need no more memory than one. What was taken counts only if there is no fault. */
export function eachSealed(bytes: Uint8Array, { ticket, hash }: { ticket: TicketId; hash: Hash }, take: (fact: Fact) => void): LineFault[] {
  return walkSealed(bytes, { ticket, hash, read: readLine }, take);
}

/** Most facts are taken by the sieve; what it does not take, the schema judges. */
const isPlainlyAFact = sieveOf(factSchema);
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A fact, or why the line is none. */
function readLine(line: Uint8Array): Fact | string {
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
