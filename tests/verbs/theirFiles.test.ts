import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { story, type Story } from '../support/story.js';

/** A ticket whose work is reviewed. */
async function reviewed(before: (told: Story) => Promise<void>): Promise<Story> {
  const told = await story({ scaffold: 'committed' });
  await before(told);
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await told.selfReview();
  await told.review();
  return told;
}

const STATE = 'agent/STATE.md';
const codesOf = (answer: any): string[] => answer.problems.map(({ code }: { code: string }) => code);

test('what somebody had written into memory before the ticket began is not delivered with what it learned', async () => {
  const told = await reviewed(async (it) => it.write(STATE, `${await it.read(STATE)}private\n`));
  const both = `${await told.read(STATE)}learned\n`;
  await told.write(STATE, both);
  await told.ok('record', 'curation', '--memory', STATE);
  const answer = await told.refused('memory-dirty', 'deliver');
  expect(answer.next).toContain(`cxw record curation ${told.ticket} --memory none`);
  await told.curate();
  await told.ok('deliver');
  expect(await told.git('show', 'HEAD')).not.toContain('private');
  expect(await told.read(STATE)).toBe(both);
});

test('where nothing is committed, memory goes on from where an earlier ticket left it', async () => {
  const told = await story({ init: ['--delivery', 'none'] });
  await told.write(STATE, `${await told.read(STATE)}earlier\n`);
  await told.ready();
  await told.write(STATE, `${await told.read(STATE)}learned\n`);
  await told.ok('record', 'curation', '--memory', STATE);
  expect(codesOf((await told.json('advance', '--until-blocked')).answer)).not.toContain('memory-dirty');
});

test('what stands where a record is written is kept, and told', async () => {
  const told = await reviewed((it) => it.write(`tickets/records/${it.ticket}/plan.md`, 'precious\n'));
  await told.curate();
  const { answer } = await told.json('advance', '--until-blocked');
  const { message } = answer.problems.find(({ code }: { code: string }) => code === 'record-place-taken');
  const [, copy] = /plan\.md: (\S+set-aside\/copies\/[0-9a-f]+)/.exec(message)!;
  expect(await readFile(copy!, 'utf8')).toBe('precious\n');
  await told.write(`tickets/records/${told.ticket}/plan.md`, 'edited since\n');
  await told.ok('rework', '--reason', 'Once more.');
  await told.selfReview();
  await told.review();
  await told.curate();
  expect((await told.json('advance', '--until-blocked')).answer.problems.map(({ message }: { message: string }) => message).join()).toContain('plan.md');
  await told.ok('deliver');
  expect(await readFile(copy!, 'utf8')).toBe('precious\n');
});

test('a proof that commits proves nothing', async () => {
  const told = await story({ scaffold: 'committed', ticket: ['--file', 'greet.js', '--prove', 'sh ../proof.sh'] });
  await told.write('../proof.sh', 'git commit --quiet --allow-empty --message junk\n');
  await told.ok('advance', '--until-blocked');
  await told.fix();
  const { answer } = await told.json('advance', '--until-blocked');
  expect(codesOf(answer)).toContain('proof-unstable');
  expect(JSON.stringify(answer.problems)).toContain('HEAD is another commit');
});
