// Makes the rooms of delivery wrong, one place at a time, and asks the tests that stand beside each whether they notice.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { mutationsOf } from './mutants/mutations.mjs';

const root = resolve(import.meta.dirname, '..');
const read = (path) => readFileSync(join(root, path), 'utf8');

/** Each source, and the tests beside it that must notice. */
const ROOMS = {
  'src/domain/delivery/intent.ts': 'tests/domain/delivery/intent.test.ts',
  'src/domain/delivery/message.ts': 'tests/domain/delivery/message.test.ts',
  'src/domain/delivery/note.ts': 'tests/domain/delivery/note.test.ts',
  'src/domain/delivery/notesTree.ts': 'tests/domain/delivery/note.test.ts',
  'src/domain/delivery/preconditions.ts': 'tests/domain/delivery/preconditions.test.ts',
  'src/domain/delivery/resume.ts': 'tests/domain/delivery/resume.test.ts',
  'src/domain/delivery/sets.ts': 'tests/domain/delivery/resume.test.ts',
  'src/domain/delivery/undo.ts': 'tests/domain/delivery/resume.test.ts',
  'src/domain/delivery/url.ts': 'tests/domain/delivery/url.test.ts',
  'src/world/chain.ts': 'tests/world/ledger.test.ts',
  'src/world/ledger.ts': 'tests/world/ledger.test.ts',
  'src/world/lock.ts': 'tests/world/lock.test.ts',
  'src/world/durably.ts': ['tests/world/durably.test.ts', 'tests/world/flushes.test.ts'],
  'src/world/privateState.ts': 'tests/world/privateState.test.ts',
};

/** A mutant under which nothing is heard for so long goes round in circles: it is noticed. */
const PATIENCE_MS = 45_000;

/** Where the verdicts of earlier runs are, for each source, by everything that they depend on. */
const memoryOf = (source) => join(root, 'node_modules/.cache/cxw-mutants', `${source.replaceAll('/', '-')}.json`);

const wanted = process.argv.slice(2);
const results = [];
for (const [source, tests] of Object.entries(ROOMS)) {
  if (wanted.length === 0 || wanted.includes(source)) results.push({ source, judged: await judge(source, [tests].flat()) });
}
report(results);

async function judge(source, tests) {
  const text = read(source);
  const memory = remembered(source);
  const judged = mutationsOf(source, text).map((mutation) => ({ ...mutation, key: createHash('sha256').update(`${tests.map(read).join('\0')}\0${mutation.text}`).digest('hex') }));
  const fresh = judged.filter(({ key }) => memory[key] === undefined);
  let judging;
  for (const [nth, mutation] of fresh.entries()) {
    judging ??= await judgeOf(source, tests);
    memory[mutation.key] = await judging.verdict(mutation.text);
    if (memory[mutation.key] === 'timed out') judging = undefined;
    if (nth % 20 === 0) keep(source, memory);
  }
  judging?.end();
  keep(source, memory);
  console.error(`${source}: ${judged.length} mutants, ${fresh.length} judged now`);
  return judged.map((mutation) => ({ ...mutation, verdict: memory[mutation.key] }));
}

/** A process that judges mutants of one source. */
async function judgeOf(source, tests) {
  const child = fork(join(root, 'scripts/mutants/judge.mjs'), [source, ...tests], { cwd: root, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const end = () => child.kill('SIGKILL');
  const heard = () => new Promise((settled) => {
    const timer = setTimeout(() => { end(); settled('timed out'); }, PATIENCE_MS);
    child.once('message', (message) => { clearTimeout(timer); settled(message); });
  });
  if (await heard() !== 'ready') {
    end();
    throw new Error(`the tests of ${source} fail, or do not end, on the source as it stands`);
  }
  return { end, verdict: (text) => { child.send(text); return heard(); } };
}

function report(all) {
  const count = (judged, ...verdicts) => judged.filter(({ verdict }) => verdicts.includes(verdict)).length;
  console.log('\n| source | mutants | killed | refused by the compiler | survived | score |\n|---|---|---|---|---|---|');
  for (const { source, judged } of [...all, { source: 'all', judged: all.flatMap(({ judged }) => judged) }]) {
    const [killed, refused, survived] = [count(judged, 'killed', 'timed out'), count(judged, 'no type'), count(judged, 'survived')];
    console.log(`| ${source} | ${judged.length} | ${killed} | ${refused} | ${survived} | ${(100 * killed / (killed + survived)).toFixed(1)} % |`);
  }
  for (const { source, judged } of all) {
    for (const { line, column, was, now } of judged.filter(({ verdict }) => verdict === 'survived')) console.log(`${source}:${line}:${column} ${JSON.stringify(was.slice(0, 90))} -> ${JSON.stringify(now)}`);
  }
}

function remembered(source) {
  try {
    return JSON.parse(readFileSync(memoryOf(source), 'utf8'));
  } catch {
    return {};
  }
}

function keep(source, memory) {
  mkdirSync(dirname(memoryOf(source)), { recursive: true });
  writeFileSync(memoryOf(source), JSON.stringify(memory));
}
