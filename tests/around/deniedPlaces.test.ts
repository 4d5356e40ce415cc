import { execFileSync } from 'node:child_process';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sandbox, type Sandbox } from '../support/sandbox.js';
import { story, type Story } from '../support/story.js';

/** A ticket that has begun, of a user who may be denied something, as root never is. */
async function begun(): Promise<{ told: Story; user: Sandbox }> {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  const user = await sandbox(told);
  await user.leave();
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', '65534:65534', join(told.root, '.git')]);
  return { told, user };
}

/** Runs a command that we printed. */
const shown = (told: Story, command: string): string => execFileSync('sh', ['-c', command], { cwd: told.root, env: told.env, encoding: 'utf8' });

test.each(['.git/cxw/lock', '.git/cxw'])('a file in the place of %s is told by that place, with a command that shows it', async (place) => {
  const { told, user } = await begun();
  await rm(join(told.root, place), { recursive: true });
  await writeFile(join(told.root, place), '');
  for (const command of [['deliver'], ['abandon', '--reason', 'Over.'], ['unlock'], ['doctor', '--offline'], ['advance']]) {
    const { exit, answer } = await user.json(...command);
    expect({ exit, code: answer.code, message: answer.problems[0].message }, command.join(' ')).toEqual({ exit: 6, code: 'disk-failed', message: expect.stringContaining(`not a directory (${place.slice('.git/'.length)} in the git directory`) });
    expect(shown(told, answer.next[0])).toMatch(/^-/);
  }
});

test('a lock folder that may not be listed is told, and made usable by the command that is printed', async () => {
  const { told, user } = await begun();
  await chmod(join(told.root, '.git/cxw/lock'), 0);
  const { exit, answer } = await user.json('unlock');
  expect({ exit, problem: answer.problems[0].message }).toEqual({ exit: 6, problem: 'The system failed while looking at the lock: permission denied (cxw/lock in the git directory).' });
  for (const command of answer.next) shown(told, command);
  expect((await user.json('unlock')).answer.ok).toBe(true);
});

test('what git may not read beside the worktree stops nobody: git warns, and goes on without', async () => {
  const { told, user } = await begun();
  await chmod(join(told.root, '.git/info'), 0);
  await user.json('rework', '--refresh', '--as', 'human:ada');
  await user.json('advance', '--until-blocked');
  await told.fix();
  expect((await user.json('advance', '--until-blocked')).answer.data.state).toBe('focused_tests_passed');
  expect((await user.json('doctor', '--offline')).answer.code).not.toBe('disk-failed');
  await chmod(join(told.root, '.git/info'), 0o755);
});
