import { Ajv } from 'ajv';
import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hook } from '../support/running.js';
import { story } from '../support/story.js';
import { CXW, run, type Ran } from '../support/workshop.js';

const ajv = new Ajv({ strict: false });

/** The one document of an answer: one line, and as the published schema of its command says. */
async function oneDocument({ exit, stdout }: Ran): Promise<any> {
  expect(stdout.endsWith('\n') && stdout.indexOf('\n') === stdout.length - 1, stdout).toBe(true);
  const answer = JSON.parse(stdout);
  expect(answer.exit).toBe(exit);
  const named = answer.schema.replace(/^cxw\/(.*)@1$/, 'answer-$1');
  const schema = await readFile(join(dirname(CXW), 'schemas', `${named}.json`), 'utf8').catch(() => readFile(join(dirname(CXW), 'schemas/envelope.json'), 'utf8'));
  const isValid = ajv.compile(JSON.parse(schema));
  expect(isValid(answer), `${named}: ${JSON.stringify(isValid.errors)}`).toBe(true);
  return answer;
}

/** Characters that a terminal obeys: all controls but tab and newline, and those that turn the reading direction. */
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

const expectPlain = ({ stdout, stderr }: Ran): void => {
  expect(stdout).not.toMatch(OBEYED);
  expect(stderr).not.toMatch(OBEYED);
};

/** Every command, in an order in which each has something to say, as a success or as a refusal. */
const COMMANDS = [
  [], ['--help'], ['--version'], ['init'], ['ticket', 'list'], ['ticket', 'show', 'TICKET'], ['ticket', 'new', '--quick', 'More', '--file', 'README.md', '--prove', 'npm test'],
  ['ticket', 'escalate', '--dry-run'], ['status'], ['status', '--all'], ['validate'], ['brief', 'reviewer'], ['log'], ['advance'], ['advance', '--until-blocked'],
  ['record', 'self-review', '--verdict', 'pass', '--change-set', 'sha256:0000', '--summary', 'Fine.'], ['record', 'review', '--file', '-'], ['deliver'], ['deliver', '--dry-run'], ['verify'],
  ['block', '--reason', 'It waits.', '--release', 'An answer.'], ['unblock'], ['waive', 'self_review_complete', '--reason', 'No.'], ['unlock'], ['abort'], ['rework'],
  ['explain'], ['explain', 'stale-evidence'], ['explain', 'no-such-code'], ['schema'], ['schema', 'ticket'], ['uninstall', '--dry-run'], ['abandon', '--reason', 'Over.'],
  // Misuse.
  ['advnace'], ['ticket'], ['ticket', 'new'], ['status', '--alll'], ['record', 'poem'], ['abandon'], ['advance', '--mine'],
];

test('every command is plain on a pipe, and with --json exactly one valid document', { timeout: 120_000 }, async () => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  await told.fix();
  for (const command of COMMANDS) {
    const words = command.map((word) => (word === 'TICKET' ? told.ticket : word));
    expectPlain(await told.cxw(...words));
    await oneDocument(await told.cxwWith({ env: { FORCE_COLOR: '1' } }, ...words, '--json')).catch((error: unknown) => {
      throw new Error(`cxw ${words.join(' ')} --json`, { cause: error });
    });
  }
});

describe('colours', () => {
  const NONE = [{ NO_COLOR: '1' }, { NO_COLOR: '1', FORCE_COLOR: '1' }, { FORCE_COLOR: '0' }, { CI: '1' }, { TERM: 'dumb' }, { CLAUDECODE: '1' }, { TERM: 'xterm-256color', COLORTERM: 'truecolor' }];

  test('come only where they are asked for, and never into a document', async () => {
    const told = await story();
    for (const env of NONE) expectPlain(await told.cxwWith({ env }, 'status'));
    for (const command of [['status'], ['ticket', 'list'], ['deliver']]) {
      const coloured = await told.cxwWith({ env: { FORCE_COLOR: '1' } }, ...command);
      expect(coloured.stdout + coloured.stderr, command.join(' ')).toContain('\u001b[');
      expectPlain(await told.cxwWith({ env: { FORCE_COLOR: '1' } }, ...command, '--no-color'));
      expectPlain(await told.cxwWith({ env: { FORCE_COLOR: '1' } }, ...command, '--json'));
    }
  });
});

