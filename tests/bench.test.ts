import { describe, expect, test } from 'vitest';
import { countsOf, type Counts } from '../bench/counts.mjs';
import { CXW, workshop, type Workshop } from './support/workshop.js';

// Times are for `npm run bench`. Here stand the counts, which do not depend on how busy a machine is; what a command
// loads stands in loading.test.ts.

const countsIn = (bench: Workshop, ...args: string[]): Counts => countsOf(CXW, args, { cwd: bench.root, env: bench.env });
const passing = (counts: Counts): Counts => {
  expect(counts.exit).toBe(0);
  return counts;
};

/** Where everything is; one look (4); the remote; tree (7), commit (2), index and branch (7); push (2); the remote between two readings of HEAD. */
const DELIVERY = 25;

const FILES = ['a.txt', 'b.txt', 'c.txt'];

/** A repository with cxw set up, and a ticket for some of its files that was not begun. */
async function withTicket(files: string[]): Promise<Workshop> {
  const bench = await workshop(Object.fromEntries(FILES.map((file) => [file, 'before\n'])));
  await bench.cxw('init', '--prove', 'git --version');
  await bench.git('add', '--all');
  await bench.git('commit', '--quiet', '--message', 'Set up cxw');
  await bench.git('push', '--quiet');
  await bench.cxw('ticket', 'new', '--quick', 'Change it', ...files.flatMap((file) => ['--file', file]), '--accept', 'It shall be changed.', '--prove', `grep -q after ${files[0]}`, '--plan', 'Change it.', '--why', 'One word.');
  return bench;
}

/** The same, with all its evidence: only the delivery is left. */
async function readyToDeliver(files: string[]): Promise<Workshop> {
  const bench = await withTicket(files);
  await bench.cxw('advance', '--until-blocked');
  for (const file of files) await bench.write(file, 'after\n');
  const { answer } = await bench.json('advance', '--until-blocked');
  const verdict = ['--verdict', 'pass', '--change-set', answer.data.changeSet, '--summary', 'As planned.'];
  await bench.cxw('record', 'self-review', ...verdict);
  await bench.cxw('record', 'review', '--as', 'reviewer:kim', ...verdict);
  await bench.cxw('record', 'curation', '--memory', 'none');
  await bench.cxw('advance', '--until-blocked');
  return bench;
}

describe('git processes that a command starts', () => {
  test('--version: none', async () => {
    expect(passing(countsIn(await workshop(), '--version')).gitProcesses).toBe(0);
  });

  test('each step of the road: as many as its promise costs', async () => {
    const bench = await withTicket(FILES);
    const costs = async (...args: string[]): Promise<number> => passing(countsIn(bench, ...args)).gitProcesses;
    const attest = async (...words: string[]) => bench.cxw('record', ...words, '--verdict', 'pass', '--change-set', (await bench.json('status')).answer.data.changeSet, '--summary', 'Read.');
    // The second looks at the worktree while the program is being loaded, before it is known that nobody asks.
    expect(await costs('status'), 'nothing begun').toBe(2);
    const begun = [await costs('advance'), await costs('advance'), await costs('advance'), await costs('advance'), await costs('advance')];
    expect(begun, 'lock, discovery, plan, ticket, writer').toEqual([3, 8, 2, 2, 2]);
    expect(await costs('status'), 'nothing changed').toBe(4);
    for (const file of FILES) await bench.write(file, 'after\n');
    expect(await costs('status'), 'a change that nobody measured').toBe(7);
    expect(await costs('advance'), 'implementation').toBe(11);
    expect(await costs('status'), 'a change that was measured').toBe(2);
    await bench.cxw('advance');
    await attest('self-review');
    await attest('review', '--as', 'reviewer:kim');
    await bench.cxw('record', 'curation', '--memory', 'none');
    expect([await costs('advance'), await costs('advance'), await costs('advance')], 'self-review, review, repairs').toEqual([3, 3, 3]);
    expect(await costs('advance'), 'curation').toBe(7);
    expect(await costs('status'), 'ready').toBe(2);
    expect(await costs('deliver'), 'delivery').toBe(DELIVERY);
    expect(await costs('deliver'), 'delivered already').toBe(2);
  });

  test('validate: at most two, however many tickets', async () => {
    const bench = await withTicket(['a.txt']);
    for (const file of ['b.txt', 'c.txt']) await bench.cxw('ticket', 'new', '--quick', `Change ${file}`, '--file', file, '--prove', 'git --version');
    expect(passing(countsIn(bench, 'validate')).gitProcesses).toBeLessThanOrEqual(2);
  });

  test('an observed state: at most two', async () => {
    const bench = await withTicket(['a.txt']);
    for (let state = 1; state <= 3; state++) await bench.cxw('advance');
    expect(passing(countsIn(bench, 'advance')).gitProcesses).toBeLessThanOrEqual(2);
  });

  test('deliver: as many for three paths as for one', async () => {
    const one = passing(countsIn(await readyToDeliver(['a.txt']), 'deliver')).gitProcesses;
    const three = passing(countsIn(await readyToDeliver(FILES), 'deliver')).gitProcesses;
    expect([one, three]).toEqual([DELIVERY, DELIVERY]);
  });
});

describe('how often a command waits for the disk', () => {
  test('status, validate and lists: never', async () => {
    const bench = await withTicket(FILES);
    await bench.cxw('advance', '--until-blocked');
    for (const words of [['status'], ['validate'], ['ticket', 'list']]) expect([...words, passing(countsIn(bench, ...words)).flushes]).toEqual([...words, 0]);
  });

  test('a step of the road: the lock, and a fact with its folder', async () => {
    const bench = await withTicket(FILES);
    for (let state = 1; state <= 3; state++) await bench.cxw('advance');
    expect(passing(countsIn(bench, 'advance')).flushes).toBe(3);
  });

  test('deliver: as often for three paths as for one', async () => {
    const one = passing(countsIn(await readyToDeliver(['a.txt']), 'deliver')).flushes;
    const three = passing(countsIn(await readyToDeliver(FILES), 'deliver')).flushes;
    expect([one, three]).toEqual([21, 21]);
  });

  test('init: each file once, each folder that gains one once, and the folder of their list once more', async () => {
    const bench = await workshop({ 'a.txt': 'before\n' });
    const { flushes } = passing(countsIn(bench, 'init', '--prove', 'git --version'));
    const laid = (await bench.git('status', '--porcelain', '--untracked-files=all')).split('\n').map((line) => line.slice(3));
    const folders = new Set(laid.flatMap((path) => path.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/'))));
    expect(flushes).toBe(laid.length + folders.size + 1);
  });
});
