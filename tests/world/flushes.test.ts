import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeDirectoryDurably, publish, publishDurably, writeDurably } from '../../src/world/durably.js';
import { writingState } from '../../src/world/stateAccess.js';
import { watchedDisk } from '../support/watchedDisk.js';

function folder(): { at: string; name: string } {
  const at = mkdtempSync(join(tmpdir(), 'cxw-flushes-'));
  onTestFinished(() => rmSync(at, { recursive: true, force: true }));
  return { at, name: basename(at) };
}

const WRITTEN = ['open temporary as 666', 'flush temporary', 'close temporary'];
const SYSTEM = Object.assign(new Error('the disk said no'), { code: 'EIO' });

describe('what is asked of the disk, in order', () => {
  test('a replacement: the bytes are safe before they have the name, and then the name', () => {
    const { at, name } = folder();
    const told = watchedDisk();
    writeDurably(join(at, 'a'), Buffer.from('x'));
    expect(told).toEqual([...WRITTEN, 'rename a', `open ${name}`, `flush ${name}`, `close ${name}`]);
  });

  test('a publication: the same, by a link', () => {
    const { at, name } = folder();
    const told = watchedDisk();
    expect(publishDurably(join(at, 'a'), Buffer.from('x'))).toBe(true);
    expect(told).toEqual([...WRITTEN, 'link a', 'unlink temporary', `open ${name}`, `flush ${name}`, `close ${name}`]);
  });

  test('a publication that comes too late: no name, and no flush of one', () => {
    const { at } = folder();
    publish(join(at, 'a'), Buffer.from('first'));
    const told = watchedDisk();
    expect(publishDurably(join(at, 'a'), Buffer.from('second'))).toBe(false);
    expect(told).toEqual([...WRITTEN, 'link a', 'unlink temporary']);
  });

  test('what means nothing after a power cut: whole, but its name is not flushed', () => {
    const { at } = folder();
    const told = watchedDisk();
    expect(publish(join(at, 'a'), Buffer.from('x'))).toBe(true);
    expect(told).toEqual([...WRITTEN, 'link a', 'unlink temporary']);
  });

  test('nothing at all need not be flushed', () => {
    const { at } = folder();
    const told = watchedDisk();
    publish(join(at, 'a'), Buffer.alloc(0));
    expect(told).toEqual(['open temporary as 666', 'close temporary', 'link a', 'unlink temporary']);
  });

  test('what is for one person is never open to others, not for a moment', () => {
    const { at } = folder();
    const told = watchedDisk();
    publish(join(at, 'a'), Buffer.from('x'), 0o600);
    expect(told[0]).toBe('open temporary as 600');
  });

  test('folders that were made: each name in the one above it', () => {
    const { at, name } = folder();
    const told = watchedDisk();
    makeDirectoryDurably(join(at, 'a/b/c'), 0o700);
    expect(told).toEqual(['b', 'a', name].flatMap((above) => [`open ${above}`, `flush ${above}`, `close ${above}`]));
    expect(['a', 'a/b', 'a/b/c'].map((made) => statSync(join(at, made)).mode & 0o777)).toEqual([0o700, 0o700, 0o700]);
  });

  test('folders can be used by whoever made them, whatever the umask takes away', () => {
    const { at } = folder();
    const usual = process.umask(0o777);
    onTestFinished(() => void process.umask(usual));
    makeDirectoryDurably(join(at, 'a/b'), 0o700);
    expect(['a', 'a/b'].map((made) => statSync(join(at, made)).mode & 0o777)).toEqual([0o700, 0o700]);
  });

  test('folders that were there: nothing', () => {
    const { at } = folder();
    mkdirSync(join(at, 'a'));
    const told = watchedDisk();
    makeDirectoryDurably(join(at, 'a'), 0o700);
    expect(told).toEqual([]);
  });
});

test('a file without a mode of its own has the one that the process gives', () => {
  const { at } = folder();
  writeDurably(join(at, 'a'), Buffer.from('x'));
  expect(statSync(join(at, 'a')).mode & 0o777).toBe(0o666 & ~process.umask());
});

describe('litter that cannot be removed', () => {
  test('is left, and is no failure', () => {
    const { at } = folder();
    watchedDisk({ unlinkSync: SYSTEM });
    expect(publish(join(at, 'a'), Buffer.from('x'))).toBe(true);
    expect(readdirSync(at)).toEqual(['a']);
  });

  test('for a reason of ours, is a bug that shows', () => {
    const { at } = folder();
    const bug = new TypeError('ours');
    watchedDisk({ unlinkSync: bug });
    expect(() => publish(join(at, 'a'), Buffer.from('x'))).toThrow(bug);
  });
});

test('whatever fails, the file is closed and the litter taken away', () => {
  const { at } = folder();
  const told = watchedDisk({ fsyncSync: SYSTEM });
  expect(() => publish(join(at, 'a'), Buffer.from('x'))).toThrow(SYSTEM);
  expect(told).toEqual([...WRITTEN, 'unlink temporary']);
  expect(readdirSync(at)).toEqual([]);
});

test.each(['EROFS', 'EACCES', 'EPERM'])('state that cannot be written because of %s is told with the command', async (code) => {
  const refused = Object.assign(new Error('refused'), { code });
  await expect(writingState({ state: '/nowhere/cxw', command: 'cxw advance' }, 'taking the lock', () => { throw refused; })).rejects.toMatchObject({ problem: { code: 'state-read-only', facts: { command: 'cxw advance' } } });
});

test('any other failure of the disk below the state is told as that', async () => {
  await expect(writingState({ state: '/nowhere/cxw', command: 'cxw advance' }, 'taking the lock', () => { throw SYSTEM; })).rejects.toMatchObject({ problem: { code: 'disk-failed' } });
});
