import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RepoPath } from '../../src/domain/paths.js';
import { gitRoom } from '../support/room.js';
import { workshop, type Workshop } from '../support/workshop.js';

/** Has every git tell what it does, from now on. Answers how often they have asked the disk to flush since it was last asked. */
async function flushesOf(bench: Workshop): Promise<() => Promise<number>> {
  const folder = join(bench.folder, 'told');
  await mkdir(folder);
  await bench.git('config', '--global', 'trace2.eventTarget', folder);
  let before = 0;
  return async () => {
    const told = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
    const all = [...told.join('').matchAll(/"key":"fsync\/hardware-flush","value":"(\d+)"/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    const since = all - before;
    before = all;
    return since;
  };
}

test('what stays is flushed, and no index that goes with the process', async () => {
  const bench = await workshop({ 'a/one': '1', 'a/two': '2' });
  const { changes, trees } = await gitRoom(bench);
  await bench.write('a/one', 'one more');
  await bench.write('a/two', 'two more');
  const head = await bench.git('rev-parse', 'HEAD');
  const paths = ['a/one', 'a/two'] as RepoPath[];
  const flushes = await flushesOf(bench);

  await changes.of(head, paths, 'private');
  expect(await flushes()).toBe(0);
  const { entries } = await changes.of(head, paths, 'repository');
  expect(await flushes()).toBe(2);
  await trees.build(head, entries);
  // Of `a`, and of the root.
  expect(await flushes()).toBe(2);
});
