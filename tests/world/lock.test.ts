import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs, { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openLock, type Lock } from '../../src/world/lock.js';
import { processSpace, startOf } from '../../src/world/processes.js';

const clock = { now: () => new Date() };
let state: string;
let lock: Lock;

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'cxw-lock-'));
  onTestFinished(() => rm(state, { recursive: true, force: true }));
  lock = openLock({ state }, { clock, command: 'cxw advance' });
});

/** Writes a generation as another process would. */
async function heldBy(owner: object | string): Promise<void> {
  await mkdir(join(state, 'lock'), { recursive: true });
  await writeFile(join(state, 'lock', '000001.json'), typeof owner === 'string' ? owner : JSON.stringify({ ...processSpace(), command: 'cxw deliver', at: new Date().toISOString(), ...owner }));
}

function restored(readdirSync: typeof fs.readdirSync): void {
  Object.assign(fs, { readdirSync });
  syncBuiltinESMExports();
}

describe('the courtesy lock', () => {
  it('is held while the work goes on, and free afterwards', async () => {
    await lock.hold('cxw advance', async () => {
      expect(await lock.holder()).toMatchObject({ pid: process.pid, command: 'cxw advance', state: 'alive' });
      await expect(lock.hold('cxw deliver', async () => undefined)).rejects.toMatchObject({ exit: 7, problem: { code: 'locked' } });
    });
    expect(await lock.holder()).toBeUndefined();
  });

  it('does not fail the work when an older generation cannot be removed', async () => {
    await mkdir(join(state, 'lock', '000000.json'), { recursive: true });
    expect(await lock.hold('cxw advance', async () => 'in')).toBe('in');
  });

  it('is free again when the work throws', async () => {
    await expect(lock.hold('cxw advance', async () => { throw new Error('no'); })).rejects.toThrow('no');
    expect(await lock.hold('cxw advance', async () => 'in')).toBe('in');
  });

  it('is taken over from a process that is gone, without asking', async () => {
    await heldBy({ pid: 2 ** 22 + 1, started: '1' });
    expect((await lock.holder())?.state).toBe('dead');
    expect(await lock.hold('cxw advance', async () => 'in')).toBe('in');
  });

  it('is taken over from a process whose number somebody else has now', async () => {
    await heldBy({ pid: process.pid, started: `${startOf(process.pid)}9` });
    expect(await lock.hold('cxw advance', async () => 'in')).toBe('in');
  });

  it.runIf(process.platform === 'linux')('is taken over from a process that has ended and that nobody has noticed yet', async () => {
    // `sleep` never asks after the children that its shell left it.
    const parent = spawn('/bin/sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => { parent.kill('SIGKILL'); });
    const pid = Number(String((await once(parent.stdout, 'data'))[0]));
    await expect.poll(() => readFile(`/proc/${pid}/stat`, 'utf8'), { timeout: 10_000 }).toMatch(/\) Z /);
    const started = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]!.split(' ')[19]!;
    await heldBy({ pid, started });
    expect((await lock.holder())?.state).toBe('dead');
    expect(await lock.hold('cxw advance', async () => 'in')).toBe('in');
  });

  it('is taken over after a restart, wherever the machine can tell one', async () => {
    await heldBy({ pid: process.pid, started: startOf(process.pid), boot: 'an earlier one' });
    expect((await lock.holder())?.state).toBe('dead');
    expect(await lock.hold('cxw advance', async () => 'in')).toBe('in');
  });

  it('is not guessed away where a restart shows only in a clock', async () => {
    await heldBy({ pid: 1, started: '1', boot: 'up since 2026-11-21T09:00' });
    await expect(lock.hold('cxw advance', async () => undefined)).rejects.toMatchObject({ problem: { code: 'lock-foreign' } });
  });

  it('is nobody\'s when there is nothing to clear', async () => {
    expect(await lock.clear()).toBeUndefined();
  });

  it('goes to one of two that ask in the same moment', async () => {
    const asked = await Promise.allSettled([1, 2].map(() => lock.hold('cxw advance', () => sleep(200))));
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(asked.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { problem: { code: 'locked' } } });
  });

  it('is asked for again when somebody had it for a moment between the look and the try', async () => {
    let quick = true;
    const meddled = openLock({ state }, { command: 'cxw advance', clock: { now: () => {
      if (quick) {
        quick = false;
        mkdirSync(join(state, 'lock'), { recursive: true });
        writeFileSync(join(state, 'lock', '000001.json'), '{}');
        writeFileSync(join(state, 'lock', '000001.released'), '');
      }
      return new Date();
    } } });
    expect(await meddled.hold('cxw advance', async () => (await readdir(join(state, 'lock'))).sort())).toEqual(['000002.json']);
  });

  it('may be cleared by two people at once', async () => {
    await heldBy({ pid: 1, started: '1', host: 'elsewhere' });
    await Promise.all([lock.clear(), lock.clear()]);
    expect(await lock.holder()).toBeUndefined();
  });

  it('leaves alone what is no generation of it', async () => {
    await mkdir(join(state, 'lock'), { recursive: true });
    await writeFile(join(state, 'lock', 'notes.txt'), 'mine');
    await lock.hold('cxw advance', async () => undefined);
    expect(await readdir(join(state, 'lock'))).toContain('notes.txt');
  });

  it('does not fail the work when its folder was removed meanwhile', async () => {
    expect(await lock.hold('cxw uninstall', async () => {
      await rm(state, { recursive: true });
      return 'gone';
    })).toBe('gone');
  });

  it.each([['another machine', { pid: 1, started: '1', host: 'elsewhere' }], ['another container', { pid: 1, started: '1', namespace: 'pid:[1]' }]])(
    'is not guessed away from %s; a person clears it', async (_, owner) => {
      await heldBy(owner);
      await expect(lock.hold('cxw advance', async () => undefined)).rejects.toMatchObject({ exit: 7, problem: { code: 'lock-foreign' } });
      expect(await lock.clear()).toMatchObject({ command: 'cxw deliver', state: 'foreign' });
      expect(await lock.hold('cxw advance', async () => 'in')).toBe('in');
    });

  it.each(['', '{"pid":', 'null'])('takes an unreadable lock (%j) for held', async (content) => {
    await heldBy(content);
    await expect(lock.hold('cxw advance', async () => undefined)).rejects.toMatchObject({ problem: { code: 'lock-foreign' } });
  });

  it.each<[string, (place: string) => unknown]>([
    ['a pipe', (place) => execFileSync('mkfifo', [place])], ['a folder', (place) => mkdirSync(place)], ['a link', (place) => symlinkSync('gone.json', place)],
  ])('takes %s in its place for held, waits for nobody there, and is cleared', async (_, put) => {
    await mkdir(join(state, 'lock'), { recursive: true });
    put(join(state, 'lock', '000001.json'));
    await expect(lock.hold('cxw advance', async () => undefined)).rejects.toMatchObject({ problem: { code: 'lock-foreign' } });
    await lock.clear();
    expect(await lock.hold('cxw advance', async () => 'in')).toBe('in');
  });

  it('is nobody\'s when it was cleaned away between the look and the reading', async () => {
    await heldBy('{}');
    const { readdirSync } = fs;
    // As whoever took the next number tidies.
    onTestFinished(() => restored(readdirSync));
    restored(((...args: Parameters<typeof readdirSync>) => {
      const entries = readdirSync(...args);
      rmSync(join(state, 'lock', '000001.json'), { force: true });
      return entries;
    }) as typeof readdirSync);
    expect(await lock.holder()).toBeUndefined();
    restored(readdirSync);
    expect(await lock.hold('cxw advance', async () => 'in')).toBe('in');
  });

  it.each<[string, object]>([
    ['process 0', { pid: 0 }],
    ['process -1', { pid: -1 }],
    ['a part of a process', { pid: 1.5 }],
    ['a time that is none', { pid: process.pid, at: 'x' }],
    ...['started', 'host', 'boot', 'namespace', 'command', 'at'].map((word): [string, object] => [`no ${word}`, { pid: process.pid, [word]: undefined }]),
  ])('takes one of %s for unreadable, and is cleared', async (_, owner) => {
    await heldBy({ started: '1', ...owner });
    await expect(lock.hold('cxw advance', async () => undefined)).rejects.toMatchObject({ exit: 7, problem: { code: 'lock-foreign', message: expect.stringContaining('cannot be read') } });
    expect(await lock.clear()).toEqual({ pid: 0, command: 'an unknown command', seconds: 0, state: 'foreign' });
    expect(await lock.hold('cxw advance', async () => 'in')).toBe('in');
  });

  it('goes by numbers that we write, and tells when none is left', async () => {
    await heldBy({ pid: 2 ** 22 + 1, started: '1' });
    for (const name of ['9007199254740992.json', '0000002.json', '9007199254740992.released']) await writeFile(join(state, 'lock', name), 'junk');
    expect(await lock.hold('cxw advance', async () => 'in')).toBe('in');
    await writeFile(join(state, 'lock', '999999999999999.json'), 'junk');
    await expect(lock.clear()).rejects.toMatchObject({ exit: 6, problem: { code: 'disk-failed', facts: { place: 'cxw/lock/999999999999999.json' } } });
  });

  it('is told with the place that is in its way, whoever looks at it', async () => {
    await writeFile(join(state, 'lock'), 'no folder');
    for (const look of [lock.holder(), lock.clear(), lock.hold('cxw advance', async () => undefined)]) {
      await expect(look).rejects.toMatchObject({ exit: 6, problem: { code: 'disk-failed', facts: { doing: 'looking at the lock', said: 'not a directory', place: `${basename(state)}/lock` } } });
    }
  });

  it('takes the last number that we write', async () => {
    await heldBy({ pid: 2 ** 22 + 1, started: '1' });
    await rename(join(state, 'lock', '000001.json'), join(state, 'lock', '999999999999998.json'));
    expect(await lock.hold('cxw advance', async () => 'in')).toBe('in');
  });

  it('is nobody else\'s to read, and says nothing when it is released', async () => {
    await lock.hold('cxw advance', async () => undefined);
    const modes = await Promise.all(['lock', 'lock/000001.json', 'lock/000001.released'].map(async (name) => (await stat(join(state, name))).mode & 0o777));
    expect(modes).toEqual([0o700, 0o600, 0o600]);
    expect(await readFile(join(state, 'lock/000001.released'), 'utf8')).toBe('');
  });

  it.each([[90_400, 90], [90_500, 91], [-5_000, 0]])('tells for how long it has been held: %i ms are %i s', async (milliseconds, seconds) => {
    const then = Date.UTC(2026, 10, 21);
    await heldBy({ pid: 1, started: '1', host: 'elsewhere', at: new Date(then).toISOString() });
    lock = openLock({ state }, { clock: { now: () => new Date(then + milliseconds) }, command: 'cxw advance' });
    expect(await lock.holder()).toEqual({ pid: 1, command: 'cxw deliver', seconds, state: 'foreign' });
  });

  it('leaves one generation and its release behind, however often it was held', async () => {
    for (let round = 0; round < 5; round++) await lock.hold('cxw advance', async () => undefined);
    expect(await readdir(join(state, 'lock'))).toEqual(['000005.json', '000005.released']);
  });
});

