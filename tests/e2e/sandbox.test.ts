import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { everythingBelow, sandbox } from '../support/sandbox.js';
import { story, type Story } from '../support/story.js';
import { CXW, run } from '../support/workshop.js';

/** A ticket whose work is done and tested, and whose reviews are wanted. */
async function worked(): Promise<Story> {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await told.ok('advance', '--until-blocked');
  return told;
}

const READING = (ticket: string): string[][] => [
  ['status'], ['status', '--all'], ['brief', 'reviewer'], ['brief', 'curator'], ['validate'], ['ticket', 'list'], ['ticket', 'show', ticket],
  ['log'], ['explain', 'stale-evidence'], ['schema', 'ticket'], ['init', '--dry-run'], ['ticket', 'escalate', '--dry-run'],
  // A rehearsal decides as the real thing would.
  ['advance', '--dry-run'], ['deliver', '--dry-run'],
];

test('commands that only read leave every byte and time of the git directory alone, and answer the same where it is read-only', async () => {
  const told = await worked();
  const before = await everythingBelow(join(told.root, '.git'));
  const outside = [];
  for (const command of READING(told.ticket)) outside.push(await told.json(...command));
  expect(outside.map(({ answer }) => answer.ok || answer.code)).toEqual([...READING(told.ticket).slice(2).map(() => true), 'self-review-missing', 'self-review-missing']);
  expect(await everythingBelow(join(told.root, '.git'))).toEqual(before);

  const box = await sandbox(told);
  for (const [at, command] of READING(told.ticket).entries()) {
    expect(await box.json(...command), command.join(' ')).toEqual(outside[at]);
    expect(await box.leftovers(), command.join(' ')).toEqual([]);
  }
});

test('a record is left as a draft, with the one command that takes it in', async () => {
  const told = await worked();
  const digest = await told.digest();
  const words = ['record', 'self-review', '--verdict', 'pass', '--change-set', digest, '--summary', 'One letter.'];
  const box = await sandbox(told);
  const { exit, answer } = await box.json(...words);
  expect(answer).toMatchObject({ ok: false, code: 'draft-left', exit: 5, data: { draft: expect.stringMatching(`^tickets/records/${told.ticket}/drafts/self-review-`) } });
  expect(exit).toBe(5);
  expect(answer.next).toHaveLength(1);

  await box.leave();
  const taken = await run('sh', ['-c', `${answer.next[0].replace(/^cxw/, `'${process.execPath}' '${CXW}'`)} --json`], { cwd: told.root, env: told.env });
  expect(JSON.parse(taken.stdout)).toMatchObject({ ok: true, data: { record: 'self-review', verdict: 'pass' } });
  await told.review();
  await told.curate();
  const delivered = await told.ok('deliver');
  expect(delivered.data.state).toBe('done');
  // What was proved stayed the same beside the draft, and the draft itself is nobody's delivery.
  expect(await told.git('show', '--name-only', '--format=', 'HEAD')).not.toContain('drafts');
});

test('what must write there says so before it does half of anything', async () => {
  const told = await worked();
  const box = await sandbox(told);
  const before = await told.git('status', '--porcelain', '--untracked-files=all');
  for (const command of [
    ['advance'], ['advance', '--until-blocked'], ['deliver'], ['rework'], ['rework', '--refresh', '--as', 'human:ada'], ['abandon', '--reason', 'Over.'],
    ['block', '--reason', 'It waits.', '--release', 'Somebody answers.'], ['ticket', 'new', '--quick', 'Another', '--file', 'README.md', '--prove', 'npm test'],
    ['ticket', 'escalate'],
  ]) {
    const { exit, answer } = await box.json(...command);
    expect({ exit, code: answer.code, message: answer.problems[0].message }, command.join(' ')).toEqual({ exit: 6, code: 'state-read-only', message: expect.stringContaining(`cxw ${command[0]}`) });
    expect(answer.next, command.join(' ')).toContain('cxw status');
  }
  expect(await told.git('status', '--porcelain', '--untracked-files=all')).toBe(before);
  expect(await box.leftovers()).toEqual([]);
});

test('setting up writes only the worktree, so it works', async () => {
  const told = await story();
  await told.remove('AGENTS.md');
  const box = await sandbox(told);
  expect((await box.json('init')).exit).toBe(0);
  expect(await readdir(told.root)).toContain('AGENTS.md');
  expect((await box.json('uninstall', '--purge')).answer.code).toBe('state-read-only');
  expect(await readdir(told.root)).toContain('AGENTS.md');
});

test.each(['objects', 'refs'])('a repository whose %s may not be read is told as that, and not to be made anew', async (part) => {
  const told = await story();
  const box = await sandbox(told);
  await chmod(join(told.root, '.git', part), 0);
  const { exit, answer } = await box.json('status');
  await chmod(join(told.root, '.git', part), 0o755);
  expect({ exit, code: answer.code, message: answer.problems[0].message }).toEqual({ exit: 6, code: 'repository-broken', message: `${join(told.root, '.git')} is there, and git takes it for no repository: ${part} in it may not be read by you.` });
});
