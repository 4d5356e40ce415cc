import { expect, test } from 'vitest';
import { story, type Story } from '../support/story.js';

const codesIn = ({ problems }: { problems: { code: string }[] }): string[] => problems.map(({ code }) => code);
const failed = async (told: Story) => told.ok('record', 'review', '--as', 'reviewer:kim', '--verdict', 'fail', '--change-set', await told.digest(), '--summary', 'No.', '--finding', 'F1 blocking greet.js: is wrong');
const worked = async (told: Story): Promise<void> => {
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await told.ok('advance', '--until-blocked');
};

test('a change that somebody committed by hand is said to be elsewhere, and nothing else of it; after the refresh the way leads on', async () => {
  const told = await story({ scaffold: 'committed' });
  await told.ready();
  await told.git('add', '--', 'greet.js');
  await told.git('commit', '--quiet', '--message', 'By hand');
  expect(codesIn(await told.refused('head-moved', 'deliver'))).toEqual(['head-moved']);
  await told.ok('rework', '--refresh', '--as', 'human:ada');
  expect(await told.ok('status')).toMatchObject({ problems: [], next: [`cxw advance ${told.ticket} --until-blocked`] });
  expect((await told.refused('unpushed-commits', 'advance')).next).toContain('git push origin main');
});

test('what a review failed is changed first, and every answer says so', async () => {
  const told = await story();
  await worked(told);
  await failed(told);
  await told.ok('rework');
  const [brief, advance] = [`cxw brief writer ${told.ticket}`, `cxw advance ${told.ticket} --until-blocked`];
  const status = await told.ok('status');
  expect(status).toMatchObject({ problems: [{ code: 'repair-due', message: expect.stringContaining('F1 greet.js: is wrong') }], next: [brief, advance] });
  expect(await told.ok('brief', 'writer')).toMatchObject({ next: [advance], data: { capsule: { due: [brief, advance] } } });
  await told.write('greet.js', `${await told.read('greet.js')}// Mended.\n`);
  expect(codesIn(await told.ok('status'))).toEqual([]);
});

test('what a review failed and nobody changed is not complete again, and uses up no further round; another verdict lets it go on', async () => {
  const told = await story();
  await worked(told);
  await failed(told);
  await told.ok('rework');
  expect((await told.refused('repair-due', 'advance')).data).toMatchObject({ state: 'writer_assigned' });
  await told.refused('nothing-to-rework', 'rework');
  await told.ok('record', 'review', '--as', 'reviewer:kim', '--verdict', 'pass', '--change-set', await told.digest(), '--clears', 'F1', '--summary', 'It was right.');
  expect((await told.ok('advance')).data.entered).toEqual(['implementation_complete']);
});

test('what a review failed no agent gives up, whatever it calls itself: a person does', async () => {
  const told = await story();
  await worked(told);
  await failed(told);
  const byAgent = async (...words: string[]) => JSON.parse((await told.cxwWith({ env: { CODEX_THREAD_ID: 'a-session' } }, 'abandon', '--reason', 'Anew.', ...words, '--json')).stdout);
  for (const words of [[], ['--as', 'human:Ada'], ['--no-change']]) expect(codesIn(await byAgent(...words))).toContain('objections-for-a-person');
  expect((await byAgent()).problems[0].message).toContain('reviewer:kim says fail: No.; F1 is open: is wrong');
  await told.ok('rework');
  await told.write('greet.js', `${await told.read('greet.js')}// Mended.\n`);
  expect(codesIn(await byAgent())).toEqual(['objections-for-a-person']);
  await told.ok('abandon', '--reason', 'It was not worth it.');
});

test('a review that passes and leaves a finding open leads to the one that clears it', async () => {
  const told = await story();
  await worked(told);
  await told.selfReview();
  await failed(told);
  const { next } = await told.review('reviewer:bob');
  expect(next[0]).toMatch(/^cxw record review .*--verdict pass .*--clears F1 --summary TEXT$/);
});

test('with no round left, an edited change leads to the person who grants one', async () => {
  const told = await story({ scaffold: 'committed' });
  await told.write('.cxw/policy.yaml', (await told.read('.cxw/policy.yaml')).replace('repair_rounds: 3', 'repair_rounds: 0'));
  await told.git('commit', '--quiet', '--all', '--message', 'No rounds');
  await told.git('push', '--quiet');
  await worked(told);
  await failed(told);
  await told.write('greet.js', `${await told.read('greet.js')}// Mended.\n`);
  const status = await told.ok('status');
  expect(codesIn(status)).toEqual(['rounds-used-up', 'stale-evidence']);
  expect(status.next[0]).toBe(`cxw unblock ${told.ticket} --rounds 1 --reason TEXT`);
});

test('a document that validate does not read leads to its form, or to the command that reads it', async () => {
  const told = await story();
  await worked(told);
  await told.write('../review.yaml', '');
  expect((await told.refused('document-empty', 'record', 'review', '--as', 'reviewer:kim', '--file', '../review.yaml')).next).toEqual(['cxw schema record-review']);
  expect((await told.refused('document-empty', 'ticket', 'import', '../review.yaml')).next).toEqual(['cxw ticket import ../review.yaml']);
});

test('a version that is text is told apart from one that is not known', async () => {
  const told = await story();
  const file = `tickets/${told.ticket}.yaml`;
  await told.write(file, (await told.read(file)).replace('schema_version: 3', 'schema_version: "3"'));
  expect((await told.refused('wrong-type', 'validate')).problems[0].message).toContain('number');
});

test('after a reverted delivery its id leads to what is known of it, and the pages of progress do not call it completed', async () => {
  const told = await story({ scaffold: 'committed' });
  await told.ready();
  await told.ok('deliver');
  await told.git('revert', '--no-edit', 'HEAD');
  const taken = await told.refused('ticket-id-taken', 'ticket', 'new', '--quick', 'Again', '--id', told.ticket, '--file', 'greet.js', '--prove', 'node --test');
  expect(taken.next[0]).toBe(`cxw status ${told.ticket}`);
  expect(await told.ok('status', told.ticket)).toMatchObject({ data: { ticket: told.ticket, state: 'done' } });
  expect((await told.ok('progress', 'update')).data.completed).toEqual([]);
  expect((await told.ok('validate')).problems).toEqual([]);
});
