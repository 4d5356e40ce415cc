import { chmod, cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { spawned, workshop, type Ran } from '../support/workshop.js';

const ROOT = resolve(import.meta.dirname, '../..');

/** A program of its own, in a folder of its own, that has compiled nothing yet; installed below `at` in a repository. */
async function installed(at = '../program') {
  const bench = await workshop();
  const folder = join(bench.root, at);
  await cp(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true, filter: (file) => !file.endsWith('/compiled') && !file.endsWith('/types') });
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
  const compiled = join(folder, 'dist/compiled');
  const { CXW_CODE_CACHE: _, ...env } = bench.env;
  const cxw = (args: string[], more: NodeJS.ProcessEnv = {}): Promise<Ran> => spawned(process.execPath, [join(folder, 'dist/cxw.cjs'), ...args], { cwd: bench.root, env: { ...env, ...more } });
  return { bench, compiled, cxw, kept: () => readdir(compiled).catch(() => []) };
}

const EXPLAIN = ['explain', 'scope-dirty'];

describe('compiled code', () => {
  test('is kept by the first run of a command, and used by the next one to the same answer', async () => {
    const { cxw, compiled, kept } = await installed();
    const first = await cxw(EXPLAIN);
    expect(await kept()).toEqual(['explain.bin']);
    const file = join(compiled, 'explain.bin');
    expect((await stat(file)).mode & 0o777).toBe(0o644);
    const before = await readFile(file);
    expect(await cxw(EXPLAIN)).toEqual(first);
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  test('of several runs at once is whole', async () => {
    const { cxw, kept } = await installed();
    const answers = await Promise.all(Array.from({ length: 6 }, () => cxw(EXPLAIN)));
    expect(new Set(answers.map(({ stdout }) => stdout)).size).toBe(1);
    expect(await kept()).toEqual(['explain.bin']);
    expect((await cxw(EXPLAIN)).stdout).toBe(answers[0]!.stdout);
  });

  test('holds all that the command loaded, the surface first, and nothing of what kept it', async () => {
    const { cxw, compiled } = await installed();
    await cxw(['--version']);
    const [heading] = (await readFile(join(compiled, '--version.bin'), 'latin1')).split('\n');
    const chunks = (JSON.parse(heading!) as { chunks: [string, number][] }).chunks.map(([name]) => name.replace(/-.{8}\.cjs$/, ''));
    expect(chunks).toEqual(['start', 'commander', 'answer', 'plain']);
  });

  test('is not kept of what was no command, or did not end well', async () => {
    const { cxw, kept } = await installed();
    for (const args of [['explian'], ['explain', 'no-such-code'], ['--no-such-option'], ['../../planted']]) await cxw(args);
    expect(await kept()).toEqual([]);
  });

  const DAMAGE: [string, (file: string) => Promise<unknown>][] = [
    ['cut off', async (file) => writeFile(file, (await readFile(file)).subarray(0, 5_000))],
    ['empty', (file) => writeFile(file, '')],
    ['with one bit turned', async (file) => {
      const bytes = await readFile(file);
      bytes[bytes.length - 3_000]! ^= 4;
      await writeFile(file, bytes);
    }],
    ['of another build', async (file) => writeFile(file, (await readFile(file, 'latin1')).replace(/"build":"./, '"build":"_'), 'latin1')],
    ['of another Node', async (file) => writeFile(file, (await readFile(file, 'latin1')).replace(/"node":"v../, '"node":"v99'), 'latin1')],
    ['that is something else', (file) => writeFile(file, `${'x'.repeat(4096)}\n`.repeat(20))],
    ['that others may write to', (file) => chmod(file, 0o666)],
  ];

  test.each(DAMAGE)('%s is as good as none, and is replaced', async (_, damage) => {
    const { cxw, compiled } = await installed();
    const first = await cxw(EXPLAIN);
    const file = join(compiled, 'explain.bin');
    await damage(file);
    const damaged = await readFile(file);
    expect(await cxw(EXPLAIN)).toEqual(first);
    expect((await readFile(file)).equals(damaged) && ((await stat(file)).mode & 0o022) !== 0).toBe(false);
  });

  test('in a folder that others may write to is neither read nor kept', async () => {
    const { cxw, compiled } = await installed();
    const first = await cxw(EXPLAIN);
    const file = join(compiled, 'explain.bin');
    // Owned by the right user and whole, but for what it makes the program do.
    await writeFile(file, (await readFile(file, 'latin1')).replaceAll('scope-dirty', 'scope-d1rty'), 'latin1');
    const planted = await readFile(file);
    await chmod(compiled, 0o777);
    expect(await cxw(EXPLAIN)).toEqual(first);
    expect((await readFile(file)).equals(planted)).toBe(true);
  });

  test('is not kept where that was asked for, nor where it cannot be', async () => {
    const { cxw, compiled, kept } = await installed();
    for (const wish of ['read', 'off']) await cxw(EXPLAIN, { CXW_CODE_CACHE: wish });
    expect(await kept()).toEqual([]);
    await writeFile(compiled, 'a file stands where the folder would be');
    expect(await cxw(EXPLAIN)).toMatchObject({ exit: 0, stderr: '' });
    await rm(compiled);
  });

  test('is not kept where git would see it: a worktree shows nothing that cxw left', async () => {
    const { bench, cxw, kept } = await installed('node_modules/cxw');
    await bench.git('add', '--all');
    await bench.git('commit', '--quiet', '--message', 'Tracked packages');
    await cxw(['status']);
    expect(await kept()).toEqual([]);
    expect(await bench.git('status', '--porcelain')).toBe('');
    await bench.write('.git/info/exclude', 'compiled\n');
    await cxw(['status']);
    expect(await kept()).toEqual(['status.bin']);
  });
});
