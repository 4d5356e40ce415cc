import { expect, test } from 'vitest';
import { story } from '../support/story.js';

test('a finding ends when a review clears it, and not by a number that is given to another', async () => {
  const told = await story();
  await told.ready();
  const says = (verdict: string, ...more: string[]): string[] => ['record', 'review', '--verdict', verdict, '--summary', 'Read.', ...more];
  const digest = ['--change-set', await told.digest()];
  await told.ok(...says('fail', '--as', 'reviewer:kim', '--finding', 'F1 blocking greet.js: SQL injection', ...digest));

  const taken = await told.refused('finding-number-taken', ...says('pass', '--as', 'reviewer:bob', '--finding', 'F1 note greet.js: nice colour', ...digest));
  expect(taken.problems[0].message).toContain('F1 is an open finding already (SQL injection)');
  expect(taken.next[0]).toContain("--finding 'F2 TEXT'");
  expect((await told.ok(...says('fail', '--as', 'reviewer:bob', '--finding', 'F1 blocking greet.js: SQL injection', ...digest))).data.openFindings).toEqual(['F1']);
  expect((await told.ok(...says('pass', '--as', 'reviewer:bob', '--finding', 'note greet.js: nice colour', ...digest))).data.openFindings).toEqual(['F1']);
  expect((await told.ok(...says('pass', '--as', 'reviewer:bob', '--clears', 'F1', ...digest))).data.openFindings).toEqual([]);
});

test('what a reviewer says after everything was ready stops the delivery, until a review clears it', async () => {
  const told = await story();
  await told.ready();
  await told.ok('deliver', '--dry-run');
  await told.ok('advance', '--until-blocked');
  const says = (verdict: string, ...more: string[]): string[] => ['record', 'review', '--verdict', verdict, '--summary', 'Read once more.', ...more];
  const digest = ['--change-set', await told.digest()];
  await told.ok(...says('fail', '--as', 'reviewer:kim', '--finding', 'F1 blocking greet.js: SQL injection', ...digest));
  const before = await told.remoteHead();
  for (const words of [['deliver', '--dry-run'], ['deliver']]) {
    const { problems } = await told.refused('review-failed', ...words);
    expect(problems.map(({ code }: { code: string }) => code)).toEqual(['review-failed', 'findings-open']);
  }
  expect(await told.remoteHead()).toBe(before);
  await told.ok(...says('pass', '--as', 'reviewer:kim', '--clears', 'F1', ...digest));
  expect((await told.ok('deliver')).data.confirmed).toBe(true);
  expect((await told.ok('verify')).data.tickets[0].evidence).toBe('consistent');
});

test('nor does it pass where nothing is to be committed', async () => {
  const told = await story();
  await told.write('.cxw/policy.yaml', (await told.read('.cxw/policy.yaml')).replace(/mode: commit-push/, 'mode: none'));
  await told.ready();
  await told.ok('advance', '--until-blocked');
  const digest = ['--change-set', await told.digest()];
  await told.ok('record', 'review', '--as', 'reviewer:kim', '--verdict', 'fail', '--summary', 'No.', '--finding', 'blocking greet.js: wrong', ...digest);
  await told.refused('findings-open', 'deliver', '--dry-run');
  await told.refused('findings-open', 'deliver');
});
