import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Interrupted } from '../../src/world/errors.js';
import { openRunner, type GitRunner } from '../../src/world/git/runner.js';
import { hangingProgram, hook, type Hanging } from '../support/running.js';
import { story } from '../support/story.js';
import { workshop, type Workshop } from '../support/workshop.js';

// Any call of git may run a program of somebody else: a filter, a hook, a signing program. An alias is one, too.

const doing = 'trying it';

/** A call that hangs in a hook while git holds the lock of the branch. */
async function movingHangs({ deaf = false } = {}): Promise<{ bench: Workshop; hanging: Hanging; move: (runner: GitRunner) => Promise<unknown> }> {
  const bench = await workshop();
  const hanging = await hook(bench, join(bench.root, '.git'), 'reference-transaction', { deaf });
  await hanging.sicken();
  const next = await bench.git('commit-tree', '-p', 'HEAD', '-m', 'next', 'HEAD^{tree}');
  return { bench, hanging, move: (runner) => runner.attempt(['update-ref', 'refs/heads/main', next], { doing }) };
}

test('the policy of the worktree says how long', async () => {
  const told = await story();
  const policy = await told.read('.cxw/policy.yaml');
  await told.write('.cxw/policy.yaml', policy.replace('delivery:\n', 'delivery:\n  timeout: 5\n'));
  const filter = await hangingProgram(told, 'filter', { then: 'exec cat' });
  await told.git('config', 'filter.slow.clean', filter.command);
  await told.write('.git/info/attributes', 'greet.js filter=slow\n');
  await told.ok('advance', '--until-blocked');
  // As long as before: what is of another size needs no filter to be seen as changed.
  await told.write('greet.js', (await told.read('greet.js')).replace('Helo', 'Halo'));
  await filter.sicken();
  const { exit, answer } = await told.json('status');
  expect({ exit, code: answer.code, message: answer.problems[0].message }).toEqual({ exit: 6, code: 'git-timed-out', message: 'git did not finish reading the status within 5 s, and was ended.' });
  expect(await filter.living()).toEqual([]);
});

test('a worktree that was moved away meanwhile is what is told, not that there is no git', async () => {
  const bench = await workshop();
  const runner = openRunner(bench.root, bench.env);
  await rename(bench.root, `${bench.root}-away`);
  await expect(runner.run(['--version'], { doing })).rejects.toMatchObject({ exit: 6, problem: { code: 'not-a-repository', message: `There is no git worktree at ${bench.root}: it is not there any more.`, commands: ['cxw -C FOLDER status'] } });
  await expect(openRunner(bench.folder, { ...bench.env, PATH: bench.folder }).run(['--version'], { doing })).rejects.toMatchObject({ problem: { code: 'git-missing' } });
});

const isLocked = (bench: Workshop): boolean => ['refs/heads/main.lock', 'HEAD.lock'].some((lock) => existsSync(join(bench.root, '.git', lock)));

test('a call that takes longer than the policy allows is ended with everything that it started, and leaves no lock', async () => {
  const { bench, hanging, move } = await movingHangs();
  const began = Date.now();
  await expect(move(openRunner(bench.root, bench.env, undefined, undefined, async () => 6))).rejects.toMatchObject({ exit: 6, problem: { code: 'git-timed-out', facts: { doing, seconds: 6 } } });
  expect(Date.now() - began).toBeGreaterThanOrEqual(5900);
  expect(await hanging.living()).toEqual([]);
  expect(isLocked(bench)).toBe(false);
});

test.each([[{ deaf: false }], [{ deaf: true }]])('a call is ended when we are interrupted, with everything that it started: %o', async (ear) => {
  const { bench, hanging, move } = await movingHangs(ear);
  const controller = new AbortController();
  const moving = move(openRunner(bench.root, bench.env, controller.signal));
  moving.catch(() => undefined);
  await hanging.hangs();
  const began = Date.now();
  controller.abort(new Interrupted('SIGTERM'));
  await expect(moving).rejects.toMatchObject({ signal: 'SIGTERM' });
  expect(Date.now() - began).toBeLessThan(10_000);
  expect(await hanging.living()).toEqual([]);
  expect(isLocked(bench)).toBe(false);
});

test('what git left behind with its output open does not keep us, and nothing that git printed is lost however late we read', async () => {
  const bench = await workshop();
  const hanging = await hangingProgram(bench, 'left');
  await hanging.sicken();
  const began = Date.now();
  const call = openRunner(bench.root, bench.env).run(['-c', `alias.big=!${hanging.command} & head -c 150000 /dev/zero`, 'big'], { doing });
  await pause(150);
  // As when we are busy with something else meanwhile.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 800);
  expect((await call).length).toBe(150_000);
  expect(Date.now() - began).toBeLessThan(10_000);
  await hanging.heal();
});

test('more output than its caller reads ends a call', async () => {
  const bench = await workshop();
  const call = openRunner(bench.root, bench.env).run(['-c', 'alias.much=!yes', 'much'], { doing, limit: 1000 });
  await expect(call).rejects.toMatchObject({ problem: { code: 'git-failed', facts: { said: 'it printed more than can be read' } } });
});
