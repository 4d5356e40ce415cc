import { ticketProblems } from '../../../src/domain/ticketRules.js';
import { policySchema } from '../../../src/domain/policy.js';
import type { RepoPath } from '../../../src/domain/paths.js';
import type { Problem } from '../../../src/domain/problem.js';
import { RECORD_KINDS, type RecordKind } from '../../../src/domain/records.js';
import { openDocuments, type Reading } from '../../../src/world/documents.js';
import { frame } from '../../../src/output/frame.js';
import { campaign, type Reader } from './campaign.js';
import { mutated, type Grammar } from './mutations.js';
import { POLICIES, RECORDS, TICKETS } from './samples.js';

const YAML: Grammar = {
  end: '\n',
  words: /[A-Za-z0-9_./-]+|\s+|[^A-Za-z0-9_./\s-]/g,
  dictionary: [
    ': ', '- ', '? ', '[', ']', '{', '}', ',', '"', "'", '|', '>', '>-', '#', '&a ', '*a', '!!str ', '!!binary ', '<<: ', '%YAML 1.1', '---', '...', '\t', '\r', '\0', '\u001b', '\\', '@', '`',
    'null', '~', 'yes', '1.10', '0x1F', '-.inf', '1e999', '2026-11-21', '', '__proto__', 'constructor', '"\\u0000"', '"\\x1b[2J"', '../..', '/etc/passwd', '.git/config', '**', '{a,b', '[!', '\\', '<<<<<<< ours',
    '\u00ef\u00bb\u00bf', '\u00e2\u0080\u00ae', '\u00ff\u00fe', 'id', 'scope', 'files', 'proof', 'run', 'shell', 'TKT-2026-11-21-fix-typo', 'P1', 'AC-1', 'F1', 'true', 'quick', 'standard', 'orchestrator',
  ],
};

const documents = openDocuments({ read: async () => undefined, list: async () => [], kind: async () => 'absent' });
const POLICY = policySchema.parse({ schema_version: 1, delivery: { mode: 'none' } });
const TICKET_PATH = 'tickets/TKT-2026-11-21-fix-typo.yaml' as RepoPath;

/** Whatever is wrong is told with its place, and the place lies inside of the document. */
function misplaced(input: Buffer, problems: readonly Problem[]): string | undefined {
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(input).split('\n');
  for (const { code, place, message } of problems) {
    if (/undefined|\[object|NaN/.test(message) && !/undefined|NaN|\[object/.test(lines.join('\n'))) return `${code} says: ${message}`;
    if (place === undefined) return `${code} has no place`;
    frame(place, { unicode: false, width: 80 });
    const { line = 0, column = 0 } = place;
    if (line < 1 || line > lines.length) return `${code} stands at line ${line} of ${lines.length}`;
    if (column < 1 || column > [...lines[line - 1]!].length + 1) return `${code} stands at ${line}:${column}, beyond its line`;
  }
  return undefined;
}

function reader(name: string, inputs: number, samples: readonly string[], read: (bytes: Buffer) => Promise<Problem[]>): Reader {
  const bytes = samples.map((sample) => Buffer.from(sample).toString('latin1'));
  return {
    name, inputs,
    next: (chance) => Buffer.from(mutated(chance, chance.of(bytes), YAML), 'latin1'),
    read: async (input) => misplaced(input, await read(input)),
  };
}

const told = <T>(reading: Reading<T>, more: (read: Reading<T> & { ok: true }) => Problem[] = () => []): Problem[] =>
  (reading.ok ? [...reading.warnings, ...more(reading)] : reading.problems);

campaign([
  reader('tickets', 16_000, TICKETS, async (bytes) =>
    told(await documents.readTicket(bytes, TICKET_PATH), ({ value, where }) => ticketProblems(value, POLICY, where))),
  reader('policies', 8_000, POLICIES, async (bytes) => told(await documents.readPolicy(bytes, '.cxw/policy.yaml' as RepoPath))),
  ...RECORD_KINDS.map((kind: RecordKind) => reader(`records-${kind}`, 3_000, RECORDS[kind], async (bytes) => told(await documents.record(kind, bytes, 'draft.yaml')))),
]);
