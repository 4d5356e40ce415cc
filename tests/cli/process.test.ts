import { Ajv } from 'ajv';
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonSchema, schemaNames } from '../../src/domain/schemas.js';
import { CXW, run, workshop, type Workshop } from '../support/workshop.js';

const TICKET = 'TKT-2026-11-21-a-page';

/** A repository that is set up, with one ticket that waits for its writer. */
async function underWay(): Promise<Workshop> {
  const bench = await workshop({ 'README.md': '# Workshop\n', 'package.json': '{"scripts":{"test":"node --test"}}\n' });
  await bench.cxw('init');
  await bench.cxw('ticket', 'new', '--quick', 'A page', '--id', TICKET, '--file', 'README.md', '--prove', 'npm test');
  const advanced = await bench.cxw('advance', '--until-blocked');
  expect(advanced.exit, advanced.stdout + advanced.stderr).toBe(0);
  return bench;
}

/** Starts the program, which then waits for its input; sends the signal, and answers how it ended. */
function interrupt({ root, env }: Workshop, signal: NodeJS.Signals, ...args: string[]): Promise<{ exit: number | null; stderr: string }> {
  return new Promise((settled) => {
    const child = spawn(process.execPath, [CXW, ...args], { cwd: root, env, stdio: ['pipe', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk) => { stderr += chunk; });
    setTimeout(() => child.kill(signal), 1500);
    child.on('close', (exit) => settled({ exit, stderr }));
  });
}

describe('the process', () => {
  test.each([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 143]] as const)('ends on %s with %i, and says that the state is saved', async (signal, exit) => {
    const bench = await underWay();
    const ended = await interrupt(bench, signal, 'record', 'changes', '--file', '-');
    expect(ended.exit).toBe(exit);
    expect(ended.stderr).toContain('State saved');
    expect(ended.stderr).not.toContain('Warning');
    expect(ended.stderr).toContain('Next   cxw record changes --file -');
  });

  test('tells an older Node plainly, before it loads anything', async () => {
    const { folder, env } = await workshop();
    const older = join(folder, 'older.cjs');
    await writeFile(older, "Object.defineProperty(process.versions, 'node', { value: '20.18.3' });\n");
    const ended = await run(process.execPath, ['--require', older, CXW, 'status'], { env });
    expect(ended).toEqual({ exit: 6, stdout: '', stderr: 'cxw needs Node 20.19 or newer; this is Node 20.18.3.\n' });
    const told = await run(process.execPath, ['--require', older, CXW, 'status', '--json'], { env });
    expect(JSON.parse(told.stdout)).toMatchObject({ ok: false, code: 'node-too-old', exit: 6 });
  });

  test('is content with a reader who stops reading', async () => {
    const ended = await run('bash', ['--norc', '-c', `set -o pipefail; "${process.execPath}" "${CXW}" schema fact | head -n 1`], { env: { PATH: process.env['PATH'] } });
    expect(ended).toEqual({ exit: 0, stdout: '{\n', stderr: '' });
  });

  test('writes no escape byte to a pipe, under CI or an agent either', async () => {
    const bench = await underWay();
    for (const env of [{}, { CI: '1' }, { CLAUDECODE: '1' }, { TERM: 'xterm-256color' }]) {
      for (const args of [['status'], ['advance'], ['explain', 'locked'], ['nonsense'], ['brief', 'writer']]) {
        const { stdout, stderr } = await bench.cxwWith({ env }, ...args);
        expect(stdout + stderr).not.toMatch(/\u001b/);
        expect(stdout + stderr).not.toBe('');
      }
    }
  });
});

describe('answers', () => {
  const schemas = new Ajv({ strict: false });

  test('keep to their published schemas, whatever the ending', async () => {
    const bench = await underWay();
    const lines = [
      ['init', '--dry-run'], ['ticket', 'list'], ['ticket', 'show', TICKET], ['ticket', 'new', '--quick', 'No files'], ['ticket', 'escalate', '--dry-run'],
      ['validate'], ['status'], ['status', '--all'], ['status', 'nobody'], ['brief', 'writer'], ['brief', 'reviewer'], ['log'],
      ['advance'], ['advance', '--dry-run'], ['record', 'review', '--verdict', 'pass'], ['record', 'self-review', '--verdict', 'pass', '--change-set', 'x', '--summary', 's'],
      ['deliver', '--dry-run'], ['deliver'], ['abort'], ['verify'], ['waive', 'proof:P1', '--reason', 'no'], ['rework'], ['unlock'],
      ['block', '--reason', 'r', '--release', 's'], ['status'], ['unblock'], ['rework', '--refresh'], ['uninstall', '--dry-run'],
      ['abandon', '--reason', 'enough'], ['explain'], ['explain', 'locked'], ['schema'], ['schema', 'ticket'], ['--version'], ['--help'],
    ];
    for (const line of lines) {
      const { exit, answer } = await bench.json(...line);
      const name = `answer-${answer.schema.replace(/^cxw\/|@1$/g, '')}`;
      expect(schemaNames, line.join(' ')).toContain(name);
      const fits = schemas.getSchema(name) ?? schemas.addSchema(jsonSchema(name)!, name).getSchema(name)!;
      expect(fits(answer), `${line.join(' ')}: ${JSON.stringify(fits.errors)} in ${JSON.stringify(answer).slice(0, 400)}`).toBe(true);
      expect(answer.exit).toBe(exit);
      expect(answer.ok).toBe(exit === 0);
      expect(answer.code === undefined, `${line.join(' ')}: ${answer.code}`).toBe(answer.ok);
      expect([0, 3, 4, 5], `${line.join(' ')}: ${JSON.stringify(answer.problems)}`).toContain(exit);
    }
  });
});
