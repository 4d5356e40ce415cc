import { expect, test } from 'vitest';
import { sha256 } from '../support/sealed.js';
import { workshop } from '../support/workshop.js';

// So many bytes of sealed ledgers that the built program has threads help it.

const SHARED_FROM = 16 * 1024 * 1024;
const ticketOf = (number: number): string => `TKT-2026-11-21-number-${number}`;

/** A chain of attestations, as long as the limit of a ledger allows within reason. */
function linesOf(ticket: string): string[] {
  const lines: string[] = [];
  let prev = sha256(`cxw:${ticket}`);
  for (let seq = 1; seq <= 400; seq++) {
    const document = { change_set: prev, verdict: 'pass', summary: 'Read. '.repeat(3_000).trim(), risks: [] };
    lines.push(`${JSON.stringify({ v: 1, seq, prev, at: '2026-11-21T12:00:00.000Z', ticket, by: { role: 'writer', name: 'Ada' }, origin: { seen: 'self-declared' }, kind: 'recorded', record: 'self-review', document, digest: sha256(document.summary) })}\n`);
    prev = sha256(lines.at(-1)!);
  }
  return lines;
}

test('each fault is told once, in order, whoever found it', async () => {
  const bench = await workshop({ '.cxw/policy.yaml': 'schema_version: 1\ndelivery: { mode: none }\n' });
  const numbers = [1, 2, 3, 4];
  const ledgers = numbers.map((number) => linesOf(ticketOf(number)).toSpliced(100 * number - 1, number === 2 ? 0 : 1).join(''));
  expect(ledgers.join('').length).toBeGreaterThan(SHARED_FROM);
  for (const [at, ledger] of ledgers.entries()) await bench.write(`tickets/records/${ticketOf(at + 1)}/ledger.jsonl`, ledger);

  const { exit, answer } = await bench.json('validate', 'tickets/records');
  const places = answer.problems.map(({ file, line }: { file: string; line: number }) => `${file.split('/')[2]}:${line}`);
  const from = (number: number, line: number): string[] => Array.from({ length: 400 - line }, (_, at) => `${ticketOf(number)}:${line + at}`);
  // Each line after the cut has a wrong number; the first of them names another line before it, too.
  expect([exit, places]).toEqual([3, [`${ticketOf(1)}:100`, ...from(1, 100), `${ticketOf(3)}:300`, ...from(3, 300)]]);
  expect(answer.data.checked.records).toBe(4);
});
