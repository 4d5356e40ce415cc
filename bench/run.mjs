// `npm run bench [-- --pairs N]`: what the commands cost beside the least that could do the same work, as ratios in one
// run; and counts, which are the same everywhere. Prints a page and writes it to bench/results.md.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, type } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { countsOf } from './counts.mjs';
import { compare } from './measure.mjs';
import { repositoriesIn } from './repositories.mjs';

const program = resolve(import.meta.dirname, '../dist/cxw.cjs');
const pairs = Math.max(7, Number(parseArgs({ options: { pairs: { type: 'string', default: '11' } } }).values.pairs) || 11);
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cxw-bench-')));
const home = join(folder, 'home');
// No NODE_EXTRA_CA_CERTS, NODE_OPTIONS or NODE_COMPILE_CACHE: each changes what starting Node costs.
const env = { PATH: process.env.PATH, HOME: home, TMPDIR: tmpdir(), GIT_CONFIG_NOSYSTEM: '1', TZ: 'UTC' };
const repositories = repositoriesIn(folder, program, env);

const GIT_STATUS = 'git --no-optional-locks status --porcelain=v2 -z --branch';
const DELIVERY = `set -e
before=$(git rev-parse HEAD); git rev-parse --abbrev-ref HEAD '@{upstream}'; ${GIT_STATUS}
git add -- src/file-1.txt src/file-2.txt src/file-3.txt
git diff --cached --raw -z
git commit --quiet --message 'Deliver it'
git diff-tree -r -z "$before" HEAD
git push --quiet origin HEAD:refs/heads/main
head=$(git rev-parse HEAD); remote=$(git ls-remote origin refs/heads/main | cut -f1)
${GIT_STATUS}
test "$head" = "$remote"`;

const cxw = (cwd, ...args) => ({ command: process.execPath, args: [program, ...args], cwd, env });
const afterNode = (cwd, script) => ({ command: 'sh', args: ['-c', `'${process.execPath}' -e 0\n${script}`], cwd, env });
const Y0 = (cwd) => () => ({ command: process.execPath, args: ['-e', '0'], cwd, env });
const Y1 = (cwd) => () => afterNode(cwd, GIT_STATUS);

function measure() {
  const busy = repositories.busy();
  const single = repositories.single();
  const begun = repositories.copy(single, 'begun');
  for (let state = 1; state <= 3; state++) execFileSync(process.execPath, [program, 'advance'], { cwd: begun, env, stdio: 'ignore' });
  const ready = repositories.ready(3);
  const readyWithOne = repositories.ready(1);
  const copied = (work, name) => () => repositories.copy(work, name);
  const [begunCopy, readyCopy, plainCopy, oneCopy] = [copied(begun, 'begun-copy'), copied(ready, 'ready-copy'), copied(ready, 'plain-copy'), copied(readyWithOne, 'one-copy')];
  return {
    timings: [
      ['`--version`', 'Y0', 1.6, compare(() => cxw(folder, '--version'), Y0(folder), pairs)],
      ['`status`, 60 files, 20 tickets, 200 facts', 'Y1', 1.7, compare(() => cxw(busy, 'status'), Y1(busy), pairs)],
      ['`validate` one ticket', 'Y0', 3.0, compare(() => cxw(single, 'validate', 'tickets'), Y0(single), pairs)],
      ['`advance` one observed state (the fourth)', 'Y1', 1.8, compare(() => cxw(begunCopy(), 'advance'), Y1(begun), pairs)],
      ['`deliver` 3 paths, local remote, no hooks', 'Y2', 1.5, compare(() => cxw(readyCopy(), 'deliver'), () => afterNode(plainCopy(), DELIVERY), pairs)],
    ],
    counts: [
      ['`--version`', countsOf(program, ['--version'], { cwd: folder, env })],
      ['`status`', countsOf(program, ['status'], { cwd: busy, env })],
      ['`validate` one ticket', countsOf(program, ['validate', 'tickets'], { cwd: single, env })],
      ['`advance` one observed state', countsOf(program, ['advance'], { cwd: begunCopy(), env })],
      ['`deliver` 3 paths', countsOf(program, ['deliver'], { cwd: readyCopy(), env })],
      ['`deliver` 1 path', countsOf(program, ['deliver'], { cwd: oneCopy(), env })],
    ],
  };
}

function page({ timings, counts }) {
  const row = (cells) => `| ${cells.join(' | ')} |`;
  const ratio = (number) => (Number.isNaN(number) ? '' : number.toFixed(2));
  const bytes = (files) => Math.round(files.reduce((all, file) => all + statSync(file).size, 0) / 1000);
  return `# What the commands cost

Written by \`npm run bench\`. It is one run on one machine: hold the ratios against each other, not the milliseconds.

Each command and its yardstick ran in turn, ${pairs} pairs; *wall* is the median of the ratios of the pairs, with the least and the most; *cpu* is all user and system time of the command over all of the yardstick's. *Goal* is what the command is to come to.

- Y0: \`node -e 0\`
- Y1: Y0, then \`${GIT_STATUS}\`
- Y2: Y0, then a careful delivery in sh: the facts by \`rev-parse\`, \`status\`, \`add\`, \`diff --cached\`, \`commit\`, \`diff-tree\`, \`push\`, \`ls-remote\` and comparison, \`status\`

${row(['command', 'beside', 'wall', 'least to most', 'cpu', 'goal', 'ms'])}
${row(['---', '---', '---', '---', '---', '---', '---'])}
${timings.map(([name, beside, goal, { wall, least, most, cpu, milliseconds }]) => row([name, beside, ratio(wall), `${ratio(least)} to ${ratio(most)}`, ratio(cpu), ratio(goal), Math.round(milliseconds)])).join('\n')}

Counts do not depend on the machine:

${row(['command', 'git processes', 'files loaded', 'kB loaded'])}
${row(['---', '---', '---', '---'])}
${counts.map(([name, { gitProcesses, loaded }]) => row([name, gitProcesses, loaded.length, bytes(loaded)])).join('\n')}

${type()} ${process.arch}, ${cpus().length} × ${cpus()[0].model.trim()}; Node ${process.versions.node}; ${execFileSync('git', ['--version'], { encoding: 'utf8' }).trim()}; load ${loadavg()[0].toFixed(1)} at the end.
`;
}

try {
  mkdirSync(home);
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');
  const written = page(measure());
  writeFileSync(join(import.meta.dirname, 'results.md'), written);
  process.stdout.write(written);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
