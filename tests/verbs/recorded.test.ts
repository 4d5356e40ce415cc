import { expect, test } from 'vitest';
import { story, type Story } from '../support/story.js';

const worked = async (): Promise<Story> => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await told.ok('advance', '--until-blocked');
  return told;
};

test('a document beside flags that say otherwise is refused whole, and nothing is recorded', async () => {
  const told = await worked();
  await told.write('../ok.yaml', `change_set: ${await told.digest()}\nverdict: pass\nsummary: Read it.\n`);
  const before = (await told.ok('log')).data;
  const words = ['record', 'review', '--as', 'reviewer:kim', '--file', '../ok.yaml'];
  const answer = await told.refused('wrong-usage', ...words, '--verdict', 'fail', '--finding', 'F1 broken', '--summary', 'Do not ship.');
  expect([answer.exit, answer.next]).toEqual([2, ['cxw record --help']]);
  expect((await told.ok('log')).data).toEqual(before);
  expect((await told.ok(...words)).data.verdict).toBe('pass');
});
