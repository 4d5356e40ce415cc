import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readInput, type InputSource } from '../../src/world/input.js';

const said = async (text = 'words: []\n'): Promise<InputSource & { ending: AbortController }> => {
  const ending = new AbortController();
  return { cwd: await mkdtemp(join(tmpdir(), 'cxw-input-')), stdin: Readable.from([Buffer.from(text)]), signal: ending.signal, ending };
};

test('a file is read from where the reader stands, and - is standard input', async () => {
  const from = await said();
  await writeFile(join(from.cwd, 'words.yaml'), 'more: []\n');
  expect(Buffer.from(await readInput('words.yaml', from)).toString()).toBe('more: []\n');
  expect(Buffer.from(await readInput('-', from)).toString()).toBe('words: []\n');
});

test.each([
  ['nobody.yaml', 'no such file or directory'],
  ['folder', 'illegal operation on a directory'],
  // It never ends.
  ['/dev/zero', 'there is more than 8 MiB of it'],
])('%s is told as what it is', async (name, why) => {
  const from = await said();
  await mkdir(join(from.cwd, 'folder'));
  await expect(readInput(name, from)).rejects.toMatchObject({ exit: 6, problem: { code: 'input-unreadable', facts: { name, why }, message: `${name} cannot be read: ${why}.` } });
});

test('standard input that does not end is left', async () => {
  await expect(readInput('-', await said('x'.repeat(8 * 1024 * 1024 + 1)))).rejects.toMatchObject({ problem: { code: 'input-unreadable', facts: { name: 'standard input' } } });
});

describe('a pipe', () => {
  const piped = async (): Promise<InputSource & { ending: AbortController; pipe: string }> => {
    const from = await said();
    execFileSync('mkfifo', [join(from.cwd, 'pipe')]);
    return { ...from, pipe: join(from.cwd, 'pipe') };
  };

  test('is read to its end, however late that comes', async () => {
    const from = await piped();
    const writer = spawn('sh', ['-c', 'exec 3<>"$0"; echo ready; printf "late: " >&3; sleep 0.2; printf "[]\\n" >&3', from.pipe], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(writer.stdout, 'data');
    expect(Buffer.from(await readInput('pipe', from)).toString()).toBe('late: []\n');
  });

  test('whose writer is silent is left when somebody asks for the end', async () => {
    const from = await piped();
    const writer = spawn('sh', ['-c', 'exec 3<>"$0"; echo ready; sleep 60', from.pipe], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void writer.kill());
    await once(writer.stdout, 'data');
    const reading = readInput('pipe', from);
    from.ending.abort(new Error('asked'));
    await expect(reading).rejects.toThrow();
  });
});