describe('outside a repository', () => {
  test('every command that needs one says so in the same way', async () => {
    const told = await story();
    for (const command of [['status'], ['advance'], ['deliver'], ['verify'], ['init']]) {
      const ran = await told.cxwWith({ cwd: told.folder }, ...command, '--json');
      expect(await oneDocument(ran)).toMatchObject({ ok: false, code: 'not-a-repository', exit: 6 });
      const text = await told.cxwWith({ cwd: told.folder }, ...command);
      expect({ exit: text.exit, stdout: text.stdout }).toEqual({ exit: 6, stdout: '' });
      expect(text.stderr).toContain('no git worktree');
    }
    const alone = await told.cxwWith({ cwd: told.folder });
    expect({ exit: alone.exit, usage: /^Usage: cxw/.test(alone.stdout) }).toEqual({ exit: 0, usage: true });
  });

  test.each(['a file', 'a loop', 'a name that is too long', 'nothing'])('-C with what is no folder is told as that: %s', async (what) => {
    const told = await story();
    await symlink('loop', join(told.folder, 'loop'));
    await writeFile(join(told.folder, 'file'), '');
    const folder = { 'a file': 'file', 'a loop': 'loop', 'a name that is too long': 'x'.repeat(5000), 'nothing': 'nothing' }[what]!;
    for (const command of [['status'], ['advance'], ['validate']]) {
      const ran = await told.cxwWith({ cwd: told.folder }, '-C', folder, ...command, '--json');
      const { code, next, problems } = await oneDocument(ran);
      expect({ exit: ran.exit, stderr: ran.stderr, code, next }).toEqual({ exit: 6, stderr: '', code: 'not-a-repository', next: ['cxw -C FOLDER status'] });
      expect(problems[0].message.length).toBeLessThan(600);
    }
  });

  test('in a folder that has been removed, what needs none works, and the rest says so', async () => {
    const told = await story();
    const gone = async (line: string): Promise<Ran> => {
      await mkdir(join(told.folder, 'gone'));
      return run('sh', ['-c', `cd '${told.folder}/gone' && rmdir ../gone && '${process.execPath}' '${CXW}' ${line}`], { env: told.env });
    };
    for (const line of ['--version', '--help', 'explain stale-evidence', '', `-C '${told.root}' status`]) expect(await gone(line), line).toMatchObject({ exit: 0, stderr: '' });
    for (const command of ['status', 'advance', '-C elsewhere validate']) {
      expect(await oneDocument(await gone(`${command} --json`))).toMatchObject({ ok: false, code: 'not-a-repository', exit: 6, next: ['cxw -C FOLDER status'] });
    }
  });
});

describe('streams that are closed', () => {
  test.each([
    ['standard output after one line', (cxw: string) => `{ ${cxw} explain; echo "ended $?" >&2; } | head -1`],
    ['standard output before anything', (cxw: string) => `{ sleep 0.2; ${cxw} schema fact; echo "ended $?" >&2; } | true`],
    ['standard input', (cxw: string) => `${cxw} status <&-; echo "ended $?" >&2`],
    ['standard output altogether', (cxw: string) => `${cxw} status >&-; echo "ended $?" >&2`],
    ['every one of them', (cxw: string) => `(${cxw} status <&- >&- 2>&-); echo "ended $?" >&2`],
  ])('%s: nothing crashes', async (_, line) => {
    const told = await story();
    const { stderr } = await run('sh', ['-c', line(`'${process.execPath}' '${CXW}'`)], { cwd: told.root, env: told.env });
    expect(stderr).toBe('ended 0\n');
  });
});

