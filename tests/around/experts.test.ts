import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXED, story, type Story } from '../support/story.js';

const ID = 'TKT-2026-11-21-larger';

const TICKET = JSON.stringify({
  schema_version: 3, id: ID, title: 'Greet rightly', class: 'standard', kind: 'bugfix', scope: { allowed: ['greet.js'] },
  specs: { mode: 'no_spec', reason: 'One wrong letter in one greeting; no behaviour that a spec describes.' },
  experts: [{ profile: 'security', why: 'Names come from strangers.' }],
  acceptance: [{ id: 'AC-1', text: 'It greets.', proofs: ['P1'] }], proof: [{ id: 'P1', run: 'node --test greet.test.js' }],
});
const PLAN = JSON.stringify({ tasks: [{ id: 'T1', text: 'Mend it.', paths: ['greet.js'] }], success: ['It greets.'], coverage: [{ criterion: 'AC-1', proofs: ['P1'] }], commit_note: 'Greet' });

const answer = (digest: string, changes: Record<string, unknown> = {}): string => JSON.stringify({
  change_set: digest, profile: 'security', trigger: 'Names come from strangers.',
  findings: [{ severity: 'note', path: 'greet.js', actual: 'The name is not escaped.', repair: 'None: it is no page.' }],
  required_proof: 'None beyond P1.', bounded_next_action: 'Escape it once it is shown on a page.', ...changes,
});

/** A standard ticket that demands an expert, with its work done and its proofs run. */
async function worked(): Promise<Story> {
  const told = await story();
  await told.ok('abandon', told.ticket, '--reason', 'Another one.');
  told.ticket = ID;
  await told.write(`tickets/${ID}.yaml`, TICKET);
  await told.json('advance', ID, '--until-blocked');
  await hand(told, 'plan', PLAN, 'planner:pat');
  await told.ok('advance', ID, '--until-blocked');
  await told.write('greet.js', FIXED);
  await hand(told, 'changes', JSON.stringify({ summary: 'One letter.' }), 'writer:Ada');
  await told.json('advance', ID, '--until-blocked');
  return told;
}

async function hand(told: Story, kind: string, text: string, as: string): Promise<any> {
  await told.write('../record.yaml', text);
  return (await told.json('record', kind, '--as', as, '--file', join(told.root, '../record.yaml'))).answer;
}

const codes = (told: any): string[] => told.problems.map((problem: any) => problem.code);

