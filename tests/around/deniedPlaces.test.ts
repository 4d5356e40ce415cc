import { execFileSync } from 'node:child_process';
import { chmod, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
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

test('a folder of ours that we may not write is no sandbox, and made usable by the command that is printed', async () => {
  const { told, user } = await begun();
  await chmod(join(told.root, '.git/cxw/lock'), 0o500);
  const { exit, answer } = await user.json('advance', '--until-blocked');
  expect({ exit, message: answer.problems[0].message }).toEqual({ exit: 6, message: 'The system failed while taking the lock: permission denied (cxw/lock in the git directory).' });
  for (const command of answer.next) shown(told, command);
  expect((await user.json('advance', '--until-blocked')).exit).not.toBe(6);
});

test.runIf(process.getuid?.() === 0)('a folder that one run as root left behind is told with its owner', async () => {
  const { told, user } = await begun();
  execFileSync('chown', ['-R', '0:0', join(told.root, '.git/cxw/lock')]);
  await chmod(join(told.root, '.git/cxw/lock'), 0o755);
  const { exit, answer } = await user.json('advance', '--until-blocked');
  expect({ exit, code: answer.code, message: answer.problems[0].message }).toEqual({ exit: 6, code: 'disk-failed', message: expect.stringContaining('(cxw/lock in the git directory, which belongs to user 0)') });
  expect(answer.next).toEqual(['ls -ld "$(git rev-parse --absolute-git-dir)"/cxw/lock']);
});

test.each([0o177, 0o377])('what is kept can be used whatever the umask takes away (%o)', async (umask) => {
  const { told, user } = await begun();
  await rm(join(told.root, '.git/cxw'), { recursive: true });
  const usual = process.umask(umask);
  onTestFinished(() => void process.umask(usual));
  await user.json('advance', '--until-blocked');
  process.umask(usual);
  expect((await stat(join(told.root, '.git/cxw/worktree'))).mode & 0o777).toBe(0o700);
  expect((await user.json('status')).answer.ok).toBe(true);
  await told.fix();
  expect((await user.json('advance', '--until-blocked')).answer.data.state).toBe('focused_tests_passed');
});

test('a ticket whose facts may not be read is named, and the others are told all the same', async () => {
  const { told, user } = await begun();
  const { data } = await told.ok('ticket', 'new', '--quick', 'Another', '--file', 'README.md', '--prove', 'node --test');
  const fact = `cxw/tickets/${told.ticket}/facts/000002.json`;
  execFileSync('chmod', ['-R', 'a+rX', join(told.root, '.git/cxw'), join(told.root, 'tickets')]);
  await chmod(join(told.root, '.git', fact), 0);
  const message = `The system failed while reading the ledger of ${told.ticket}: permission denied (${fact} in the git directory).`;
  const board = (await user.json('status', '--all')).answer;
  expect(board).toMatchObject({ ok: true, data: { tickets: expect.arrayContaining([{ ticket: told.ticket, state: 'unreadable', claim: true }, { ticket: data.id, state: 'not begun', claim: false }]) }, problems: [{ code: 'disk-failed', message, severity: 'warning' }] });
  expect((await user.json('ticket', 'list')).answer).toMatchObject({ ok: true, problems: [{ code: 'disk-failed', message }] });
  expect((await user.json('validate')).answer).toMatchObject({ exit: 3, problems: expect.arrayContaining([expect.objectContaining({ code: 'disk-failed', message })]) });
  expect((await user.json('doctor', '--offline')).answer).toMatchObject({ exit: 4, data: { checks: expect.any(Array) }, problems: expect.arrayContaining([expect.objectContaining({ code: 'disk-failed', message })]) });
  const alone = (await user.json('status', told.ticket)).answer;
  expect(alone).toMatchObject({ exit: 6, code: 'disk-failed', problems: [{ message }] });
  for (const command of alone.next) shown(told, command);
  expect((await user.json('status')).answer.ok).toBe(true);
});

test.each(['facts/000002.json', 'private/baseline.json'])('a folder in the place of %s is damage, and the ticket can be ended', async (name) => {
  const { told } = await begun();
  const place = join(told.root, '.git/cxw/tickets', told.ticket, name);
  await rm(place);
  await mkdir(place);
  expect((await told.refused(name.startsWith('facts') ? 'ledger-damaged' : 'private-state-damaged', 'advance')).exit).toBe(6);
  expect((await told.ok('status', '--all')).data.tickets).toMatchObject([{ ticket: told.ticket }]);
  await told.ok('abandon', told.ticket, '--reason', 'Over.');
});
