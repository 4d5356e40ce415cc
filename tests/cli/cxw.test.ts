import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { cxw, type Io } from '../../src/cli/cxw.js';
import { jsonSchema } from '../../src/domain/schemas.js';
import { Interrupted } from '../../src/world/errors.js';
import { emptyWorkshop, workshop } from '../support/workshop.js';

const isEnvelope = new Ajv({ strict: false }).compile(jsonSchema('envelope')!);

interface Called {
  exit: number;
  stdout: string;
  stderr: string;
}

/** Calls the whole program as a function. */
async function call(io: Partial<Io>, ...argv: string[]): Promise<Called> {
  const called = { stdout: '', stderr: '' };
  const exit = await cxw(argv, {
    cwd: '/', env: { PATH: process.env['PATH'] }, signal: new AbortController().signal, stdin: nothing(),
    stdout: { write: (text) => { called.stdout += text; } },
    stderr: { write: (text) => { called.stderr += text; } },
    ...io,
  });
  return { exit, ...called };
}

async function* nothing(): AsyncGenerator<Uint8Array> { /* an empty standard input */ }

describe('misuse', () => {
  test.each([['nothing', '  ', 'It must say something.'], ['a book', 'x'.repeat(5_000), 'It is longer than 4000 characters.']])('is a reason that says %s, told in few words', async (_, reason, why) => {
    const { exit, stderr } = await call({}, 'block', '--reason', reason, '--release', 'An answer.');
    expect(exit).toBe(2);
    expect(stderr).toContain(why);
    expect(stderr.length).toBeLessThan(400);
  });

  test.each([
    ['an unknown command, with the nearest one', ['advnace'], /unknown command 'advnace' \(Did you mean advance\?\)/],
    ['help about an unknown command', ['help', 'zz'], /unknown command 'zz'/],
    ['help about an unknown command, with the nearest one', ['help', 'advnace'], /unknown command 'advnace' \(Did you mean advance\?\)/],
    ['help with an option, about an unknown command', ['advnace', '--help'], /unknown command 'advnace' \(Did you mean advance\?\)/],
    ['help with an option, about a command that a group has not', ['--as', 'writer:ada', 'ticket', '-h', 'nwe'], /unknown command 'nwe' \(Did you mean new\?\)/],
    ['help about a command that a group has not', ['help', 'ticket', 'nwe'], /unknown command 'nwe' \(Did you mean new\?\)/],
    ['help of a group about a command that it has not', ['ticket', 'help', 'nwe'], /unknown command 'nwe' \(Did you mean new\?\)/],
    ['an unknown option, with the nearest one', ['status', '--alll'], /unknown option '--alll' \(Did you mean --all\?\)/],
    ['a missing value', ['advance', '--mine'], /argument missing/],
    ['a missing option', ['abandon'], /required option '--reason <text>' not specified/],
    ['a word too many', ['unlock', 'now'], /too many arguments/],
    ['a value that is none of the choices', ['record', 'poem'], /'poem' is invalid/],
    ['flags beside the file that is the whole document', ['record', 'review', '--file', 'a.yaml', '--verdict', 'fail', '--finding', 'F1 broken', '--finding', 'F2 too', '--summary', 'No.'], /--verdict, --finding, --summary beside it would be dropped: .*cxw schema record-review/],
    ['flags before the file that is the whole document', ['record', 'curation', '--memory', 'none', '--change-set=x', '--file=-'], /--memory, --change-set beside it/],
    ['a second file for one document', ['record', 'review', '--file', 'a.yaml', '--file', 'b.yaml'], /'--file <file>' is given twice/],
    ['a second verdict', ['record', 'review', '--verdict', 'fail', '--verdict', 'pass'], /'--verdict <verdict>' is given twice/],
    ['a group without its command', ['ticket'], /cxw ticket needs one of its commands/],
  ])('%s', async (_, argv, said) => {
    const called = await call({}, ...argv);
    expect(called).toMatchObject({ exit: 2, stdout: '' });
    expect(called.stderr).toMatch(said);
    expect(called.stderr).toMatch(/Next {3}cxw .*--help\n$/);
  });

  test('is one document with --json, wherever the flag stands', async () => {
    expect(JSON.parse((await call({}, 'help', '--json', 'advnace')).stdout).problems[0].message).toContain('Did you mean advance?');
    for (const argv of [['--json', 'advnace'], ['advnace', '--json'], ['ticket', '--json'], ['record', 'poem', '--json']]) {
      const { exit, stdout, stderr } = await call({}, ...argv);
      expect(exit).toBe(2);
      expect(stderr).toBe('');
      const answer = JSON.parse(stdout);
      expect(isEnvelope(answer), JSON.stringify(isEnvelope.errors)).toBe(true);
      expect(answer).toMatchObject({ ok: false, code: 'wrong-usage', exit: 2 });
    }
  });
});

