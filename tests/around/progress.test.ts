import { expect, test } from 'vitest';
import { deliverInto, deliveredTicket } from '../support/delivered.js';
import { TICKET, ticketDocument } from '../support/sealed.js';

const INDEX = 'docs/progress/index.md';

test('delivered tickets come into the index with their reviews, the oldest go to the archive, and validate finds nothing wrong', async () => {
  const { bench } = await deliveredTicket();
  for (let at = 1; at <= 10; at++) {
    await deliverInto(bench, { ticket: ticketDocument({ id: `TKT-2026-11-21-more-${at}`, scope: { files: [`more-${at}.txt`] } }) });
  }
  expect((await bench.json('progress', 'update', '--dry-run')).answer.data).toMatchObject({ dryRun: true, files: ['docs/progress/archive/2026-Q4.md', INDEX] });
  expect(await bench.git('status', '--porcelain')).toBe('');
  await bench.cxw('review', 'write', TICKET);
  const updated = await bench.json('progress', 'update');
  expect(updated.answer.data.completed).toHaveLength(11);
  expect(updated.answer.data.archived).toHaveLength(5);
  expect((await bench.read(INDEX) + await bench.read('docs/progress/archive/2026-Q4.md')).match(/\| TKT-/g)).toHaveLength(11);
  expect((await bench.json('progress', 'update')).answer.data.files).toEqual([]);
  expect((await bench.json('validate', 'docs')).answer.problems).toEqual([]);

  await bench.write(INDEX, (await bench.read(INDEX)).replace('| completed | review |\n|---|---|---|---|\n', '| completed | review |\n|---|---|---|---|\n| TKT-2026-11-21-never | Never | 2026-11-21 | – |\n'));
  expect((await bench.json('validate', 'docs/progress')).answer.problems).toMatchObject([{ code: 'progress-unproved', file: INDEX, line: 14 }]);
});

test('the record of a merged feature is frozen as it was merged, also against later commits; one in progress is not', async () => {
  const { bench } = await deliveredTicket();
  await bench.write('docs/progress/greeting.md', '# Greeting\n\n- Status: Merged <!-- for good -->\n\n## What was built\n\nA greeting.\n');
  await bench.write('docs/progress/farewell.md', '# Farewell\n\n- Status: In Progress\n');
  await bench.git('add', '--all');
  await bench.git('commit', '--quiet', '--message', 'Records');
  await bench.write('docs/progress/farewell.md', '# Farewell\n\n- Status: Merged\n');
  expect((await bench.json('validate', 'docs/progress')).answer.problems).toEqual([]);
  await bench.write('docs/progress/greeting.md', '# Greeting\n\n- Status: In Progress\n');
  expect((await bench.json('validate', 'docs/progress')).answer.problems).toMatchObject([{ code: 'progress-frozen', file: 'docs/progress/greeting.md' }]);
  await bench.git('commit', '--quiet', '--message', 'Edit what was merged', '--', 'docs/progress/greeting.md');
  const { answer } = await bench.json('validate', 'docs/progress');
  expect(answer.problems).toMatchObject([{ code: 'progress-frozen', file: 'docs/progress/greeting.md' }]);
  await bench.git('checkout', (await bench.git('rev-parse', 'HEAD~1')), '--', 'docs/progress/greeting.md');
  expect((await bench.json('validate', 'docs/progress')).answer.problems).toEqual([]);
  await bench.git('commit', '--quiet', '--message', 'Take it back', '--', 'docs/progress/greeting.md');
  expect((await bench.json('validate', 'docs/progress')).answer.problems).toEqual([]);
  await bench.remove('docs/progress/greeting.md');
  expect((await bench.json('validate')).answer.problems).toMatchObject([{ code: 'progress-frozen' }]);
});
