import { statSync } from 'node:fs';
import { copyFile, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countsOf, type Counts } from '../bench/counts.mjs';
import { bundle, type Chunk } from '../scripts/bundle.mjs';
import { workshop, type Workshop } from './support/workshop.js';

// A build of its own, because only whoever bundles knows which modules a chunk holds: nothing is told by its words.

let folder: string;
let program: string;
let chunks: Map<string, Chunk>;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'cxw-loading-')));
  program = join(folder, 'cxw.cjs');
  const written = await bundle({ input: { cxw: 'src/cli/main.ts', index: 'src/index.ts' }, folder, minify: true });
  // What ships beside a program.
  await copyFile('package.json', join(folder, 'package.json'));
  for (const beside of ['templates', 'dist']) await symlink(resolve(beside), join(folder, beside));
  chunks = new Map(written.map((chunk) => [join(folder, chunk.fileName), chunk]));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function run(bench: Workshop, ...args: string[]): Counts {
  const counts = countsOf(program, args, { cwd: bench.root, env: bench.env });
  expect(counts.loaded.map((file) => basename(file))).toContain('cxw.cjs');
  return counts;
}

const packagesIn = ({ loaded }: Counts): string[] =>
  [...new Set(loaded.flatMap((file) => chunks.get(file)!.moduleIds).flatMap((id) => /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id)?.[1] ?? []))].sort();
const kilobytes = ({ loaded }: Counts): number => loaded.reduce((all, file) => all + statSync(file).size, 0) / 1000;

/** A ticket that is not begun, and a file to change for it. */
async function withTicket(): Promise<Workshop> {
  const bench = await workshop({ 'a.txt': 'before\n' });
  await bench.cxw('init', '--prove', 'git --version');
  await bench.git('add', '--all');
  await bench.git('commit', '--quiet', '--message', 'Set up cxw');
  await bench.git('push', '--quiet');
  await bench.cxw('ticket', 'new', '--quick', 'Change it', '--file', 'a.txt', '--accept', 'It shall be changed.', '--prove', 'grep -q after a.txt', '--plan', 'Change it.', '--why', 'One word.');
  return bench;
}

/** What the surface needs: it reads arguments, and paints. */
const SURFACE = ['commander'];

describe('what a command loads', () => {
  test.each([
    { words: ['--version'], files: 7 },
    { words: ['--help'], files: 7 },
    { words: ['advance', '--help'], files: 8 },
    { words: ['advnace'], files: 7 },
  ])('$words: the surface, and nothing that could start a process', async ({ words, files }) => {
    const counts = run(await workshop(), ...words);
    expect(packagesIn(counts)).toEqual(SURFACE);
    expect(counts.loaded.length).toBeLessThanOrEqual(files);
    // Half a kilobyte of it hands paths on as they are from the root; another is for words of a command that hold what cannot be seen.
    expect(kilobytes(counts)).toBeLessThanOrEqual(101);
    for (const dear of ['child_process', 'crypto', 'net', 'fs/promises']) expect(counts.builtin).not.toContain(dear);
  });

  test('status: no package of the world, with a ticket under way or without', async () => {
    const bench = await withTicket();
    const before = run(bench, 'status');
    await bench.cxw('advance', '--until-blocked');
    await bench.write('a.txt', 'after\n');
    const under = run(bench, 'status');
    for (const counts of [before, under]) {
      expect(counts.exit).toBe(0);
      expect(packagesIn(counts)).toEqual(SURFACE);
      expect(counts.loaded.length).toBeLessThanOrEqual(14);
      expect(kilobytes(counts)).toBeLessThanOrEqual(362);
    }
  });

  test('init: no package of the world', async () => {
    const counts = run(await workshop(), 'init', '--prove', 'git --version');
    expect(counts.exit).toBe(0);
    expect(packagesIn(counts)).toEqual(SURFACE);
    expect(counts.builtin).not.toContain('crypto');
  });

  test('a step of the road that reads no document, and the delivery: no package of the world', async () => {
    const bench = await withTicket();
    await bench.cxw('advance');
    const steps = [run(bench, 'advance'), run(bench, 'advance'), run(bench, 'advance'), run(bench, 'advance')];
    await bench.write('a.txt', 'after\n');
    steps.push(run(bench, 'advance'));
    await bench.cxw('advance');
    const { answer } = await bench.json('status');
    const verdict = ['--verdict', 'pass', '--change-set', answer.data.changeSet, '--summary', 'Read it.'];
    await bench.cxw('record', 'self-review', ...verdict);
    await bench.cxw('record', 'review', '--as', 'reviewer:kim', ...verdict);
    await bench.cxw('record', 'curation', '--memory', 'none');
    steps.push(run(bench, 'advance'), run(bench, 'advance'), run(bench, 'advance'));
    // The curation reads what init laid down.
    await bench.cxw('advance');
    steps.push(run(bench, 'deliver'));
    for (const counts of steps) expect([counts.exit, ...packagesIn(counts)]).toEqual([0, ...SURFACE]);
  });

  test('the entries and the page of commands are small', async () => {
    const start = run(await workshop(), '--version').loaded;
    for (const file of [...start, join(folder, 'index.cjs')]) expect(statSync(file).size).toBeLessThanOrEqual(64_000);
  });
});
