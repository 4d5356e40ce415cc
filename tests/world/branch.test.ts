import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { WorldError } from '../../src/world/errors.js';
import { openBranch } from '../../src/world/git/branch.js';
import type { GitRunner } from '../../src/world/git/runner.js';
import { gitRoom } from '../support/room.js';
import { emptyWorkshop, run, workshop } from '../support/workshop.js';

async function twoCommits() {
  const bench = await workshop();
  const first = await bench.git('rev-parse', 'HEAD');
  const second = await bench.git('commit-tree', '-p', first, '-m', 'two', 'HEAD^{tree}');
  return { bench, first, second, ...await gitRoom(bench) };
}

test('a branch moves only from where it was said to be', async () => {
  const { bench, branch, first, second } = await twoCommits();
  expect(await branch.head()).toEqual({ ref: 'refs/heads/main', id: first });
  expect(await branch.move('refs/heads/main', second, first, 'cxw: test')).toMatchObject({ moved: true, now: first });
  expect(await branch.move('refs/heads/main', first, second, 'cxw: test')).toMatchObject({ moved: true, now: second });
  const third = await bench.git('commit-tree', '-p', second, '-m', 'three', 'HEAD^{tree}');
  expect(await branch.move('refs/heads/main', first, third, 'cxw: test')).toMatchObject({ moved: false, now: second });
  expect(await bench.git('reflog', '-1', '--format=%gs')).toBe('cxw: test');
});

test('HEAD, new branches and deletions cannot be said', async () => {
  const { branch, first, second } = await twoCommits();
  const zero = '0'.repeat(40);
  for (const [ref, from, to] of [['HEAD', first, second], ['refs/heads/main', first, zero], ['refs/heads/main', zero, first], ['refs/heads/main', '', first]] as const) {
    await expect(branch.move(ref, from, to, 'x')).rejects.toThrow('not a move');
  }
});

test.each([['refs/heads/main'], ['HEAD'], ['HEAD', 'refs/heads/main']])('locks keep git from moving a branch; all are named, and the commands that are shown remove them: %s %s', async (...names) => {
  const { bench, branch, first, second } = await twoCommits();
  for (const name of names) await writeFile(`${bench.root}/.git/${name}.lock`, '');
  const { problem } = await branch.move('refs/heads/main', first, second, 'x').catch((error: unknown) => error as WorldError) as WorldError;
  expect(problem).toMatchObject({ code: 'git-locked', message: expect.stringContaining(`: ${names.map((name) => `${name}.lock`).join(', ')}.`) });
  for (const command of problem.commands.slice(1)) await run('sh', ['-c', command], { cwd: bench.root, env: bench.env });
  expect(await branch.move('refs/heads/main', first, second, 'x')).toMatchObject({ moved: true });
});

test('packed refs, detached and unborn HEADs are read through git', async () => {
  const { bench, branch, first } = await twoCommits();
  await bench.git('pack-refs', '--all');
  expect(await branch.read('refs/heads/main')).toBe(first);
  expect(await branch.read('refs/heads/mai')).toBeUndefined();
  await bench.git('checkout', '--quiet', '--detach');
  expect(await branch.head()).toEqual({ ref: undefined, id: first });
  const empty = await emptyWorkshop();
  expect(await (await gitRoom(empty)).branch.head()).toEqual({ ref: 'refs/heads/main', id: undefined });
});

test.each(['HEAD', 'FETCH_HEAD', 'ORIG_HEAD', 'MERGE_HEAD'])('HEAD is read as itself beside a tag, a branch and a remote branch that are called %s', async (name) => {
  const { bench, branch, first, second } = await twoCommits();
  for (const place of ['tags', 'heads', 'remotes', 'remotes/origin']) await bench.git('update-ref', `refs/${place}/${name}`, second);
  expect(await branch.head()).toEqual({ ref: 'refs/heads/main', id: first });
  expect(await branch.move('refs/heads/main', first, second, 'x')).toMatchObject({ moved: true, head: { ref: 'refs/heads/main', id: second } });
  await bench.git('update-ref', 'refs/heads/topic/HEAD', first);
  await bench.git('symbolic-ref', 'HEAD', 'refs/heads/topic/HEAD');
  expect(await branch.head()).toEqual({ ref: 'refs/heads/topic/HEAD', id: first });
  await bench.git('symbolic-ref', 'HEAD', 'refs/heads/unborn');
  expect(await branch.head()).toEqual({ ref: 'refs/heads/unborn', id: undefined });
  await bench.git('update-ref', '--no-deref', 'HEAD', first);
  expect(await branch.head()).toEqual({ ref: undefined, id: first });
});

test('a git that names nothing and calls it success names no branch', async () => {
  const { runner, places } = await twoCommits();
  const silent: GitRunner = { ...runner, attempt: async () => ({ exit: 0, stdout: Buffer.alloc(0), stderr: '' }) };
  await expect(openBranch(silent, places).head()).rejects.toMatchObject({ problem: { code: 'git-failed' } });
});

test.each([
  ['may not write there', 'Permission denied'],
  ['has no room to', 'No space left on device'],
  ['met a lock that has gone since', 'File exists'],
])('a lock is only named where one stands: git %s', async (_, why) => {
  const { runner, places, first, second } = await twoCommits();
  const said = `fatal: update_ref failed for ref 'refs/heads/main': cannot lock ref 'refs/heads/main': Unable to create '${places.commonDirectory}/refs/heads/main.lock': ${why}.`;
  const refusing: GitRunner = { ...runner, attempt: async (args, call) => (args[0] === 'update-ref' ? { exit: 128, stdout: Buffer.alloc(0), stderr: `${said}\n` } : runner.attempt(args, call)) };
  await expect(openBranch(refusing, places).move('refs/heads/main', first, second, 'x')).rejects.toMatchObject({ exit: 6, problem: { code: 'git-failed', facts: { said } } });
});
