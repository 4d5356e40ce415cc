import type { Digest } from './changeSet.js';
import type { TicketId } from './ticket.js';

/** SHA-256 as the world counts it, of bytes. */
export type Hash = (bytes: Uint8Array) => Digest;

/** A sealed ledger that is longer than this is not read: it comes from a stranger. */
export const SEALED_LIMIT = 16 * 1024 * 1024;

export const NEWLINE = 0x0a;

/** The facts of a ticket as one file: their exact bytes, one after the other. The digest of it is the seal. */
export function sealedLines(lines: readonly Uint8Array[]): Uint8Array {
  const sealed = new Uint8Array(lines.reduce((size, line) => size + line.length, 0));
  let at = 0;
  for (const line of lines) {
    sealed.set(line, at);
    at += line.length;
  }
  return sealed;
}

/** The lines of a sealed ledger, each with its newline. What stands after the last newline is a line without one. */
export function parseSealed(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, at);
    const end = newline < 0 ? bytes.length : newline + 1;
    lines.push(bytes.subarray(at, end));
    at = end;
  }
  return lines;
}

/** What the first fact of a ledger names as its predecessor. */
export const firstPredecessor = (ticket: TicketId, hash: Hash): Digest => hash(new TextEncoder().encode(`cxw:${ticket}`));
