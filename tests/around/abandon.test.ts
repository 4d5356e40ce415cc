import { chmod, cp, lstat, readlink, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FIXED, GREETER, story, type Story } from '../support/story.js';
import { run } from '../support/workshop.js';

/** Runs a command of an answer, as a person would paste it. */
async function obey(told: Story, command: string): Promise<void> {
  const { exit, stderr } = await run('sh', ['-c', command], { cwd: told.root, env: told.env });
  expect(exit, `${command}\n${stderr}`).toBe(0);
}

/** A ticket that every clone has, and that is ready here; and the place of another clone, which stands beside. */
async function readyInBacklog(): Promise<{ told: Story; clone: string }> {
  const told = await story({ scaffold: 'committed' });
  await told.git('add', '--', 'tickets');
  await told.git('commit', '--quiet', '--message', 'Backlog');
  await told.git('push', '--quiet');
  await told.ready();
  const clone = '../elsewhere';
  await told.git('clone', '--quiet', told.remote, clone);
  return { told, clone };
}

const DIRTY = { 'mine.txt': 'committed\n', 'tool.sh': 'echo\n', 'notes/a b.txt': 'n\n' };

test('what an agent wrote over is kept when the ticket is abandoned, and each comes back with the command beside it', async () => {
  const told = await story({ files: { ...GREETER, ...DIRTY } });
  await told.write('mine.txt', 'precious\n');
  await told.write('tool.sh', 'echo precious\n');
  await told.executable('tool.sh');
  await told.write('notes/a b.txt', 'precious notes\n');
  await told.write('quiet.txt', 'nobody touches it\n');
  await told.link('to', 'mine.txt');
  await told.write('was-file', 'a file\n');
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await told.write('mine.txt', 'agent was here\n');
  await told.write('tool.sh', 'agent\n');
  await chmod(join(told.root, 'tool.sh'), 0o644);
  await told.remove('notes');
  await told.remove('to');
  await told.link('to', 'greet.js');
  await told.remove('was-file');
  await told.link('was-file', 'greet.js');
  const stray = await told.refused('outside-scope', 'advance');
  const [copy] = /\/\S*set-aside\S*[0-9a-f]/.exec(stray.problems[0].message)!;

  const answer = await told.ok('abandon', '--reason', 'the agent made a mess');
  expect(answer.data.overwritten.map(({ path }: { path: string }) => path).sort()).toEqual(['mine.txt', 'notes/a b.txt', 'to', 'tool.sh', 'was-file']);
  expect(answer.data.overwritten.map(({ copy: kept }: { copy: string }) => kept)).toContain(copy);
  expect(await told.read('mine.txt')).toBe('agent was here\n');
  for (const { bringBack } of answer.data.overwritten) await obey(told, bringBack);
  expect(await told.read('mine.txt')).toBe('precious\n');
  expect(await told.read('tool.sh')).toBe('echo precious\n');
  expect((await lstat(join(told.root, 'tool.sh'))).mode & 0o111).not.toBe(0);
  expect(await told.read('notes/a b.txt')).toBe('precious notes\n');
  expect(await readlink(join(told.root, 'to'))).toBe('mine.txt');
  expect((await lstat(join(told.root, 'was-file'))).isFile()).toBe(true);
  expect(await told.read('was-file')).toBe('a file\n');
  expect(await told.read('greet.js')).toBe(FIXED);
});

test('where everything else is as it was, nothing is kept and nothing said of it', async () => {
  const told = await story({ files: { ...GREETER, ...DIRTY } });
  await told.write('mine.txt', 'precious\n');
  await told.ok('advance', '--until-blocked');
  expect((await told.ok('abandon', '--reason', 'Enough.')).data.overwritten).toBeUndefined();
});

test('a ticket that another clone has delivered is said to be, and the commands lead to what was delivered', async () => {
  const { told, clone } = await readyInBacklog();
  await told.write(`${clone}/greet.js`, `${FIXED}// elsewhere\n`);
  await told.write(`${clone}/tickets/records/${told.ticket}/result.md`, 'theirs\n');
  await told.write(`${clone}/tickets/records/${told.ticket}/ledger.jsonl`, 'theirs\n');
  await told.git('-C', clone, 'add', '--all');
  await told.git('-C', clone, 'commit', '--quiet', '--message', 'Done', '--message', `Cxw-Ticket: ${told.ticket}\nCxw-Evidence: sha256:${'0'.repeat(64)}`);
  await told.git('-C', clone, 'push', '--quiet');
  const theirs = await told.remoteHead();

  // As long as nobody has fetched, what came is unknown; a pull that its own records keep from merging has fetched it.
  const unknown = await told.refused('remote-moved', 'deliver');
  expect(unknown.next[0]).toBe('git pull --ff-only origin main');
  await expect(obey(told, unknown.next[0])).rejects.toThrow(/untracked working tree files|local changes/);

  const answer = await told.refused('delivered-elsewhere', 'deliver');
  expect(answer.problems[0].message).toContain(theirs.slice(0, 12));
  const stash = `git stash push --include-untracked -- greet.js tickets/records/${told.ticket}`;
  expect(answer.next).toEqual([`cxw abandon ${told.ticket} --reason TEXT`, stash]);
  const ended = await told.ok('abandon', '--reason', 'Done elsewhere.');
  expect(ended.data.left).toEqual(['greet.js']);
  expect(ended.data.records).toContain(`tickets/records/${told.ticket}/result.md`);
  expect(ended.next[1]).toBe(stash);
  await obey(told, stash);
  await obey(told, 'git pull --ff-only origin main');
  expect(await told.git('rev-parse', 'HEAD')).toBe(theirs);
  expect(await told.git('show', 'stash@{0}:greet.js')).toBe(FIXED.trimEnd());
});

