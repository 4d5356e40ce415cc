import { expect, test } from 'vitest';
import { EXPERTS, ROLES } from '../../src/domain/roles.js';
import { story, type Story } from '../support/story.js';

/** A ticket whose writer may begin. */
async function begun(): Promise<Story> {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  return told;
}

async function changed(): Promise<Story> {
  const told = await begun();
  await told.fix();
  return told;
}

test('before there is a change, whoever judges is not briefed, and the writer is meant when nobody is named', async () => {
  const told = await begun();
  for (const role of ['reviewer', ...EXPERTS.slice(0, 2)]) await told.refused('no-change', 'brief', role);
  const { data } = await told.ok('brief');
  expect(data).toMatchObject({ role: 'writer', writes: true, ticket: told.ticket });
});

test('every role is told its task, the ticket, where it stands and the memory, and how much that is', { timeout: 60_000 }, async () => {
  const told = await changed();
  for (const role of ROLES) {
    const { data } = await told.ok('brief', role, told.ticket);
    expect(data.role).toBe(role);
    for (const words of [`id: ${told.ticket}`, '## Where it stands', '## agent/STATE.md']) expect(data.text, role).toContain(words);
    expect(data.text, role).not.toMatch(/\{\{|undefined/);
    expect(data.bytes).toBe(Buffer.byteLength(data.text));
    expect(data.tokensEstimated).toBe(Math.ceil(data.bytes / 4));
  }
  const { stdout } = await told.cxw('brief', 'reviewer');
  expect(stdout).toMatch(/^Size: \d+ lines, \d+ bytes, about \d+ tokens \(an estimate: 4 bytes each\)$/m);
});

test('whoever judges sees the difference and may change nothing; the others do not need it', async () => {
  const told = await changed();
  for (const role of ['reviewer', 'security', 'final-verifier', 'blocker-resolver']) {
    const { data } = await told.ok('brief', role);
    expect(data.text, role).toContain('+export const greet = (name) => `Hello, ${name}!`;');
    expect(data.writes, role).toBe(false);
  }
  for (const role of ['writer', 'planner', 'manager', 'git-delivery']) expect((await told.ok('brief', role)).data.text, role).not.toContain('+export const greet');
});

test('what blocks a ticket is told, and so is an earlier verdict', async () => {
  const told = await changed();
  await told.selfReview();
  await told.ok('record', 'review', '--as', 'reviewer:kim', '--verdict', 'fail', '--change-set', await told.digest(), '--summary', 'The comma is missing.', '--finding', 'greet.js: no comma');
  await told.ok('advance', '--until-blocked');
  await told.ok('rework');
  await told.ok('block', '--reason', 'The registry is down.', '--release', 'It answers again.');
  const { text } = (await told.ok('brief', 'blocker-resolver')).data;
  expect(text).toContain('The registry is down. What releases it: It answers again.');
  expect((await told.ok('brief', 'reviewer')).data.text).toMatch(/- fail by reviewer:kim on sha256:[0-9a-f]+: The comma is missing\./);
});

test('a role that is none is refused with the one that is meant, and all there are', async () => {
  const told = await begun();
  const { problems, next } = await told.refused('unknown-role', 'brief', 'revewer');
  expect(problems[0].message).toContain('did you mean reviewer?');
  for (const role of ROLES) expect(problems[0].message).toContain(role);
  expect(next[0]).toBe('cxw brief reviewer');
  await told.refused('unknown-role', 'brief', 'janitor', told.ticket);
  await told.refused('ticket-unknown', 'brief', 'zzzzzzzz');
  expect((await told.ok('brief', 'fix-the')).data.ticket).toBe(told.ticket);
});
