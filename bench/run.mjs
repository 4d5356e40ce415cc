// `npm run bench [-- --pairs N] [--most N] [--without-peers]`: what the commands cost beside the least that could do the
// same work, as ratios in one run; how that grows; what others take; and counts, which are the same everywhere. Prints a
// page and writes it to bench/results.md.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rowsBeside } from './beside.mjs';
import { countsOf } from './counts.mjs';
import { floorOf } from './floor.mjs';
import { compare, peakOf } from './measure.mjs';
import { page } from './page.mjs';
import { repositoriesIn } from './repositories.mjs';
import { scaleRows } from './scale.mjs';

const program = resolve(import.meta.dirname, '../dist/cxw.cjs');
const { values: wishes } = parseArgs({ options: { pairs: { type: 'string', default: '11' }, most: { type: 'string', default: '10000' }, 'without-peers': { type: 'boolean', default: false } } });
const pairs = Math.max(5, Number(wishes.pairs) || 11);
const most = Number(wishes.most) || 10_000;
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cxw-bench-')));
const home = join(folder, 'home');
// No NODE_EXTRA_CA_CERTS, NODE_OPTIONS or NODE_COMPILE_CACHE: each changes what starting Node costs.
const env = { PATH: process.env.PATH, HOME: home, TMPDIR: tmpdir(), GIT_CONFIG_NOSYSTEM: '1', TZ: 'UTC' };
const counting = { ...env, CXW_CODE_CACHE: 'read' };
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

/** Where the facts of the one ticket under way lie. */
function factsIn(work) {
  const tickets = join(work, '.git/cxw/tickets');
  const [id] = readdirSync(tickets);
  return join(tickets, id, 'facts');
}

function measure() {
  const busy = repositories.busy();
  const single = repositories.single();
  const begun = repositories.copy(single, 'begun');
  for (let state = 1; state <= 3; state++) execFileSync(process.execPath, [program, 'advance'], { cwd: begun, env, stdio: 'ignore' });
  const ready = repositories.ready(3);
  const readyWithOne = repositories.ready(1);
  const untouched = repositories.untouched();
  const copied = (work, name) => () => repositories.copy(work, name);
  const [untouchedCopy, begunCopy, readyCopy, plainCopy, oneCopy] = [copied(untouched, 'untouched-copy'), copied(begun, 'begun-copy'), copied(ready, 'ready-copy'), copied(ready, 'plain-copy'), copied(readyWithOne, 'one-copy')];
  const counts = {
    version: countsOf(program, ['--version'], { cwd: folder, env: counting }),
    status: countsOf(program, ['status'], { cwd: busy, env: counting }),
    init: countsOf(program, ['init'], { cwd: untouchedCopy(), env: counting }),
    validate: countsOf(program, ['validate', 'tickets'], { cwd: single, env: counting }),
    advance: countsOf(program, ['advance'], { cwd: begunCopy(), env: counting }),
    deliver: countsOf(program, ['deliver'], { cwd: readyCopy(), env: counting }),
    deliverOne: countsOf(program, ['deliver'], { cwd: oneCopy(), env: counting }),
  };
  const delivery = () => afterNode(plainCopy(), DELIVERY);
  const floor = (of, cwd, yardstick, more) => compare(() => floorOf(of, { cwd, env }, more), yardstick, pairs);
  return {
    timings: [
      ['`--version`', 'Y0', 1.6, compare(() => cxw(folder, '--version'), Y0(folder), pairs)],
      ['`--help`', 'Y0', 1.6, compare(() => cxw(folder, '--help'), Y0(folder), pairs)],
      ['`status`, 60 files, 20 tickets, 200 facts', 'Y1', 1.7, compare(() => cxw(busy, 'status'), Y1(busy), pairs), floor(counts.status, busy, Y1(busy), { atOnce: 2, facts: factsIn(busy) })],
      ...[[10_000, 1.45], [100_000, 1.2]].filter(([files]) => files <= most * 10).map(([files, goal]) => {
        const wide = repositories.wide(files);
        return [`\`status\` in ${files.toLocaleString('en')} files`, 'Y1', goal, compare(() => cxw(wide, 'status'), Y1(wide), pairs)];
      }),
      ['`init`', 'Y1', 2.5, compare(() => cxw(untouchedCopy(), 'init'), Y1(untouched), pairs), floor(counts.init, untouched, Y1(untouched))],
      ['`validate` one ticket', 'Y0', 3.0, compare(() => cxw(single, 'validate', 'tickets'), Y0(single), pairs)],
      ['`advance` one observed state (the fourth)', 'Y1', 1.8, compare(() => cxw(begunCopy(), 'advance'), Y1(begun), pairs), floor(counts.advance, begun, Y1(begun))],
      ['`deliver` 3 paths, local remote, no hooks', 'Y2', 2.0, compare(() => cxw(readyCopy(), 'deliver'), delivery, pairs), floor(counts.deliver, ready, delivery)],
    ],
    peaks: [
      ['`node -e 0`', peakOf(Y0(folder)())],
      ['`status`, 60 files, 20 tickets, 200 facts', peakOf(cxw(busy, 'status')), 1.4 * peakOf(Y0(folder)())],
    ],
    counts: [
      ['`--version`', counts.version],
      ['`status`', counts.status],
      ['`init`', counts.init],
      ['`validate` one ticket', counts.validate],
      ['`advance` one observed state', counts.advance],
      ['`deliver` 3 paths', counts.deliver],
      ['`deliver` 1 path', counts.deliverOne],
    ],
  };
}

try {
  mkdirSync(home);
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');
  const shared = { folder, program, env, pairs, most };
  const { peaks, ...measured } = measure();
  const growing = scaleRows(shared);
  const written = page({
    pairs, status: GIT_STATUS, ...measured,
    growing: growing.rows,
    peaks: [...peaks, ...growing.peaks.map(([what, peak]) => [what, peak, 160])],
    beside: wishes['without-peers'] ? { missing: 'they were left out' } : rowsBeside(shared),
  });
  writeFileSync(join(import.meta.dirname, 'results.md'), written);
  process.stdout.write(written);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
