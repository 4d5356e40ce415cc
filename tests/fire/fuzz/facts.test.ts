import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Fact } from '../../../src/domain/facts.js';
import { readManifest } from '../../../src/domain/manifestReading.js';
import { nextCommands } from '../../../src/domain/next.js';
import { fold } from '../../../src/domain/run.js';
import { readSealed } from '../../../src/domain/sealReading.js';
import { storyOf } from '../../../src/domain/story.js';
import { fileName } from '../../../src/world/chain.js';
import { WorldError } from '../../../src/world/errors.js';
import { openLedger } from '../../../src/world/ledger.js';
import { openPrivateState } from '../../../src/world/privateState.js';
import { aLife, chained, lifeOf, sha256, TICKET } from '../../support/sealed.js';
import type { Chance } from '../random.js';
import { campaign } from './campaign.js';
import { mutated, mutatedData, type Grammar } from './mutations.js';

const JSON_TEXT: Grammar = {
  end: '\n',
  words: /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^"{}[\],:]+/g,
  dictionary: ['{', '}', '[', ']', ',', ':', 'null', '-0', '1e999', '"__proto__"', '"\\ud800"', '"v"', '2', '"seq"', '\u0000', '\n', '\r', '\u00ef\u00bb\u00bf'],
};

const own = { by: { role: 'human', name: 'Ada' }, origin: { seen: 'terminal' } } as const;
const LIFE = chained([
  ...lifeOf(aLife()),
  { kind: 'blocked', ...own, reason: 'Ask.', release: 'An answer.' }, { kind: 'unblocked', ...own, reason: 'Answered.', rounds: 1 },
  { kind: 'waived', ...own, what: 'proof:P1', reason: 'Not here.' }, { kind: 'reworked', ...own, reason: 'Again.', repair: true }, { kind: 'abandoned', ...own, reason: 'Enough.', noChange: false },
]).facts;

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'cxw-fuzz-')); });
afterAll(() => rmSync(folder, { recursive: true }));

/** The first facts of a life, the last of them changed: as data, or as text. */
function damagedFacts(chance: Chance): Buffer {
  const facts = LIFE.slice(0, 1 + chance.below(LIFE.length));
  const lines = facts.map((fact) => JSON.stringify(fact));
  const last = lines.length - 1;
  lines[last] = chance.below(3) > 0 ? JSON.stringify(mutatedData(chance, facts[last])) : mutated(chance, lines[last]!, JSON_TEXT);
  return Buffer.from(`${lines.join('\n')}\n`, 'latin1');
}

/** What every command makes of facts that it believes. */
function believe(facts: Fact[]): void {
  const run = fold(TICKET, facts);
  nextCommands(run);
  storyOf(facts);
}

/** Lays each line down as a fact of its own, and asks the real ledger for them. */
async function readAsLedger(input: Buffer): Promise<undefined> {
  const place = join(folder, 'tickets', TICKET, 'facts');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const lines = input.toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  lines.forEach((line, at) => writeFileSync(join(place, fileName(at + 1)), `${line}\n`));
  const ledger = openLedger({ state: folder }, { clock: { now: () => new Date(0) }, command: 'cxw status' });
  await ledger.inspect(TICKET);
  believe((await orFailure(ledger.read(TICKET)))?.facts ?? []);
  return undefined;
}

/** Its answer, or nothing when the world failed, which is an answer too. */
async function orFailure<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof WorldError) return undefined;
    throw error;
  }
}

const MANIFEST = { schema_version: 1, files: [{ path: 'AGENTS.md', template: 'AGENTS.md', version: '1', text: '# Agents\n' }] };
const BASELINE = { baseline: { salt: 'salt', paths: [{ path: 'a', kind: 'file', executable: false, bytes: 3, digest: sha256('abc'), index: [], staged: false, untracked: true }], ignored: 0 }, mine: [], fingerprints: { hooks: {}, filters: {}, attributes: {}, agents: {}, config: {} } };

campaign([
  {
    name: 'sealed-ledgers', inputs: 12_000, next: damagedFacts,
    read: async (input) => {
      const reading = readSealed(input, TICKET, sha256);
      if (reading.ok) believe(reading.facts);
      return undefined;
    },
  },
  { name: 'ledgers', inputs: 4_000, next: damagedFacts, read: readAsLedger },
  {
    name: 'manifests', inputs: 5_000,
    next: (chance) => Buffer.from(JSON.stringify(mutatedData(chance, MANIFEST))),
    read: async (input) => void readManifest(input.toString('utf8')),
  },
  {
    name: 'baselines', inputs: 2_000,
    next: (chance) => Buffer.from(mutated(chance, JSON.stringify(BASELINE), JSON_TEXT), 'latin1'),
    read: async (input) => {
      const place = join(folder, 'tickets', TICKET, 'private');
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'baseline.json'), input);
      await orFailure(openPrivateState({ root: folder, state: folder }).baseline(TICKET));
      return undefined;
    },
  },
]);
