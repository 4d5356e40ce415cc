import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { pathFromBytes } from '../../src/domain/paths.js';
import { makeDirty, ODD_NAMES, RAW_NAMES, snapshot, TRACKED } from '../support/dirt.js';
import { codesOf, deliverIt, givenReady, TICKET } from '../support/given.js';
import { workshop } from '../support/workshop.js';

test('a ticket is delivered out of a dirty repository, alone and exactly', async () => {
  const bench = await workshop({ ...TRACKED, 'greeting.txt': 'old\n', 'agent/memory.md': 'm\n' });
  await makeDirty(bench);
  await bench.write('greeting.txt', 'hello\n');
  await bench.write('agent/memory.md', 'm\nlearnt\n');
  const { world, base, delivered } = await givenReady(bench, { files: ['greeting.txt'], memory: ['agent/memory.md'] });
  const isDelivered = (path: string): boolean => (delivered as string[]).includes(path);
  const before = await snapshot(bench, isDelivered);

  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual([]);
  expect(outcome).toMatchObject({ command: 'deliver', ending: 'done', data: { ticket: TICKET, state: 'done', confirmed: true, branch: 'refs/heads/main' }, next: [`cxw verify ${TICKET}`] });
  const { commit } = outcome.data;
  expect(await bench.git('rev-parse', 'HEAD')).toBe(commit);
  expect(await bench.git('--git-dir', bench.remote, 'rev-parse', 'refs/heads/main')).toBe(commit);
  expect(await bench.git('rev-parse', 'HEAD^')).toBe(base);
  const changed = (await bench.gitBytes('diff-tree', '-r', '-z', '--name-only', '--no-renames', 'HEAD^', 'HEAD')).toString().split('\0').filter(Boolean);
  expect(changed.sort()).toEqual([...delivered].sort());
  expect(await snapshot(bench, isDelivered)).toEqual(before);
  expect(await bench.git('status', '--porcelain', '--', 'greeting.txt', 'tickets', 'agent')).toBe('');
  expect(await bench.git('fsck', '--full', '--strict')).not.toMatch(/error|missing|corrupt/);
  expect(await bench.git('log', '-1', '--format=%s')).toBe(`${TICKET}: Greet the reader`);
  expect(await bench.git('log', '-1', '--format=%(trailers:key=Cxw-Ticket,valueonly)')).toBe(`${TICKET}\n`);
  expect((await world.ledger.claims()).facts.at(-1)).toMatchObject({ kind: 'released', ticket: TICKET });

  const again = await deliverIt(world);
  expect(again).toMatchObject({ ending: 'done', data: { already: true, commit } });
});

test('whom git would name as the author is named, beside who commits', async () => {
  const bench = await workshop({ 'greeting.txt': 'old\n' });
  await bench.git('config', 'author.name', 'Grace');
  await bench.git('config', 'author.email', 'grace@example.org');
  await bench.write('greeting.txt', 'hello\n');
  const { world } = await givenReady(bench, { files: ['greeting.txt'] });
  expect((await deliverIt(world)).ending).toBe('done');
  const committer = await bench.git('config', 'user.name');
  expect(await bench.git('log', '-1', '--format=%an <%ae>, %cn')).toBe(`Grace <grace@example.org>, ${committer}`);
});

test('files with odd names, deleted, renamed, executable and linked are delivered exactly', async () => {
  const bench = await workshop({ ...TRACKED, 'gone.txt': 'x\n', 'tool.sh': 'echo\n', 'from.txt': 'same content\n', 'to-link': 'file\n' });
  const names = [...ODD_NAMES, 'to.txt', 'from.txt', 'gone.txt', 'tool.sh', 'to-link', pathFromBytes(RAW_NAMES[0]!)];
  for (const name of ODD_NAMES) await bench.write(name, `odd: ${name}\n`);
  await writeFile(Buffer.concat([Buffer.from(`${bench.root}/`), RAW_NAMES[0]!]), 'raw\n');
  await bench.write('to.txt', await bench.read('from.txt'));
  for (const name of ['from.txt', 'gone.txt', 'to-link']) await bench.remove(name);
  await bench.executable('tool.sh');
  await bench.link('to-link', 'README.md');
  await bench.write('x', 'not this\n');
  const { world, delivered } = await givenReady(bench, { files: names });
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual([]);
  const changed = (await world.git.trees.difference(await bench.git('rev-parse', 'HEAD^'), outcome.data.commit!)).map((entry) => entry.path as string);
  expect(changed.sort()).toEqual([...delivered].sort());
  expect(await bench.git('status', '--porcelain', '-z')).toBe('?? x\0');
});
