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

test.each([
  ['self-review', ['--verdict', 'pass', '--finding', 'F1 broken'], 'findings'],
  ['plan', ['--verdict', 'pass'], 'verdict'],
  ['curation', ['--memory', 'none', '--clears', 'F1'], 'clears'],
])('a flag that %s does not take is refused, and not dropped', async (kind, flags, key) => {
  const told = await worked();
  const change = kind === 'self-review' ? ['--change-set', await told.digest(), '--summary', 'Fine.'] : [];
  const { problems } = await told.refused('unknown-key', 'record', kind, ...change, ...flags);
  const [unknown] = problems.filter(({ code }: { code: string }) => code === 'unknown-key');
  expect([unknown.message, unknown.file]).toEqual([expect.stringContaining(key), 'the flags']);
});

test('what a curation names as memory and is none is refused when it is recorded, with the curation that is right', async () => {
  const told = await worked();
  await told.write('agent/STATE.md', '# State\n\n- Greetings say hello.\n');
  const curation = ['record', 'curation', told.ticket, '--memory'];
  const none = `cxw ${[...curation, 'none'].join(' ')}`;
  const right = `cxw ${[...curation, 'agent/STATE.md'].join(' ')}`;
  for (const [words, said, next] of [
    [['none', 'agent/STATE.md'], 'none says that no memory file was updated, so it stands alone.', right],
    [['agent/STATE.md', '--memory', 'greet.js'], 'In the scope of the ticket, and delivered as its product: greet.js.', right],
    [['README.md', 'agent/deep/STATE.md'], 'No memory, whose files are agent/NAME.md: README.md, agent/deep/STATE.md.', none],
  ] as const) {
    const answer = await told.refused('memory-elsewhere', ...curation, ...words);
    expect([answer.problems[0].message, answer.next[0]]).toEqual([said, next]);
  }
  await told.ok(...curation, 'agent/STATE.md');
});
