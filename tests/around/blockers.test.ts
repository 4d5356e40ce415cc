import { join } from 'node:path';
import { expect, test } from 'vitest';
import { story, type Story } from '../support/story.js';

async function hand(told: Story, kind: string, document: object, as: string): Promise<any> {
  await told.write('../record.yaml', JSON.stringify(document));
  return (await told.json('record', kind, '--as', as, '--file', join(told.root, '../record.yaml'))).answer;
}

const BLOCKER = { objective: 'Greet rightly.', failed: 'npm install', excerpt: 'ENOTFOUND registry', attempts: ['twice, an hour apart: the same'], smallest_action: 'Ask for the network.' };
const DECISION = { class: 'environment_limitation', confidence: 'high', authorization: 'preapproved', action: 'Use the mirror.', boundaries: ['npm install --registry MIRROR'], proof: 'npm test', rollback: 'Nothing changes.' };

async function blocked(): Promise<Story> {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  await told.ok('block', '--reason', 'No network.', '--release', 'A network.');
  return told;
}

test('what a writer reports and a resolver decides is told to whoever comes next, until the ticket is released', async () => {
  const told = await blocked();
  expect((await hand(told, 'blocker', BLOCKER, 'writer:Ada')).ok).toBe(true);
  const resolver = (await told.ok('brief', 'blocker-resolver')).data.text;
  for (const words of ['Failed: npm install', '  | ENOTFOUND registry', 'Tried: twice, an hour apart: the same', 'Smallest action: Ask for the network.']) expect(resolver).toContain(words);

  expect((await hand(told, 'blocker-decision', DECISION, 'orchestrator:pat')).ok).toBe(true);
  expect((await told.ok('brief', 'writer')).data.text).toContain('environment_limitation, confidence high, preapproved\nAction: Use the mirror.');
  const said = (await told.ok('log')).data.entries.map((entry: any) => entry.says);
  expect(said).toContain('Decided about the blocker (environment_limitation, preapproved): Use the mirror.');
  await told.ok('unblock');
  expect((await told.ok('brief', 'writer')).data.text).not.toContain('Use the mirror.');
});

test('a decision needs a blocker, and what is a person\'s is never approved beforehand', async () => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  const codes = async (changes: object): Promise<string[]> => (await hand(told, 'blocker-decision', { ...DECISION, ...changes }, 'orchestrator:pat')).problems.map((problem: any) => problem.code);
  expect(await codes({})).toEqual(['not-blocked']);
  expect(await codes({ class: 'unsafe_request' })).toEqual(['blocker-preapproved']);
  expect(await codes({ class: 'user_decision_required', question: 'May it?' })).toEqual(['blocker-preapproved']);
  expect(await codes({ authorization: 'user_required' })).toEqual(['blocker-question-missing']);
  expect(await codes({ class: 'whatever' })).toEqual(['wrong-value']);
});

test('where a person must decide, no agent releases the ticket; an earlier decision says nothing about a later blocker', async () => {
  const told = await blocked();
  await hand(told, 'blocker-decision', { ...DECISION, class: 'user_decision_required', authorization: 'user_required', question: 'May it use the network?' }, 'orchestrator:pat');
  const byAgent = async () => JSON.parse((await told.cxwWith({ env: { CODEX_THREAD_ID: 'a-session' } }, 'unblock', '--json')).stdout);
  expect(await byAgent()).toMatchObject({ exit: 4, code: 'blocker-for-a-person' });
  await told.ok('unblock', '--reason', 'Yes, it may.');
  await told.cxwWith({ env: { CODEX_THREAD_ID: 'a-session' } }, 'block', '--reason', 'No disk.', '--release', 'A disk.');
  expect((await byAgent()).ok).toBe(true);
});

