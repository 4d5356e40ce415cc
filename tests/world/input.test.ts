import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readInput } from '../../src/world/input.js';

const said = async (text = 'words: []\n'): Promise<{ cwd: string; stdin: Readable }> =>
  ({ cwd: await mkdtemp(join(tmpdir(), 'cxw-input-')), stdin: Readable.from([Buffer.from(text)]) });

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
