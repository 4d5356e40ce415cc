import { readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from '../support/property.js';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Interrupted } from '../../src/world/errors.js';
import { openKeptOutput } from '../../src/world/keptOutput.js';
import { openPrograms, type ProgramResult } from '../../src/world/programs.js';
import { openScrubber } from '../../src/world/scrub.js';

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

  it('are told which agent is there by marks of our own, and its session stays out of what is kept', async () => {
    const env = { ...ambient(), CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'a-session-of-some-length' };
    const programs = openPrograms(new AbortController().signal, env, { root: folder });
    const { log } = await programs.run({ argv: ['env'], cwd: folder, timeout: 20, logBytes: 4096, pass: [], env: { CXW_AGENT: 'nobody' } });
    expect(log.toString().split('\n').filter((line) => /CXW|CLAUDE/.test(line)).sort()).toEqual(['CXW_AGENT=claude', 'CXW_AGENT_SESSION_KEY=[redacted]']);
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

  it('say why they could not start, without a path of this machine', async () => {
    const programs = openPrograms(new AbortController().signal, ambient(), { root: folder });
    const start = async (argv: [string, ...string[]], cwd = folder): Promise<ProgramResult> => programs.run({ argv, cwd, timeout: 5, logBytes: 1024, pass: [] });
    expect((await start(['sh'], join(folder, 'missing'))).why).toBe('there is no such folder to run it in');
    expect((await start(['sh', '-c', 'x'.repeat(4_000_000)])).why).toBe('its arguments are too long');
    for (const result of [await start(['/no/such/place/program']), await start(['sh'], join(folder, 'missing'))]) expect(result.why).not.toContain('/');
  });

  it('are heard to the end, however much they print last', async () => {
    const { log } = await run('head -c 300000 /dev/zero | tr "\\0" x; echo; echo "3 passed"', { logBytes: 1_000_000 });
    expect(log.length).toBe(300_010);
    expect(log.toString().endsWith('\n3 passed\n')).toBe(true);
  });

  it('are not begun once we are interrupted, nor run on when that happens while they are loaded', async () => {
    const controller = new AbortController();
    const began = Date.now();
    const running = run('sleep 20', { signal: controller.signal });
    controller.abort(new Interrupted('SIGTERM'));
    await expect(running).rejects.toMatchObject({ signal: 'SIGTERM' });
    await expect(run('sleep 20', { signal: controller.signal })).rejects.toMatchObject({ signal: 'SIGTERM' });
    expect(Date.now() - began).toBeLessThan(5000);
  });

  it.each([0, 5, 10, 15])('leave no part of a secret that lies across the cut, %i characters before it', async (before) => {
    const half = 1000;
    const filler = (length: number): string => `printf '%${length}s' x`;
    const { log, cut } = await run(`${filler(half - before)}; printf '${SECRET}'; ${filler(90_000)}; printf '${SECRET}'; ${filler(half - before)}`, { logBytes: 2 * half });
    expect(cut).toBe(true);
    const text = log.toString();
    for (let length = 4; length <= SECRET.length; length++) {
      expect(text).not.toContain(SECRET.slice(0, length));
      expect(text).not.toContain(SECRET.slice(-length));
    }
  });
});

describe('what is kept of endless output', () => {
  const scrubber = openScrubber({}, '/nowhere');
  const kept = (most: number, ...chunks: string[]): ReturnType<typeof openKeptOutput> => {
    const output = openKeptOutput(most);
    for (const chunk of chunks) output.take(Buffer.from(chunk));
    return output;
  };

  it('is all of it up to the limit, and head and tail above', () => {
    expect(kept(10, '01234', '56789').scrubbed(scrubber).log.toString()).toBe('0123456789');
    expect(kept(10, '01234', '56789x').scrubbed(scrubber).log.toString()).toBe('01234\n[… 1 bytes left out …]\n6789x');
    const long = kept(10, 'first', ...Array.from({ length: 3000 }, () => '.'.repeat(100)), 'final').scrubbed(scrubber).log.toString();
    expect(long).toBe('first\n[… 300000 bytes left out …]\nfinal');
  });

  it('never ends within a character', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 20, maxLength: 60 }), fc.integer({ min: 4, max: 20 }), (text, most) => {
      const plain = scrubber.scrub(Buffer.from(text)).text;
      fc.pre(!plain.includes('\ufffd'));
      expect(kept(most, text).scrubbed(scrubber).log.toString()).not.toContain('\ufffd');
    }));
  });

  it('costs little, whatever the limit', () => {
    const start = performance.now();
    const output = openKeptOutput(8_388_608);
    const chunk = Buffer.alloc(65_536, 'x');
    for (let at = 0; at < 4000; at++) output.take(chunk);
    expect(output.printed()).toBe(4000 * 65_536);
    expect(output.scrubbed(scrubber).log.length).toBeLessThan(8_388_700);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