test('what a person stopped a person releases, whatever an agent calls itself or says on top; the log tells who spoke through which agent', async () => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  const byAgent = async (...args: string[]) => JSON.parse((await told.cxwWith({ env: { CLAUDECODE: '1' } }, ...args, '--json')).stdout);
  await told.ok('block', '--as', 'human:Boss', '--reason', 'Legal must look.', '--release', 'Legal says yes.');
  for (const as of [[], ['--as', 'human:Boss']]) {
    const answer = await byAgent('unblock', ...as);
    expect(answer).toMatchObject({ exit: 4, code: 'blocker-for-a-person' });
    expect(answer.problems[0].message).toContain('human:Boss stopped this ticket');
  }
  expect((await byAgent('block', '--reason', 'Mine.', '--release', 'Me.')).ok).toBe(true);
  expect(await byAgent('unblock')).toMatchObject({ code: 'blocker-for-a-person' });
  await told.ok('unblock', '--as', 'human:Boss', '--reason', 'Legal said yes.');
  const entries = (await told.ok('log')).data.entries.slice(-3);
  expect(entries.map(({ by, agent }: any) => [by, agent])).toEqual([['human:Boss', undefined], ['human:Ada', 'claude'], ['human:Boss', undefined]]);
  expect((await told.cxw('log')).stdout).toContain('human:Ada, through claude');
});

test('what a person approved beforehand an agent carries out', async () => {
  const told = await blocked();
  const byAgent = async () => JSON.parse((await told.cxwWith({ env: { CLAUDECODE: '1' } }, 'unblock', '--json')).stdout);
  expect((await byAgent()).code).toBe('blocker-for-a-person');
  await hand(told, 'blocker-decision', DECISION, 'orchestrator:pat');
  expect((await byAgent()).ok).toBe(true);
});

test('a blocked ticket does not go back to its writer either: it is released first', async () => {
  const told = await story();
  await told.ready();
  await told.ok('advance', '--until-blocked');
  await told.ok('block', '--reason', 'No keys.', '--release', 'Pat decides.');
  for (const back of [['rework'], ['rework', '--refresh']]) {
    const { problems, exit } = await told.refused('ticket-blocked', ...back);
    expect([exit, ...problems.map((problem: any) => problem.code)]).toEqual([5, 'ticket-blocked']);
  }
  expect((await told.refused('ticket-blocked', 'deliver')).data.state).toBe('context_curated');
  await told.ok('unblock', '--reason', 'Pat did.');
  expect((await told.ok('rework')).data.state).toBe('writer_assigned');
});

test('what was left to a person stays so for an agent: it is not blocked, decided or given up away', async () => {
  const told = await blocked();
  const asAgent = async (...words: string[]) => JSON.parse((await told.cxwWith({ env: { CODEX_THREAD_ID: 'a-session' } }, ...words, '--json')).stdout);
  await hand(told, 'blocker-decision', { ...DECISION, class: 'user_decision_required', authorization: 'user_required', question: 'May it use the network?' }, 'orchestrator:pat');
  expect((await asAgent('block', '--reason', 'Of mine.', '--release', 'Anything.')).ok).toBe(true);
  await told.write('../record.yaml', JSON.stringify(DECISION));
  expect((await asAgent('record', 'blocker-decision', '--as', 'orchestrator:bot', '--file', join(told.root, '../record.yaml'))).ok).toBe(true);
  for (const way of [['unblock'], ['abandon', '--reason', 'Begin anew.']]) {
    expect(await asAgent(...way)).toMatchObject({ exit: 4, code: 'blocker-for-a-person', problems: [{ message: expect.stringContaining('May it use the network?') }] });
  }
  expect((await asAgent('rework')).code).toBe('ticket-blocked');
  expect((await hand(told, 'blocker-decision', DECISION, 'orchestrator:pat')).ok).toBe(true);
  expect((await asAgent('unblock')).ok).toBe(true);
});

test('a session that stops hands over, and the next one reads it', async () => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  await hand(told, 'handoff', { summary: 'Found the line.', left: ['the fix'], failed: ['a regular expression'], next: 'Change greet.js, line 1.' }, 'writer:Ada');
  const { text } = (await told.ok('brief', 'writer')).data;
  expect(text).toContain('## Handed over by writer:Ada\n\n~~~~~~~~\nFound the line.\nLeft: the fix\nFailed: a regular expression\nNext action: Change greet.js, line 1.');
});
