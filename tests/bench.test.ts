import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countsOf, type Counts } from '../bench/counts.mjs';
import { CXW, workshop, type Workshop } from './support/workshop.js';

// Times are for `npm run bench`. Here stand the counts, which do not depend on how busy a machine is.

/** Words that a package keeps when it is minified, and that nothing of ours says. */
const PACKAGES = { zod: '$ZodType', yaml: 'YAMLParseError', execa: 'ExecaError', 'simple-git': 'simple-git' };

const chunks = join(dirname(CXW), 'chunks');
const read = (file: string): string => readFileSync(file, 'utf8');
const packagesIn = (files: string[]): string[] =>
  Object.entries(PACKAGES).filter(([, word]) => files.some((file) => read(file).includes(word))).map(([name]) => name);

const countsIn = (bench: Workshop, ...args: string[]): Counts => countsOf(CXW, args, { cwd: bench.root, env: bench.env });
const passing = (counts: Counts): Counts => {
  expect(counts.exit).toBe(0);
  return counts;
};

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

describe('what a command loads', () => {
  test('every package can be told by its word', () => {
    const all = readdirSync(chunks).map((name) => join(chunks, name));
    expect(packagesIn(all)).toEqual(Object.keys(PACKAGES));
  });

  test('--version loads no package but the one that reads arguments', async () => {
    const { loaded } = passing(countsIn(await workshop(), '--version'));
    expect(packagesIn(loaded)).toEqual([]);
    expect(loaded.length).toBeLessThanOrEqual(12);
  });

  test('status loads none of the heavy packages, with a ticket under way or without', async () => {
    const bench = await withTicket(FILES);
    expect(packagesIn(passing(countsIn(bench, 'status')).loaded)).toEqual([]);
    await bench.cxw('advance', '--until-blocked');
    expect(packagesIn(passing(countsIn(bench, 'status')).loaded)).toEqual([]);
  });

  test('the entries are small, and so is the page of commands', () => {
    const entries = readdirSync(dirname(CXW)).filter((name) => name.endsWith('.cjs')).map((name) => join(dirname(CXW), name));
    const command = readdirSync(chunks).filter((name) => name.startsWith('cxw-')).map((name) => join(chunks, name));
    expect(command).toHaveLength(1);
    for (const file of [...entries, ...command]) expect(statSync(file).size).toBeLessThanOrEqual(64_000);
  });
});

describe('git processes that a command starts', () => {
  test('--version: none', async () => {
    expect(passing(countsIn(await workshop(), '--version')).gitProcesses).toBe(0);
  });

  test('status: one without a change to look at, few with one', async () => {
    const bench = await withTicket(FILES);
    expect(passing(countsIn(bench, 'status')).gitProcesses).toBe(1);
    await bench.cxw('advance', '--until-blocked');
    await bench.write('a.txt', 'after\n');
    expect(passing(countsIn(bench, 'status')).gitProcesses).toBeLessThanOrEqual(8);
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
    expect(three).toBe(one);
    // Far more than the dozen that do the work: each step asks again what the last one knew. It may only become less.
    expect(one).toBeLessThanOrEqual(108);
  });
});