describe('somebody who is quicker by a moment', () => {
  /** A lock whose owner looks at the clock, as it does right before it takes a number, and is overtaken there once. */
  function overtakenBy(rival: () => void): Lock {
    let isFirst = true;
    const now = (): Date => {
      if (isFirst) {
        isFirst = false;
        rival();
      }
      return new Date();
    };
    return openLock({ state }, { clock: { now }, command: 'cxw advance' });
  }

  it('has the lock, and is named', async () => {
    const overtaken = overtakenBy(() => void lock.hold('cxw deliver', () => new Promise(() => undefined)));
    await expect(overtaken.hold('cxw advance', async () => undefined)).rejects.toMatchObject({ exit: 7, problem: { code: 'locked', facts: { command: 'cxw deliver' } } });
  });

  it('is not taken for cleared', async () => {
    await heldBy({ pid: 1, started: '1', host: 'elsewhere' });
    const overtaken = overtakenBy(() => writeFileSync(join(state, 'lock', '000002.json'), ''));
    await expect(overtaken.clear()).rejects.toMatchObject({ exit: 7, problem: { code: 'lock-foreign' } });
    expect((await lock.holder())?.state).toBe('foreign');
  });

  it('and has cleared it already, is believed', async () => {
    await heldBy({ pid: 1, started: '1', host: 'elsewhere' });
    const overtaken = overtakenBy(() => ['000002.json', '000002.released'].forEach((name) => writeFileSync(join(state, 'lock', name), '')));
    expect(await overtaken.clear()).toMatchObject({ command: 'cxw deliver' });
    expect(await lock.holder()).toBeUndefined();
  });

  it('and has done already, is followed', async () => {
    const overtaken = overtakenBy(() => {
      mkdirSync(join(state, 'lock'), { recursive: true });
      for (const name of ['000001.json', '000001.released']) writeFileSync(join(state, 'lock', name), '');
    });
    expect(await overtaken.hold('cxw advance', async () => 'in')).toBe('in');
    expect((await readdir(join(state, 'lock'))).sort()).toEqual(['000002.json', '000002.released']);
  });
});
