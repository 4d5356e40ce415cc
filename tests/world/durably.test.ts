import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { diskFailed, onDisk, publishDurably, writeDurably } from '../../src/world/durably.js';
import { writingState } from '../../src/world/stateAccess.js';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'cxw-durably-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

describe('writeDurably', () => {
  test('replaces the content whole and leaves nothing else behind', async () => {
    const at = await folder();
    await writeFile(join(at, 'a'), 'a longer old text');
    writeDurably(join(at, 'a'), Buffer.from('new'));
    expect(await readFile(join(at, 'a'), 'utf8')).toBe('new');
    expect(await readdir(at)).toEqual(['a']);
  });

  test('sets exactly the mode that was asked for', async () => {
    const at = await folder();
    writeDurably(join(at, 'a'), Buffer.from('x'), 0o777);
    expect((await stat(join(at, 'a'))).mode & 0o777).toBe(0o777);
  });

  test('leaves nothing behind when the place is taken by a directory', async () => {
    const at = await folder();
    await mkdir(join(at, 'a'));
    expect(() => writeDurably(join(at, 'a'), Buffer.from('x'))).toThrow();
    expect(await readdir(at)).toEqual(['a']);
  });

  test('writes names that are no text', async () => {
    const at = await folder();
    const path = Buffer.concat([Buffer.from(`${at}/`), Buffer.from([0x61, 0xff])]);
    writeDurably(path, Buffer.from('x'));
    expect(await readFile(path, 'utf8')).toBe('x');
  });
});

describe('publishDurably', () => {
  test('lets exactly one of many have the name, with its bytes whole', async () => {
    const at = await folder();
    const won = Array.from({ length: 12 }, (_, n) => publishDurably(join(at, '000001.json'), Buffer.from(`writer ${n}`)));
    expect(won).toEqual(won.map((_, n) => n === 0));
    expect(await readFile(join(at, '000001.json'), 'utf8')).toBe('writer 0');
    expect(await readdir(at)).toEqual(['000001.json']);
  });

  test('throws what the system has against a name, and leaves nothing behind', async () => {
    const at = await folder();
    expect(() => publishDurably(join(at, 'x'.repeat(300)), Buffer.from('x'))).toThrow(expect.objectContaining({ code: 'ENAMETOOLONG' }));
    expect(await readdir(at)).toEqual([]);
  });
});

test.skipIf(process.getuid?.() === 0)('a refused write becomes a world error without the absolute path', async () => {
  const at = await folder();
  await chmod(at, 0o500);
  await expect(onDisk('writing the ledger', () => writeDurably(join(at, 'a'), Buffer.from('x')))).rejects.toMatchObject({
    exit: 6, problem: { code: 'disk-failed', facts: { doing: 'writing the ledger', said: 'permission denied' } },
  });
});

test.each<[string, string, () => unknown]>([
  ['a system in its own words', 'no such file or directory', () => readFileSync('/nowhere/at/all')],
  ['Node by its code', 'ERR_INVALID_ARG_VALUE', () => readFileSync('a\0b')],
  ['us as we said it', 'every folder lies in the worktree', () => { throw new Error('every folder lies in the worktree'); }],
])('a failure is told as by %s', (_, said, work) => {
  try {
    work();
  } catch (error) {
    expect(diskFailed('reading it', error as Error)).toMatchObject({ exit: 6, problem: { code: 'disk-failed', facts: { doing: 'reading it', said } } });
  }
  expect.assertions(1);
});

test('what is no failure of the system is not taken for one', async () => {
  const bug = new TypeError('ours');
  await expect(writingState({ state: '/nowhere/cxw', command: 'cxw advance' }, 'taking the lock', () => Promise.reject(bug))).rejects.toBe(bug);
  await expect(onDisk('writing a file', () => Promise.reject(bug))).rejects.toBe(bug);
});

test('a system error is told without the absolute path', async () => {
  const at = await folder();
  const attempt = onDisk('writing the ledger', () => writeDurably(join(at, 'missing/a'), Buffer.from('x')));
  await expect(attempt).rejects.toMatchObject({ problem: { code: 'disk-failed', message: 'The system failed while writing the ledger: no such file or directory.' } });
});
