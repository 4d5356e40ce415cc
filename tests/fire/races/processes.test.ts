import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { story, type Story } from '../../support/story.js';

const SIX = [1, 2, 3, 4, 5, 6];
const TESTS = 'node --test greet.test.js';

interface Answered {
  exit: number;
  stderr: string;
  answer: any;
}

/** The same command, six times at once. */
async function sixTimes(told: Story, ...args: string[]): Promise<Answered[]> {
  const ran = await Promise.all(SIX.map(() => told.cxw(...args, '--json')));
  return ran.map(({ exit, stdout, stderr }) => {
    expect(stderr).not.toMatch(/Warning|at .*\.cjs/);
    return { exit, stderr, answer: JSON.parse(stdout) };
  });
}

/** Facts are numbered from 1 without a gap, and no state was entered twice. */
async function oneEffectPerState(told: Story): Promise<void> {
  const facts = await readdir(join(told.root, '.git/cxw/tickets', told.ticket, 'facts'));
  expect(facts.sort()).toEqual(facts.map((_, at) => `${String(at + 1).padStart(6, '0')}.json`));
  const entered = (await told.ok('log', told.ticket)).data.entries.filter((entry: any) => entry.kind === 'step').map((entry: any) => entry.says);
  expect(new Set(entered).size).toBe(entered.length);
  expect((await told.ok('validate')).problems).toEqual([]);
}

test.each([1, 2])('six deliveries at once make one commit, and every other says so or is told that one is at work (round %i)', async () => {
  const told = await story({ ticket: ['--file', 'greet.js', '--prove', TESTS] });
  await told.ready();
  const answers = await sixTimes(told, 'deliver');
  const doers = answers.filter(({ answer }) => answer.ok && answer.data.already !== true);
  expect(doers).toHaveLength(1);
  for (const { exit, answer } of answers) {
    if (exit === 0) expect(answer.data).toMatchObject({ state: 'done', commit: doers[0]!.answer.data.commit });
    else expect({ exit, code: answer.code }).toEqual({ exit: 7, code: 'locked' });
  }
  expect(await told.git('rev-list', '--count', 'HEAD')).toBe('2');
  expect(await told.remoteHead()).toBe(await told.git('rev-parse', 'HEAD'));
  expect((await told.ok('deliver')).data).toMatchObject({ already: true, commit: doers[0]!.answer.data.commit });
  await oneEffectPerState(told);
});

test.each([1, 2])('six walks at once enter each state once (round %i)', async () => {
  const told = await story({ ticket: ['--file', 'greet.js', '--prove', TESTS] });
  const answers = await sixTimes(told, 'advance', '--until-blocked');
  expect(answers.flatMap(({ answer }) => answer.data.entered ?? []).length).toBe(5);
  for (const { exit, answer } of answers) {
    // One that came after the others finds that nothing was changed yet.
    if (exit !== 0) expect([7, 4], JSON.stringify(answer.problems)).toContain(exit);
    if (exit === 4) expect(answer.code).toBe('no-change');
    if (exit === 7) expect(answer.code).toBe('locked');
  }
  expect((await told.ok('status')).data.state).toBe('writer_assigned');
  await oneEffectPerState(told);
});

test.each([1, 2])('six tickets with one title get six ids (round %i)', async () => {
  const told = await story();
  const answers = await sixTimes(told, 'ticket', 'new', '--quick', 'Mend the door', '--file', 'README.md', '--prove', TESTS);
  expect(answers.map(({ exit }) => exit)).toEqual(SIX.map(() => 0));
  expect(new Set(answers.map(({ answer }) => answer.data.id)).size).toBe(6);
  expect((await readdir(join(told.root, 'tickets'))).filter((name) => /mend-the-door/.test(name))).toHaveLength(6);
});
