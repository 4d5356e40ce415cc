import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { openLock, type Lock } from '../../src/world/lock.js';
import { programOf } from '../support/programOf.js';
import { run } from '../support/workshop.js';

let state: string;
let lock: Lock;

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'cxw-lock-'));
  onTestFinished(() => rm(state, { recursive: true, force: true }));
  lock = openLock({ state }, { clock: { now: () => new Date() }, command: 'cxw advance' });
});

const contender = (): Promise<string> => programOf(resolve(import.meta.dirname, '../support/contender.ts'), join(state, 'contender.mjs'));

/** Stops a contender in a moment in which the lock is its own. */
const stoppedWhileItHolds = (holder: ChildProcess): Promise<void> => expect.poll(async () => {
  holder.kill('SIGSTOP');
  const holds = (await lock.holder())?.pid === holder.pid;
  if (!holds) holder.kill('SIGCONT');
  return holds;
}, { interval: 5 }).toBe(true);

test('never has two holders, with six processes at it that sometimes die', async () => {
  const script = await contender();
  const ran = await Promise.all(Array.from({ length: 6 }, (_, at) => run(process.execPath, [script, state, '8', at < 2 ? 'dies' : 'lives'], { env: process.env })));
  const words = ran.flatMap((one) => one.stdout.trim().split('\n'));
  expect(ran.map((one) => one.stderr).join('')).toBe('');
  expect(words).not.toContain('two holders');
  expect(words.filter((word) => word === 'held').length).toBeGreaterThanOrEqual(4 * 8);
});

test('goes to one of those that wait when its holder is killed from outside', async () => {
  const script = await contender();
  const holder = spawn(process.execPath, [script, state, '1000000', 'lives'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  const waiting = [1, 2].map(() => run(process.execPath, [script, state, '8', 'lives'], { env: process.env }));
  const ended = once(holder, 'close');
  await stoppedWhileItHolds(holder);
  holder.kill('SIGKILL');
  await ended;
  const ran = await Promise.all(waiting);
  expect(ran.map(({ exit, stderr }) => ({ exit, stderr }))).toEqual(ran.map(() => ({ exit: 0, stderr: '' })));
  // The dead holder left its marker behind, which the next one finds once.
  expect(ran.flatMap(({ stdout }) => stdout.split('\n')).filter((word) => word === 'two holders').length).toBeLessThanOrEqual(1);
  expect(await lock.holder()).toBeUndefined();
});

test('of one that is stopped is told as that, with the way to let it go on', async () => {
  const holder = spawn(process.execPath, [await contender(), state, '1000000', 'lives'], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  await stoppedWhileItHolds(holder);
  // All of its threads stop, one after the other.
  await expect.poll(() => lock.hold('cxw advance', async () => undefined).catch(({ problem }) => problem)).toMatchObject({
    code: 'locked', message: expect.stringMatching(/ s, and is stopped\.$/), commands: [`kill -CONT ${holder.pid}`, 'cxw status'],
  });
});