describe('help and version', () => {
  test('go to standard output', async () => {
    const help = await call({}, '--help');
    expect(help).toMatchObject({ exit: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: cxw/);
    expect((await call({}, 'advance', '--help')).stdout).toMatch(/--until-blocked/);
    expect((await call({}, 'help', 'advance')).stdout).toMatch(/--until-blocked/);
    expect((await call({}, '--version')).stdout).toMatch(/^\d+\.\d+\.\d+.*\n$/);
  });

  test('are documents with --json', async () => {
    expect(JSON.parse((await call({}, '--version', '--json')).stdout)).toMatchObject({ schema: 'cxw/version@1', ok: true, data: { version: expect.any(String) } });
    expect(JSON.parse((await call({}, '--help', '--json')).stdout)).toMatchObject({ schema: 'cxw/help@1', ok: true });
  });
});

describe('explain and schema', () => {
  test('need no repository', async () => {
    expect((await call({}, 'explain', 'stale-evidence')).stdout).toMatch(/Why .*\nFix /);
    expect(JSON.parse((await call({}, 'schema', 'ticket')).stdout)).toMatchObject({ title: 'cxw ticket' });
  });

  test('name the nearest when there is none', async () => {
    const called = await call({}, 'explain', 'stale-evidense');
    expect(called).toMatchObject({ exit: 4, stderr: '' });
    expect(called.stdout).toContain('did you mean stale-evidence?');
    expect((await call({}, 'schema', 'tiket')).stdout).toContain('did you mean ticket?');
  });

  test('know no schema of a name that every object inherits', async () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      const { exit, stdout } = await call({}, 'schema', name, '--json');
      expect(exit, name).toBe(4);
      expect(JSON.parse(stdout), name).toMatchObject({ ok: false, code: 'unknown-schema' });
    }
  });
});

describe('outside of a repository', () => {
  test('a command says so, and how it ends', async () => {
    const { folder, env } = await emptyWorkshop();
    const called = await call({ cwd: folder, env }, 'status');
    expect(called).toMatchObject({ exit: 6, stdout: '' });
    expect(called.stderr).toContain('not-a-repository');
    const { stdout } = await call({ cwd: folder, env }, 'status', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'cxw/status@1', ok: false, code: 'not-a-repository', exit: 6 });
  });

  test('cxw alone shows its help', async () => {
    const { folder, env } = await emptyWorkshop();
    const called = await call({ cwd: folder, env });
    expect(called.exit).toBe(0);
    expect(called.stdout).toMatch(/^Usage: cxw/);
  });
});

describe('in a repository', () => {
  test('cxw alone shows where things stand', async () => {
    const { root, env } = await workshop();
    const called = await call({ cwd: root, env });
    expect(called).toMatchObject({ exit: 0, stderr: '' });
    expect(called.stdout).toContain('No tickets here yet.');
  });

  test('-C goes there first', async () => {
    const { root, folder, env } = await workshop();
    expect((await call({ cwd: folder, env }, '-C', 'repo', 'status')).exit).toBe(0);
    expect((await call({ cwd: '/', env }, 'status', '-C', root, '--json')).exit).toBe(0);
  });

  test('an interruption says that the state is saved, and how to go on', async () => {
    const { root, folder, env } = await workshop();
    for (const [name, exit] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 143]] as const) {
      const controller = new AbortController();
      controller.abort(new Interrupted(name));
      const called = await call({ cwd: root, env, signal: controller.signal }, 'status', 'a b');
      expect(called).toMatchObject({ exit, stdout: '' });
      expect(called.stderr).toContain('State saved');
      expect(called.stderr).toContain("Next   cxw status 'a b'");
      expect((await call({ cwd: folder, env, signal: controller.signal }, 'status', '-C', 'repo')).stderr).toMatch(/Next {3}cxw status -C repo\n/);
    }
  });

  test('our own fault is called that, with its stack on standard error', async () => {
    const env = new Proxy({}, { get: () => { throw new TypeError('this environment bites'); } });
    const called = await call({ env }, 'status', '--json');
    expect(JSON.parse(called.stdout)).toMatchObject({ ok: false, code: 'internal-error', exit: 1, problems: [{ message: 'This is a bug in cxw: this environment bites' }] });
    expect(called.stderr).toMatch(/^TypeError: this environment bites\n +at /);
  });
});

describe('colour', () => {
  const look = (io: Partial<Io>, ...argv: string[]) => call(io, 'explain', 'stale-evidence', ...argv);

  test('never reaches a pipe unless it is asked for', async () => {
    expect((await look({})).stdout).not.toContain('\u001b');
    expect((await look({ env: { CI: '1' } })).stdout).not.toContain('\u001b');
    expect((await look({}, '--color')).stdout).toContain('\u001b[1m');
  });

  test('shows at a terminal, unless it is declined', async () => {
    const shown: string[] = [];
    const stdout = { isTTY: true, write: (text: string) => { shown.push(text); } };
    await look({ stdout });
    await look({ stdout, env: { NO_COLOR: '1' } });
    await look({ stdout }, '--no-color');
    expect(shown.map((text) => text.includes('\u001b'))).toEqual([true, false, false]);
  });
});
