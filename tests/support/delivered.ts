import { closingRecords } from '../../src/domain/closing.js';
import { recordsFolder, sealedLedgerPath } from '../../src/domain/closing/places.js';
import { parseRawDiff } from '../../src/domain/porcelain.js';
import { fold } from '../../src/domain/run.js';
import { sealedLines } from '../../src/domain/seal.js';
import type { TicketId } from '../../src/domain/ticket.js';
import { aLife, chained, lifeOf, policyDocument, sha256, TICKET, ticketDocument, type Body } from './sealed.js';
import { workshop, type Workshop } from './workshop.js';

/** What is to be wrong, or other than ordinary, about a delivery. */
export interface Variant {
  ticket?: ReturnType<typeof ticketDocument>;
  policy?: ReturnType<typeof policyDocument>;
  /** The policy that is committed, where it is another than the locked one. */
  committedPolicy?: string;
  /** Changes the facts before they are chained; every later digest follows. */
  facts?: (bodies: Body[]) => Body[];
  /** Changes the sealed bytes after the seal was taken. */
  sealed?: (bytes: Buffer) => Buffer;
  /** Changes the seal that the commit names. */
  seal?: (seal: string) => string;
  /** Changes files before they are committed. */
  files?: (bench: Workshop) => Promise<void>;
  message?: (seal: string) => string;
}

export interface DeliveredTicket {
  bench: Workshop;
  base: string;
  commit: string;
  seal: string;
}

/** A workshop with a policy and one ticket that was delivered and pushed, built with plain git from facts made up here. */
export async function deliveredTicket(variant: Variant = {}): Promise<DeliveredTicket> {
  const policy = variant.policy ?? policyDocument();
  const bench = await workshop({ 'README.md': '# Workshop\n', '.cxw/policy.yaml': variant.committedPolicy ?? policy.text });
  return deliverInto(bench, { ...variant, policy });
}

/** Delivers one more ticket. A ticket of its own has one file in its scope. */
export async function deliverInto(bench: Workshop, variant: Variant): Promise<DeliveredTicket> {
  const { policy = policyDocument(), ticket = ticketDocument() } = variant;
  const { id, scope } = ticket.content;
  const file = 'files' in scope ? scope.files[0]! : 'greeting.txt';
  const base = await bench.git('rev-parse', 'HEAD');
  await bench.write(file, 'hello\n');
  await bench.git('add', file);
  const raw = await bench.gitBytes('diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', base, await bench.git('write-tree'));
  const life = aLife({ ticket, policy, base, product: parseRawDiff(raw), changeSet: sha256(raw) });
  await bench.write(`tickets/${id}.yaml`, ticket.text);

  const listed = await writeRecords(bench, id, lifeOf(life).slice(0, -1));
  const bodies = (variant.facts ?? ((all) => all))(lifeOf({ ...life, records: listed }).map((body) => structuredClone(body)));
  const sealed = Buffer.from(sealedLines(chained(bodies, id).lines));
  const seal = sha256(sealed);
  await bench.write(sealedLedgerPath(id), (variant.sealed ?? ((bytes) => bytes))(sealed));
  await variant.files?.(bench);

  const named = (variant.seal ?? ((digest) => digest))(seal);
  const message = variant.message?.(named) ?? `${ticket.content.title}\n\nCxw-Ticket: ${id}\nCxw-Evidence: ${named}`;
  await bench.git('add', '--all');
  await bench.git('commit', '--quiet', '--message', message);
  await bench.git('push', '--quiet');
  return { bench, base, commit: await bench.git('rev-parse', 'HEAD'), seal };
}

async function writeRecords(bench: Workshop, id: TicketId, bodies: readonly Body[]) {
  const { facts } = chained(bodies, id);
  const records = closingRecords(fold(id, facts), facts, { logs: new Map([['P1.txt', Buffer.from('hello\n')]]), memory: [] });
  for (const { path, content } of records) await bench.write(path, content);
  return records.map(({ path, content }) => ({ path, digest: sha256(content), bytes: content.length }));
}

export const recordPath = (name: string): string => `${recordsFolder(TICKET)}/${name}`;