describe('streams that take no more', () => {
  /** Every stream goes through one place, which knows files, pipes and terminals apart. */
  const shell = (line: string): Promise<Ran> => run('sh', ['-c', line.replaceAll('CXW', `'${process.execPath}' '${CXW}'`)], {});

  test.each(['--help', 'explain --json'])('a pipe that is full and that nobody reads keeps no signal away: %s', async (words) => {
    const { stdout } = await shell(`{ { head -c 65536 /dev/zero; CXW ${words} & cxw=$!; sleep 1.5; kill -TERM $cxw; sleep 0.3; kill -TERM $cxw; wait $cxw; echo "ended $?" >&3; } | sleep 5; } 3>&1`);
    expect(stdout).toBe('ended 143\n');
  });

  test('what comes in parts arrives whole and in order', async () => {
    const { stdout } = await shell('CXW explain --json | { sleep 0.7; cat; }');
    expect(JSON.parse(stdout).data.codes.length).toBeGreaterThan(100);
  });

  test('a file that takes but a part of a long answer is no success', async () => {
    const { stderr, stdout } = await shell('cd "$(mktemp -d)" && (ulimit -f 8; CXW explain --json >answer; echo "ended $?"); rm -f answer');
    expect(stdout).toBe('ended 6\n');
    expect(stderr).toMatch(/^The answer could not be written \(EFBIG\)\./);
  });
});

describe.runIf(existsSync('/dev/full'))('streams that nothing can be written to', () => {
  test('talk that is lost ends no delivery, and an answer that is lost is no success, though it is done', async () => {
    const told = await story();
    await told.ready();
    const sh = (line: string): Promise<Ran> => run('sh', ['-c', `'${process.execPath}' '${CXW}' ${line}`], { cwd: told.root, env: told.env });
    const silent = await sh('deliver 2>/dev/full');
    expect(silent).toMatchObject({ exit: 0, stdout: expect.stringContaining('Delivered') });
    for (const line of ['deliver >/dev/full', 'status --json >/dev/full', 'explain >/dev/full']) {
      const unheard = await sh(line);
      expect(unheard.exit, line).toBe(6);
      expect(unheard.stderr, line).toMatch(/^The answer could not be written \(ENOSPC\)\. .*cxw status tells of it\.\n$/);
    }
    expect((await sh('status >/dev/full 2>&1')).exit).toBe(6);
    expect((await told.ok('status', told.ticket)).data.state).toBe('done');
  });
});

describe('hostile text', () => {
  const ESCAPE = '\u001b[2J\u001b]0;owned\u0007\u202etxt.exe\u009b31m';

  test('in titles, names, output of proofs and words of the remote is shown and never obeyed', async () => {
    const told = await story({ ticket: ['--file', 'greet.js', '--prove', 'sh ../proof.sh'] });
    await told.ok('advance', '--until-blocked');
    await told.fix();
    await told.write(`evil${ESCAPE}`, 'x\n');
    const strayed = await told.cxw('advance');
    expectPlain(strayed);
    expect(strayed.stdout).toMatch(/evil.*(\\033|\\u\{1b\})\[2J/);
    expectPlain(await told.cxw('advance', '--json'));
    await told.remove(`evil${ESCAPE}`);
    await told.write('../proof.sh', `printf '%s\\n' '${ESCAPE} no test'\nexit 1\n`);
    const failed = await told.cxw('advance', '--until-blocked');
    expectPlain(failed);
    expect(failed.stderr).toContain('no test');
    await told.write('../proof.sh', 'exec node --test greet.test.js\n');

    expectPlain(await told.cxw('ticket', 'new', '--quick', `A ${ESCAPE} title`, '--file', 'README.md', '--prove', 'npm test'));
    expectPlain(await told.cxw('ticket', 'show', `no-such${ESCAPE}`));
    expectPlain(await told.cxw(`no-such-command${ESCAPE}`));
    expectPlain(await told.cxw('status', told.ticket, '-C', `no-such-folder${ESCAPE}`));
    for (const command of [['ticket', 'list'], ['status', '--all'], ['validate']]) expectPlain(await told.cxw(...command));
    expectPlain(await told.cxw('record', 'self-review', '--verdict', 'pass', '--change-set', await told.digest(), '--summary', `Fine ${ESCAPE}`));
    expectPlain(await told.cxw('log'));

    await told.selfReview();
    await told.review();
    await told.curate();
    await hook(told, told.remote, 'pre-receive');
    await told.write('../pre-receive.sh', `printf '%s\\n' '${ESCAPE} go away'\nexit 1\n`);
    const refused = await told.cxw('deliver');
    expectPlain(refused);
    expect(refused.stdout).toMatch(/\\u\{1b\}\[2J.*go away/s);
  });
});
