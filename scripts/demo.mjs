// Shows the main job: one quick ticket, from nothing to delivered and verified, in a throwaway repository with a local
// bare remote and a file that was dirty before and must survive. The folder stays for a look.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { styleText } from 'node:util';

const cxw = resolve(import.meta.dirname, '../dist/cxw.cjs');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cxw-demo-')));
const repo = join(folder, 'repo');
const remote = join(folder, 'remote.git');
const home = join(folder, 'home');
const coloured = process.stdout.isTTY && !process.env['NO_COLOR'];
const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1', ...(coloured ? { FORCE_COLOR: '1' } : {}) };

const say = (words) => console.log(`\n${coloured ? styleText('bold', words) : words}`);
const write = (path, text) => writeFileSync(join(repo, path), text);

function show(shown, ran) {
  process.stdout.write(ran.stderr + ran.stdout);
  if (ran.status !== 0) {
    console.error(`\nThe demo stopped: "${shown}" ended with exit ${ran.status}. The folder is ${folder}`);
    process.exit(1);
  }
  return ran.stdout;
}

// Started under a coding agent, writer and reviewer would rightly be taken for one. So cxw runs as a process that is
// nobody's child: a shell starts it in the background and ends.
const exitFile = join(folder, 'exit');
const orphaned = ['-c', '("$0" "$@"; echo $? > "$CXW_DEMO_EXIT") &', process.execPath, cxw];
function runCxw(args, cwd = repo) {
  const ran = spawnSync('sh', [...orphaned, ...args], { cwd, env: { ...env, CXW_DEMO_EXIT: exitFile }, encoding: 'utf8' });
  return { ...ran, status: Number(readFileSync(exitFile, 'utf8')) };
}

const word = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text}'`);
function git(...args) {
  const shown = `git ${args.map(word).join(' ')}`;
  console.log(`\n$ ${shown}`);
  return show(shown, spawnSync('git', args, { cwd: repo, env, encoding: 'utf8' }));
}
const quietly = (...args) => spawnSync('git', args, { cwd: repo, env });
function tool(args, cwd) {
  const shown = `cxw ${args.map(word).join(' ')}`;
  console.log(`\n$ ${shown}`);
  return show(shown, runCxw(args, cwd));
}
const answer = (...args) => JSON.parse(runCxw([...args, '--json']).stdout);

mkdirSync(repo);
mkdirSync(home);
writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');
quietly('init', '--quiet', '--initial-branch=main');
write('package.json', JSON.stringify({ name: 'greeter', private: true, type: 'module', scripts: { test: 'node --test' } }, undefined, 2) + '\n');
write('greet.js', 'export const greet = (name) => `Helo, ${name}!`;\n');
write('greet.test.js', "import { test } from 'node:test';\nimport { equal } from 'node:assert/strict';\nimport { greet } from './greet.js';\n\ntest('greets by name', () => equal(greet('Ada').endsWith('Ada!'), true));\n");
write('notes.txt', 'A note.\n');
quietly('add', '--', 'package.json', 'greet.js', 'greet.test.js', 'notes.txt');
quietly('commit', '--quiet', '-m', 'Start the greeter');
spawnSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote], { env });
quietly('remote', 'add', 'origin', remote);
quietly('push', '--quiet', '--set-upstream', 'origin', 'main');
write('notes.txt', 'A note.\nUnfinished work of mine, which must survive.\n');

say('A repository with a remote, and a file with unfinished work in it:');
git('status', '--short', '--branch');

say('1. Set cxw up here. Nothing is committed by it.');
tool(['init']);

say('   You commit the set-up yourself; only that, whatever else is staged.');
git('add', '--', 'AGENTS.md', '.cxw', 'agent', 'docs', 'tickets');
git('commit', '--quiet', '--only', '-m', 'Set up cxw', '--', 'AGENTS.md', '.cxw', 'agent', 'docs', 'tickets');
git('push', '--quiet');

say('2. Write a quick ticket.');
tool(['ticket', 'new', '--quick', 'Fix the greeting', '--file', 'greet.js', '--file', 'greet.test.js', '--accept', 'When somebody is greeted by name, greet shall answer "Hello, NAME!".', '--prove', 'npm test']);
const ticket = answer('ticket', 'list').data.tickets[0].id;

say('3. Lock it, discover the repository, assign the writer. Then it waits for a change.');
tool(['advance', '--until-blocked']);

say('   The writer (an agent, or you) makes the change.');
write('greet.js', 'export const greet = (name) => `Hello, ${name}!`;\n');
write('greet.test.js', "import { test } from 'node:test';\nimport { equal } from 'node:assert/strict';\nimport { greet } from './greet.js';\n\ntest('greets by name', () => equal(greet('Ada'), 'Hello, Ada!'));\n");
git('diff', '--stat');

say('4. cxw looks at the change and runs the proofs itself. Then it waits for the reviews.');
tool(['advance', '--until-blocked']);
const changeSet = answer('status').data.changeSet;

say('5. The writer stands by it; somebody else reviews exactly this change; memory is checked.');
tool(['record', 'self-review', '--verdict', 'pass', '--change-set', changeSet, '--summary', 'One word, and a test that would have caught it.']);
tool(['record', 'review', '--as', 'reviewer:kim', '--verdict', 'pass', '--change-set', changeSet, '--summary', 'Read both files; the test fails without the fix.']);
tool(['record', 'curation', '--memory', 'none']);

say('6. Deliver: exactly the paths of the ticket, committed, pushed, and confirmed by the remote.');
tool(['deliver']);
git('log', '--oneline', '--stat', '-1');

say('7. Verify it from a fresh clone, which knows nothing but what was delivered.');
const clone = join(folder, 'clone');
spawnSync('git', ['clone', '--quiet', remote, clone], { env });
tool(['verify', ticket, '--delivered'], clone);

say('The unfinished work is as it was:');
git('status', '--short', '--', 'notes.txt');
if (!readFileSync(join(repo, 'notes.txt'), 'utf8').includes('must survive')) {
  console.error('The demo failed: the unfinished work is gone.');
  process.exit(1);
}
console.log(`\nHave a look around: ${folder}`);