test('a message that names the ticket delivers nothing, and what came can be taken in', async () => {
  const { told, clone } = await readyInBacklog();
  await told.git('-C', clone, 'commit', '--quiet', '--allow-empty', '--message', 'Done', '--message', `Cxw-Ticket: ${told.ticket}\nCxw-Evidence: sha256:${'0'.repeat(64)}`);
  await told.git('-C', clone, 'push', '--quiet');
  await told.git('fetch', '--quiet');

  expect((await told.refused('remote-moved', 'deliver')).next[0]).toBe('git pull --ff-only origin main');
});

test('a ticket that was delivered below the branch already is not taken for one that is incoming', async () => {
  const told = await story({ scaffold: 'committed' });
  await told.git('commit', '--quiet', '--allow-empty', '--message', 'Earlier', '--message', `Cxw-Ticket: ${told.ticket}`);
  await told.git('push', '--quiet');
  await told.pushFromElsewhere();
  await told.git('fetch', '--quiet');
  await told.refused('remote-moved', 'advance', '--until-blocked');
});

test('an abandoned ticket that was cut short before it gave the worktree back does so when it is asked again', async () => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  const claims = join(told.root, '.git/cxw/worktree');
  await cp(claims, join(told.folder, 'claims'), { recursive: true });
  await told.ok('abandon', told.ticket, '--reason', 'Enough.');
  await rm(claims, { recursive: true });
  await rename(join(told.folder, 'claims'), claims);
  await told.ok('abandon', told.ticket, '--reason', 'Enough.');
  expect((await told.refused('ticket-ended', 'abandon', told.ticket, '--reason', 'Enough.')).data.ticket).toBe(told.ticket);
});

test('work that was committed and pushed by hand is a change: the ticket cannot end as one that needed none', async () => {
  const told = await story({ scaffold: 'committed' });
  await told.ok('advance', '--until-blocked');
  const base = (await told.git('rev-parse', 'HEAD')).slice(0, 12);
  await told.write('greet.js', 'throw 1\n');
  await told.git('commit', '--quiet', '--all', '--message', 'Whatever');
  await told.git('push', '--quiet');
  for (const refresh of [[], ['rework', '--refresh'], ['advance', '--until-blocked']]) {
    if (refresh.length > 0) await told.ok(...refresh);
    const { problems, next } = await told.refused('has-changes', 'abandon', '--no-change', '--reason', 'it needed nothing');
    expect(problems[0].message).toContain(`since ${base}`);
    expect(next).toContain(`cxw abandon ${told.ticket} --reason TEXT`);
  }
  expect((await told.ok('abandon', '--reason', 'done by hand')).data.how).toBe('abandoned');
});

test('commits of others that leave the scope alone are no change of the ticket', async () => {
  const told = await story({ scaffold: 'committed' });
  await told.ok('advance', '--until-blocked');
  await told.pushFromElsewhere('other.txt');
  await told.git('pull', '--quiet', '--ff-only');
  await told.ok('rework', '--refresh');
  await told.ok('advance', '--until-blocked');
  expect((await told.ok('abandon', '--no-change', '--reason', 'it was right already')).data.how).toBe('no-change');
});

test('work of the ticket that was committed and not pushed comes back by the first hint, and is proved', async () => {
  const told = await story({ scaffold: 'committed' });
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await told.git('commit', '--quiet', '--all', '--message', 'By hand');
  await told.refused('head-moved', 'advance');
  await told.ok('rework', '--refresh');
  const { next: [first] } = await told.refused('unpushed-commits', 'advance');
  expect(first).toMatch(/^git reset --soft [0-9a-f]{12}$/);
  await obey(told, first);
  expect(await told.read('greet.js')).toBe(FIXED);
  expect((await told.ok('advance', '--until-blocked')).data.state).toBe('focused_tests_passed');
});
