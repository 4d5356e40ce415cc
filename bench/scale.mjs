// What thousands of tickets, uncommitted files and facts cost, each at three sizes: rows for the page of the bench. Run
// by itself, it prints them; `--most 1000` leaves out what is larger.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { compare, peakOf } from './measure.mjs';
import { dirtyRepository, repositoryOf, sealedRepository } from './manyTickets.mjs';

const GIT_STATUS = 'git --no-optional-locks status --porcelain=v2 -z --branch';
const HASH = `const { readFileSync, readdirSync } = require('fs');
for (const entry of readdirSync(process.argv[1], { recursive: true, withFileTypes: true }))
  if (entry.isFile()) require('crypto').createHash('sha256').update(readFileSync(entry.parentPath + '/' + entry.name)).digest('hex');`;
const PARSE = `const { readFileSync, readdirSync } = require('fs');
const { parse } = require(process.argv[2]);
for (const name of readdirSync(process.argv[1])) if (name.endsWith('.yaml')) parse(readFileSync(process.argv[1] + '/' + name, 'utf8'));`;
const FACTS = `const { readFileSync, readdirSync } = require('fs');
const facts = new Map();
for (const ticket of readdirSync('tickets/records'))
  for (const line of readFileSync('tickets/records/' + ticket + '/ledger.jsonl', 'utf8').split('\\n')) if (line !== '') { const fact = JSON.parse(line); facts.set(fact.ticket + fact.seq, fact.kind); }`;

/**
 * Measures everything: `[what, size, yardstick, goal, comparison]`, the comparison as `compare` answers it, and what
 * memory it takes with the most tickets. Repositories are made below `folder`; `pairs` says how often a quick command is
 * run beside its yardstick.
 */
export function scaleRows({ folder, program, env, pairs, most = Infinity }) {
  const at = (cwd, command, ...args) => () => ({ command, args, cwd, env });
  const cxw = (cwd, ...args) => at(cwd, process.execPath, program, ...args);
  const node = (cwd, script, ...args) => at(cwd, process.execPath, '-e', script, ...args);
  const afterNode = (cwd, script) => at(cwd, 'sh', '-c', `'${process.execPath}' -e 0\n${script}`);
  const yaml = resolve(import.meta.dirname, '../node_modules/yaml');
  const slowly = Math.max(3, Math.floor(pairs / 3));
  const sizes = (...all) => all.filter((size) => size <= most);

  const few = join(folder, 'tickets-10');
  const [first] = repositoryOf(10, { folder: few, program, env });
  const ofTickets = sizes(100, 1000, 10_000).flatMap((size) => {
    const many = join(folder, `tickets-${size}`);
    repositoryOf(size, { folder: many, program, env });
    return [
      ['`validate`, all for the first time', size, '`yaml` parses them', 0.8, compare(cxw(many, 'validate', '--no-cache'), node(many, PARSE, 'tickets', yaml), slowly)],
      ['`validate`, nothing changed', size, 'Y3', 1.6, compare(cxw(many, 'validate'), node(many, HASH, 'tickets'), pairs)],
      ['`status --all`, nothing changed', size, 'Y1', 6, compare(cxw(many, 'status', '--all'), afterNode(many, GIT_STATUS), pairs)],
      ['`ticket list`, nothing changed', size, 'Y1', 6, compare(cxw(many, 'ticket', 'list'), afterNode(many, GIT_STATUS), pairs)],
      ['`ticket show` one of them', size, 'one of 10', 1.3, compare(cxw(many, 'ticket', 'show', first), cxw(few, 'ticket', 'show', first), pairs)],
    ];
  });
  const ofFiles = sizes(100, 1000, 10_000).map((size) => {
    const dirty = join(folder, `dirty-${size}`);
    const begin = dirtyRepository(size, { folder: dirty, program, env });
    const yardstick = afterNode(dirty, `${GIT_STATUS}\n'${process.execPath}' -e "${HASH.replaceAll('"', '\\"')}" mine`);
    return ['`advance` to a baseline of uncommitted files, with copies', size, 'Y1 + Y3', 1.6, compare(() => { begin(); return cxw(dirty, 'advance')(); }, yardstick, slowly)];
  });
  const ofFacts = sizes(100, 1000, 10_000).map((size) => {
    const sealed = join(folder, `sealed-${size}`);
    sealedRepository(size * 100, { folder: sealed, program, env });
    const row = ['`validate` of sealed ledgers, by facts', size * 100, 'Y4', 2.2, compare(cxw(sealed, 'validate', 'tickets/records'), node(sealed, FACTS), slowly)];
    rmSync(sealed, { recursive: true, force: true });
    return row;
  });
  const last = sizes(100, 1000, 10_000).at(-1);
  const largest = join(folder, `tickets-${last}`);
  return { rows: [...ofTickets, ...ofFiles, ...ofFacts], peaks: ['status --all', 'validate --no-cache'].map((words) => [`\`${words}\`, ${last.toLocaleString('en')} tickets`, peakOf(cxw(largest, ...words.split(' '))())]) };
}

/** How the ratio of each row to the same work at a tenth of the size grew in time: 10 is linear. */
export const growthOf = (rows) => rows.flatMap(([what, size, , , { milliseconds }]) => {
  const smaller = rows.find((row) => row[0] === what && row[1] === size / 10);
  return smaller === undefined ? [] : [[what, smaller[1], size, milliseconds / smaller[4].milliseconds]];
});

function main() {
  const { values } = parseArgs({ options: { pairs: { type: 'string', default: '11' }, most: { type: 'string', default: '10000' } } });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cxw-scale-')));
  try {
    const home = join(folder, 'home');
    mkdirSync(home);
    writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');
    const env = { PATH: process.env.PATH, HOME: home, TMPDIR: tmpdir(), GIT_CONFIG_NOSYSTEM: '1', TZ: 'UTC' };
    const { rows, peaks } = scaleRows({ folder, program: resolve(import.meta.dirname, '../dist/cxw.cjs'), env, pairs: Number(values.pairs), most: Number(values.most) });
    for (const [what, size, beside, goal, { wall, least, most, cpu, milliseconds }] of rows) {
      console.log(`${what} | ${size} | ${wall.toFixed(2)} × ${beside} (${least.toFixed(2)} to ${most.toFixed(2)}), goal ${goal} | cpu ${cpu.toFixed(2)} | ${milliseconds.toFixed(0)} ms`);
    }
    for (const [what, peak] of peaks) console.log(`${what}: ${peak.toFixed(0)} MiB`);
    for (const [what, from, to, growth] of growthOf(rows)) console.log(`${what}: × ${growth.toFixed(1)} from ${from} to ${to}`);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) main();
