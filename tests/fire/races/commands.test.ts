import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Story } from '../../support/story.js';
import { amount } from '../../support/amounts.js';
import { CROWDS, deliveredOnce, ready, wholeLedger, written } from './rounds.js';

const rounds = (usual: number): number[] => Array.from({ length: amount(usual) }, (_, at) => at + 1);
const BUSY = { exit: 7, code: 'locked' };

describe.each(Object.entries(CROWDS))('at once, %s', (_, crowd) => {
  test.each(rounds(25))('six deliveries make one commit (round %i)', async () => {
    const told = await ready();
    const answers = await crowd(told, 6, 'deliver');
    const [doer, ...more] = answers.filter(({ answer }) => answer.ok && answer.data.already !== true);
    expect(more).toEqual([]);
    const { commit } = doer!.answer.data;
    for (const { exit, answer } of answers) {
      if (exit === 0) expect(answer.data).toMatchObject({ state: 'done', commit });
      else expect({ exit, code: answer.code }, JSON.stringify(answer)).toEqual(BUSY);
    }
    await deliveredOnce(told, commit);
    await wholeLedger(told);
  });

  test.each(rounds(25))('six walks enter each state once (round %i)', async () => {
    const told = await written();
    const answers = await crowd(told, 6, 'advance', '--until-blocked');
    expect(answers.flatMap(({ answer }) => answer.data.entered ?? [])).toHaveLength(5);
    for (const { exit, answer } of answers) {
      // One that came after the others finds that nothing was changed yet.
      if (exit !== 0) expect([BUSY, { exit: 4, code: 'no-change' }], JSON.stringify(answer)).toContainEqual({ exit, code: answer.code });
    }
    await wholeLedger(told);
  });

  test.each(rounds(20))('twenty tickets with one title get twenty ids, without a gap (round %i)', async () => {
    const told = await written();
    const answers = await crowd(told, 20, 'ticket', 'new', '--quick', 'Mend the door', '--file', 'README.md', '--prove', 'node --test greet.test.js');
    expect(answers.map(({ exit }) => exit)).toEqual(answers.map(() => 0));
    const ids = answers.map(({ answer }) => answer.data.id as string).sort((a, b) => numberOf(a) - numberOf(b));
    expect(ids).toEqual(ids.map((_id, at) => (at === 0 ? ids[0] : `${ids[0]}-${at + 1}`)));
    const files = (await readdir(join(told.root, 'tickets'))).filter((name) => name.includes('mend-the-door'));
    expect(files.sort()).toEqual(ids.map((id) => `${id}.yaml`).sort());
  });
});

const numberOf = (id: string): number => Number(/door-(\d+)$/.exec(id)?.[1] ?? 1);

/** What a delivery may answer when somebody works in its repository meanwhile. */
const DISTURBED = ['head-moved', 'branch-moved', 'index-changed', 'git-locked', 'scope-dirty', 'unpushed-commits', 'stale-evidence', 'commit-rewritten'];

/** What a person types while a delivery is at work. */
const HABITS: Record<string, (told: Story) => Promise<unknown>> = {
  'commits all that is staged': async (told) => { await told.git('add', '--', 'notes.txt'); await told.git('commit', '--quiet', '--message', 'Mine'); },
  'commits one file': async (told) => { await told.git('add', '--', 'notes.txt'); await told.git('commit', '--quiet', '--message', 'Mine', '--only', '--', 'notes.txt'); },
  'stages and unstages': async (told) => { for (let at = 0; at < 4; at++) { await told.git('add', '--', 'notes.txt'); await told.git('rm', '--quiet', '--cached', '--', 'notes.txt'); } },
};

describe.each(Object.entries(HABITS))('beside a delivery a person %s', (_, habit) => {
  test.each(rounds(20))('and either is whole (round %i)', async (round) => {
    const told = await ready();
    const delivery = told.cxw('deliver', '--json');
    await pause(((round * 37) % 20) * 30);
    // Git itself may tell the person that the index is locked: then they did nothing.
    const typed = await habit(told).then(() => 'done', (error: Error) => error.message);
    if (typed !== 'done') expect(typed).toMatch(/index\.lock|HEAD\.lock|cannot lock ref|nothing to commit|nothing added|no changes added|did not match/i);
    const { exit, stdout } = await delivery;
    const answer = JSON.parse(stdout);
    await told.git('fsck', '--strict', '--no-dangling');
    expect(await told.read('notes.txt')).toBe('mine\n');
    if (exit === 0) {
      expect(answer.data).toMatchObject({ state: 'done', confirmed: true });
      return deliveredOnce(told, answer.data.commit);
    }
    expect(DISTURBED, stdout).toContain(answer.code);
    expect(answer.next.length).toBeGreaterThan(0);
    // The remote has nothing of it, or exactly what the branch has.
    expect(await told.git('-C', told.remote, 'log', '--format=%H', `--grep=Cxw-Ticket: ${told.ticket}`, 'main')).toBe('');
    // The person's own commit took what the delivery had staged: undone as told, both get what is theirs.
    if (answer.code === 'commit-rewritten') await sharedOut(told, answer);
  });
});

async function sharedOut(told: Story, { problems: [problem] }: any): Promise<void> {
  const [git, ...words] = (problem.fix.command as string).split(' ');
  expect(git).toBe('git');
  await told.git(...words);
  const { exit, stdout } = await told.cxw('deliver', '--json');
  expect(exit, stdout).toBe(0);
  await deliveredOnce(told, JSON.parse(stdout).data.commit);
  expect(await told.git('diff', '--cached', '--name-only', 'HEAD')).toBe('notes.txt');
}
