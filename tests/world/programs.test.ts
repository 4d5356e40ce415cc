import { readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Interrupted } from '../../src/world/errors.js';
import { openPrograms, type ProgramResult } from '../../src/world/programs.js';

let folder: string;
const SECRET = 'hunter2-sentinel';

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'cxw-programs-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

const ambient = (): Record<string, string | undefined> => ({ PATH: process.env['PATH'], HOME: join(folder, 'home'), MY_API_TOKEN: SECRET, GIT_DIR: '/elsewhere', NODE_OPTIONS: '--no-warnings', PLAIN: 'plain' });

function run(script: string, options: { timeout?: number; logBytes?: number; pass?: string[]; signal?: AbortSignal } = {}): Promise<ProgramResult> {
  const programs = openPrograms(options.signal ?? new AbortController().signal, ambient(), { root: folder });
  return programs.run({ argv: ['sh', '-c', script], cwd: folder, timeout: options.timeout ?? 20, logBytes: options.logBytes ?? 4096, pass: options.pass ?? [] });
}

/** A process that ended and that nobody has asked about yet is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe("other people's programs", () => {
  it('tell how they ended, and what they said on both streams', async () => {
    const result = await run('echo out; echo err >&2; exit 3');
    expect(result).toMatchObject({ ending: 'exited', exit: 3, cut: false, redacted: 0 });
    expect(result.log.toString().split('\n').sort()).toEqual(['', 'err', 'out']);
  });

  it('may be ended by a signal of their own, or not be there at all', async () => {
    expect(await run('kill -TERM $$')).toMatchObject({ ending: 'signalled', signal: 'SIGTERM' });
    const programs = openPrograms(new AbortController().signal, ambient(), { root: folder });
    expect(await programs.run({ argv: ['no-such-program-here'], cwd: folder, timeout: 5, logBytes: 1024, pass: [] })).toMatchObject({ ending: 'not-started', why: 'there is no such program' });
    await writeFile(join(folder, 'plain.txt'), 'not a program');
    expect((await programs.run({ argv: ['./plain.txt'], cwd: folder, timeout: 5, logBytes: 1024, pass: [] })).ending).toBe('not-started');
  });

  it('get an environment built from nothing, and what the policy passes on', async () => {
    const { log } = await run('env', { pass: ['PLAIN'] });
    const names = log.toString().trim().split('\n').map((line) => line.split('=')[0]);
    expect(names).toEqual(expect.arrayContaining(['PATH', 'HOME', 'NO_COLOR', 'PLAIN']));
    for (const name of ['MY_API_TOKEN', 'GIT_DIR', 'NODE_OPTIONS']) expect(names).not.toContain(name);
  });

  it('are ended at their deadline with everything that they started', async () => {
    const began = Date.now();
    const result = await run('sleep 60 & echo $!; sleep 60', { timeout: 1 });
    expect(result.ending).toBe('timed-out');
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(isAlive(Number(result.log.toString().trim()))).toBe(false);
  });

  it('do not keep us by a child that holds their output open, and that child is ended too', async () => {
    const began = Date.now();
    const result = await run('sleep 60 & echo $!; exit 0');
    expect(result).toMatchObject({ ending: 'exited', exit: 0 });
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(isAlive(Number(result.log.toString().trim()))).toBe(false);
  });

  it('are ended when we are interrupted, even if they do not want to', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Interrupted('SIGINT')), 300);
    await expect(run('trap "" TERM INT; sleep 60', { signal: controller.signal })).rejects.toBeInstanceOf(Interrupted);
  });

  it('may print without end: head and tail are kept, the rest is counted', async () => {
    const result = await run('echo first; yes line | head -c 5000000; echo last', { logBytes: 2000 });
    expect(result.cut).toBe(true);
    expect(result.printed).toBeGreaterThan(5_000_000);
    expect(result.log.length).toBeLessThan(2200);
    expect(result.log.toString()).toMatch(/^first\n[\s\S]*bytes left out[\s\S]*last\n$/);
  });

  it('leave no secret, no escape and no place of this machine in what is kept', async () => {
    const result = await run(`printf '${SECRET} \\033[31mred\\033[0m ghp_0123456789012345678901234567890123456789 https://ada:pw12345@example.org/x %s %s\\n' "$PWD/a.js" "$HOME/b"`);
    expect(result.log.toString()).toBe('[redacted] red [redacted] https://[redacted]@example.org/x <repository>/a.js ~/b\n');
    expect(result.redacted).toBe(3);
  });

  it('may print what is no text', async () => {
    expect((await run("printf 'a\\377b\\000c\\rd\\n'")).log.toString()).toBe('a\ufffdbc\nd\n');
  });
});
