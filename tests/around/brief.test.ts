import { expect, test } from 'vitest';
import { EXPERTS, ROLES } from '../../src/domain/roles.js';
import { FIXED, story, type Story } from '../support/story.js';

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

test('whoever judges is told what is not shown, or lies beside the change and is not delivered', async () => {
  const told = await begun();
  await told.write('greet.js', `/*\0*/ ${FIXED}`);
  await told.write(`tickets/records/${told.ticket}/helper.js`, FIXED);
  await told.write('tickets/helper.yaml', FIXED);
  const { data: { text } } = await told.ok('brief', 'reviewer');
  expect(text).toContain('## Look here first\n\n~~~~~~~~\nLook first at greet.js itself: git takes it for no text, so nothing of how it changed is shown here.\n~~~~~~~~');
  expect(text).toContain(`Look first that the work does not stand on what came meanwhile: tickets/helper.yaml, tickets/records/${told.ticket}/helper.js.`);
});

test('after a refresh, whoever judges sees the difference as it is now, at every state', async () => {
  const told = await changed();
  await told.ok('advance', '--until-blocked');
  await told.ok('rework', '--refresh', '--as', 'human:ada');
  for (const state of ['source_lock_validated', 'repository_discovered']) {
    expect((await told.ok('status')).data.state).toBe(state);
    expect((await told.ok('brief', 'reviewer')).data.text).toContain('+export const greet = (name) => `Hello, ${name}!`;');
    await told.ok('advance');
  }
  await told.git('restore', '--', 'greet.js');
  await told.refused('no-change', 'brief', 'reviewer');
});

test('what blocks a ticket is told, and so is an earlier verdict', async () => {
  const told = await changed();
  await told.selfReview();
  await told.ok('advance', '--until-blocked');
  await told.ok('record', 'review', '--as', 'reviewer:kim', '--verdict', 'fail', '--change-set', await told.digest(), '--summary', 'The comma is missing.', '--finding', 'greet.js: no comma');
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

test('a session without a ticket begins with fixed words; a wrong name answers with those there are', async () => {
  const told = await begun();
  const { data } = await told.ok('brief', '--start', 'quick-dev');
  expect(data).toMatchObject({ start: 'quick-dev', bytes: Buffer.byteLength(data.text) });
  expect(data.text).toMatch(/^# One small change\n/);
  const { problems, next } = await told.refused('unknown-entry', 'brief', '--start', 'quickdev');
  expect(problems[0].message).toContain('did you mean quick-dev?');
  expect(next[0]).toBe('cxw brief --start quick-dev');
});

test('the assignment stands in lists, for a client that starts the session', async () => {
  const told = await changed();
  const capsule = async (role: string): Promise<any> => (await told.ok('brief', role)).data.capsule;
  const writer = await capsule('writer');
  expect(writer.mayChange).toEqual(['greet.js']);
  expect(writer.mayNotChange).toContain('.env');
  expect(writer.read.slice(0, 2)).toEqual(['AGENTS.md', `tickets/${told.ticket}.yaml`]);
  expect(writer.due[0]).toMatch(/^cxw record self-review /);
  expect((await capsule('reviewer')).mayChange).toEqual([]);
  expect((await capsule('curator')).mayChange).toEqual(['agent/*.md']);
});

test('accepted decisions are read where the ticket speaks of their tags; drafts and others are not', async () => {
  const told = await begun();
  await told.ok('adr', 'new', 'Greet by name', '--tag', 'greeting', '--status', 'Accepted');
  await told.ok('adr', 'new', 'Store nothing', '--tag', 'storage', '--status', 'Accepted');
  await told.ok('adr', 'new', 'Greet in colour', '--tag', 'greeting');
  const headings = (await told.ok('brief', 'writer')).data.text.split('\n').filter((line: string) => line.startsWith('## docs/decisions/'));
  expect(headings).toEqual(['## docs/decisions/0001-greet-by-name.md']);
});