describe('a demanded expert', () => {
  test('must have answered about this very change before the review is complete, and is asked next', { timeout: 60_000 }, async () => {
    const told = await worked();
    await told.selfReview();
    await told.review();
    const { problems, next } = await told.refused('expert-missing', 'advance', '--until-blocked');
    expect(problems[0].message).toContain('security expert');
    expect(next[0]).toBe(`cxw brief security ${ID}`);
    const { text } = (await told.ok('brief', 'security')).data;
    expect(text).toContain('## Why you are asked\n\n~~~~~~~~\nNames come from strangers.');

    expect((await hand(told, 'expert', answer(await told.digest()), 'reviewer:sam')).ok).toBe(true);
    expect((await told.ok('advance', '--until-blocked')).data.entered).toContain('independent_review_complete');
    const reviewer = (await told.ok('brief', 'reviewer')).data.text;
    expect(reviewer).toContain('- security (answered): Names come from strangers.');
    expect(reviewer).toContain('  note greet.js: The name is not escaped. Repair: None: it is no page.');

    await told.ok('record', 'curation', '--memory', 'none', '--spec-drift', 'pass');
    await told.ok('deliver');
    expect((await told.ok('verify', ID)).data.tickets[0].evidence).toBe('consistent');
    expect(await told.git('show', `HEAD:tickets/records/${ID}/experts.md`)).toContain('Escape it once it is shown on a page.');
  });

  test('is asked again when a refresh changed the ticket since', async () => {
    const told = await worked();
    await told.selfReview();
    expect((await hand(told, 'expert', answer(await told.digest()), 'reviewer:sam')).ok).toBe(true);
    await told.write(`tickets/${ID}.yaml`, TICKET.replace('It greets.', 'It greets in French.'));
    await told.ok('rework', '--refresh', '--as', 'human:Kim');
    await told.json('advance', '--until-blocked');
    await told.review();
    expect((await told.refused('expert-outdated', 'advance', '--until-blocked')).next[0]).toBe(`cxw brief security ${ID}`);
    expect((await told.ok('brief', 'reviewer')).data.text).toContain('- security (answered before a refresh; the ticket demands it): Names come from strangers.');
    expect((await hand(told, 'expert', answer(await told.digest()), 'reviewer:sam')).ok).toBe(true);
    expect((await told.ok('advance', '--until-blocked')).data.entered).toContain('independent_review_complete');
  });

  test('who calls something blocking opens it as a finding, which the writer answers and a review clears', async () => {
    const told = await worked();
    const blocking = { severity: 'blocking', path: 'greet.js', actual: 'The name is not escaped.' };
    expect((await hand(told, 'expert', answer(await told.digest(), { findings: [{ severity: 'major', actual: 'It is slow.' }, blocking] }), 'reviewer:sam')).data.openFindings).toEqual(['E1']);
    await told.selfReview();
    await told.review();
    await told.refused('findings-open', 'advance', '--until-blocked');
    expect((await told.ok('brief', 'writer')).data.text).toContain('E1');
    await told.ok('rework');
    await told.write('greet.js', `${FIXED}// escaped\n`);
    await told.json('advance', '--until-blocked');
    const again = await hand(told, 'expert', answer(await told.digest(), { findings: [blocking, { severity: 'blocking', actual: 'It is slow.' }] }), 'reviewer:sam');
    expect(again.data.openFindings).toEqual(['E1', 'E3']);
    await told.selfReview();
    await told.ok('record', 'review', '--as', 'reviewer:kim', '--verdict', 'pass', '--change-set', await told.digest(), '--summary', 'It is escaped, and quick enough.', '--clears', 'E1', '--clears', 'E3');
    expect((await told.ok('advance', '--until-blocked')).data.entered).toContain('repair_loop_complete_or_not_needed');
  });

  test('is asked again when the change is another one', async () => {
    const told = await worked();
    await hand(told, 'expert', answer(await told.digest()), 'reviewer:sam');
    await told.write('greet.js', `${FIXED}// again\n`);
    await told.ok('rework');
    await told.json('advance', '--until-blocked');
    await told.selfReview();
    await told.review();
    await told.refused('expert-missing', 'advance', '--until-blocked');
  });
});

test('an answer is refused without each of its parts, about another change, and from the writer', async () => {
  const told = await worked();
  const digest = await told.digest();
  for (const part of ['profile', 'trigger', 'findings', 'required_proof', 'bounded_next_action', 'change_set']) {
    const refused = await hand(told, 'expert', answer(digest, { [part]: undefined }), 'reviewer:sam');
    expect([part, codes(refused), refused.problems[0].message]).toEqual([part, ['missing-key'], expect.stringContaining(part)]);
  }
  expect(codes(await hand(told, 'expert', answer(digest, { profile: 'securty' }), 'reviewer:sam'))).toEqual(['wrong-value']);
  expect(codes(await hand(told, 'expert', answer('sha256:0000'), 'reviewer:sam'))).toEqual(['change-set-differs']);
  expect(codes(await hand(told, 'expert', answer(digest), 'reviewer:Ada'))).toEqual(['reviewer-is-writer']);
  expect(codes(await hand(told, 'expert', answer(digest), 'writer:sam'))).toEqual(['wrong-role']);
});

test('an expert whom nobody knows is a fault of the ticket, at its place', async () => {
  const told = await story();
  await told.write(`tickets/${ID}.yaml`, TICKET.replace('"security"', '"securty"'));
  const { answer: said } = await told.json('validate', `tickets/${ID}.yaml`);
  expect(said.problems.map(({ code, line, column }: any) => [code, line, column])).toEqual([['expert-unknown', 1, TICKET.indexOf('"security"') + 1]]);
  expect(said.problems[0].message).toContain('did you mean security?');
});

test('an expert who is not demanded is named to reviewer and writer, and stops nobody', { timeout: 60_000 }, async () => {
  const told = await story({ ticket: ['--file', 'greet.js', '--file', 'CHANGELOG.md', '--prove', 'node --test greet.test.js'] });
  await told.ok('advance', '--until-blocked');
  await told.fix();
  for (const role of ['writer', 'reviewer']) {
    expect((await told.ok('brief', role)).data.text).toContain('- release_docs (worth asking): the change touches CHANGELOG.md');
  }
  expect((await told.ok('brief', 'performance')).data.text).toContain('No path and no trigger shows it: somebody wanted to know.');
  await told.selfReview();
  await told.review();
  expect((await told.ok('advance', '--until-blocked')).data.entered).toContain('independent_review_complete');
});
