import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { hangingProgram, hook, start, type Hanging } from '../../support/running.js';
import { story, type Story } from '../../support/story.js';

const TESTS = 'node --test greet.test.js';
const ADVANCE = ['advance', '--until-blocked'];

async function review(told: Story): Promise<void> {
  await told.selfReview();
  await told.review();
  await told.curate();
}

/** The filter of the file that the ticket changes. Git runs it when it looks at the worktree. */
async function hangingFilter(told: Story): Promise<Hanging> {
  const filter = await hangingProgram(told, 'filter', { then: 'exec cat' });
  await told.git('config', 'filter.slow.clean', filter.command);
  await appendFile(join(told.root, '.git/info/attributes'), 'greet.js filter=slow\n');
  return filter;
}

/** Nothing was done twice, and nothing is left to do. */
async function deliveredOnce(told: Story): Promise<void> {
  expect((await told.ok('deliver')).data).toMatchObject({ state: 'done', confirmed: true });
  expect(await told.git('rev-list', '--count', 'HEAD')).toBe('2');
  expect(await told.remoteHead()).toBe(await told.git('rev-parse', 'HEAD'));
  expect((await told.ok('validate')).problems).toEqual([]);
}

/** Runs a command until it hangs there, ends it by a signal, and looks that nothing of it is left. */
async function interrupt(told: Story, hanging: Hanging, command: string[], [signal, to]: readonly ['SIGINT' | 'SIGTERM', 'process' | 'group']): Promise<void> {
  await hanging.sicken();
  const running = start(told, ...command, '--json');
  await hanging.hangs();
  running.signal(signal, to);
  const { exit, stdout } = await running.ended;
  const code = signal === 'SIGINT' ? 130 : 143;
  expect(JSON.parse(stdout)).toMatchObject({ code: 'interrupted', exit: code, next: [`cxw ${command.join(' ')} --json`] });
  expect(exit).toBe(code);
  expect(await hanging.living()).toEqual([]);
  await hanging.heal();
}

test('a ticket that is interrupted wherever a program of somebody else can hang is delivered once', { timeout: 120_000 }, async () => {
  const told = await story({ ticket: ['--file', 'greet.js', '--prove', 'sh ../proof.sh'] });
  const proof = await hangingProgram(told, 'proof', { then: `exec ${TESTS}` });
  const own = join(told.root, '.git');
  const [preCommit, message, prePush] = [await hook(told, own, 'pre-commit'), await hook(told, own, 'commit-msg'), await hook(told, own, 'pre-push')];
  const [indexChange, transaction] = [await hook(told, own, 'post-index-change'), await hook(told, own, 'reference-transaction')];
  const filter = await hangingFilter(told);
  const [preReceive, postReceive] = [await hook(told, told.remote, 'pre-receive'), await hook(told, told.remote, 'post-receive')];
  await told.ok(...ADVANCE);
  await told.fix();

  await interrupt(told, filter, ['status'], ['SIGINT', 'group']);
  await interrupt(told, filter, ADVANCE, ['SIGTERM', 'process']);
  await interrupt(told, preCommit, ADVANCE, ['SIGINT', 'group']);
  await interrupt(told, proof, ADVANCE, ['SIGINT', 'group']);
  await interrupt(told, proof, ADVANCE, ['SIGTERM', 'process']);
  await review(told);
  await interrupt(told, proof, ['deliver'], ['SIGINT', 'process']);
  await interrupt(told, preCommit, ['deliver'], ['SIGINT', 'group']);
  await interrupt(told, message, ['deliver'], ['SIGTERM', 'process']);
  await interrupt(told, indexChange, ['deliver'], ['SIGTERM', 'process']);
  await interrupt(told, transaction, ['deliver'], ['SIGINT', 'group']);
  await interrupt(told, prePush, ['deliver'], ['SIGINT', 'group']);
  await interrupt(told, preReceive, ['deliver'], ['SIGINT', 'process']);
  await interrupt(told, postReceive, ['deliver'], ['SIGINT', 'group']);
  await deliveredOnce(told);
});

test('a run that is killed leaves what the next one completes, and a push that outlived it is waited for', { timeout: 120_000 }, async () => {
  const told = await story({ ticket: ['--file', 'greet.js', '--prove', 'sh ../proof.sh'] });
  const proof = await hangingProgram(told, 'proof', { then: `exec ${TESTS}` });
  const push = await hook(told, join(told.root, '.git'), 'pre-push');
  const kill = async (hanging: Hanging, ...command: string[]): Promise<void> => {
    await hanging.sicken();
    const running = start(told, ...command);
    await hanging.hangs();
    running.signal('SIGKILL');
    await running.ended;
  };
  await told.ok(...ADVANCE);
  await told.fix();

  await kill(proof, ...ADVANCE);
  await proof.heal();
  expect((await told.ok(...ADVANCE)).data.state).toBe('focused_tests_passed');
  await review(told);
  await kill(push, 'deliver');
  const again = deliveredOnce(told);
  await pause(1000);
  await push.heal();
  await again;
});

test('a proof that is deaf to every request is ended when Ctrl-C is repeated', async () => {
  const told = await story({ ticket: ['--file', 'greet.js', '--prove', 'sh ../proof.sh'] });
  const proof = await hangingProgram(told, 'proof', { deaf: true });
  await told.ok(...ADVANCE);
  await told.fix();
  await proof.sicken();
  const running = start(told, ...ADVANCE);
  await proof.hangs();
  running.signal('SIGINT', 'group');
  await pause(100);
  running.signal('SIGINT', 'group');
  expect((await running.ended).exit).toBe(130);
  expect(await proof.living()).toEqual([]);
});

test('Ctrl-C at any moment leaves what the same command completes', { timeout: 120_000 }, async () => {
  const told = await story({ ticket: ['--file', 'greet.js', '--prove', TESTS] });
  await told.ok(...ADVANCE);
  await told.fix();
  await review(told);
  const exits = [];
  for (let after = 100; exits.at(-1) !== 0; after *= 1.4) {
    const running = start(told, 'deliver');
    await pause(after);
    running.signal('SIGINT', 'group');
    const { exit, stderr } = await running.ended;
    expect([0, 130], stderr).toContain(exit);
    expect(stderr).not.toContain('Warning');
    exits.push(exit);
  }
  await deliveredOnce(told);
});
