import { expect, test } from 'vitest';
import { reviewed, SPECCED, specced } from '../support/specced.js';
import { copyOf } from '../support/workshop.js';

test('spec trace leads from a requirement to the commit that keeps it, here and in a clone', async () => {
  const told = await specced();
  const first = (await told.ok('spec', 'trace', 'greeting')).data.specs[0];
  expect(first).toMatchObject({ name: 'greeting', title: 'Greeting', status: 'accepted' });
  expect(first.requirements[0]).toMatchObject({
    id: 'REQ-001', status: 'accepted', design: ['DEC-001'], tasks: ['TASK-001'], proofs: ['P1: node --test greet.test.js'],
    tickets: [{ ticket: SPECCED, state: 'not begun', proofs: [{ id: 'P1', command: 'node --test greet.test.js' }] }],
  });
  expect(first.requirements[1]).toMatchObject({ id: 'REQ-002', design: [], tasks: ['TASK-002'], proofs: [], tickets: [] });

  const tasks = 'docs/specs/greeting/tasks.md';
  const whole = await told.read(tasks);
  for (const bare of [whole.replace('| P1 | REQ-001 | node --test greet.test.js |', '| P1 | REQ-001 | |'), undefined]) {
    if (bare === undefined) await told.remove(tasks);
    else await told.write(tasks, bare);
    expect((await told.ok('spec', 'trace', 'greeting')).data.specs[0].requirements[0].proofs).toEqual(['P1']);
  }
  await told.write(tasks, whole);

  await reviewed(told);
  await told.ok('record', 'curation', '--memory', 'none', '--spec-drift', 'pass');
  const { commit } = (await told.ok('deliver')).data;
  const delivered = [{ ticket: SPECCED, state: 'delivered', proofs: [{ id: 'P1', command: 'node --test greet.test.js', how: 'passed' }], commit }];
  expect((await told.ok('spec', 'trace')).data.specs[0].requirements[0].tickets).toEqual(delivered);
  expect((await told.cxw('spec', 'trace')).stdout).toContain(`ticket  ${SPECCED}  delivered  P1 passed  ${commit.slice(0, 12)}`);

  const clone = await copyOf(told.folder);
  await clone.git('clone', '--quiet', clone.remote, '../clone');
  const traced = JSON.parse((await clone.cxwWith({ cwd: `${clone.folder}/clone` }, 'spec', 'trace', '--json')).stdout);
  expect(traced.data.specs[0].requirements[0].tickets).toEqual(delivered);
});

test('a ticket that names no requirement carries out all of them, and the table of a spec names what is not seen', async () => {
  const told = await specced();
  const path = 'docs/specs/greeting/requirements.md';
  await told.write(`tickets/${SPECCED}.yaml`, (await told.read(`tickets/${SPECCED}.yaml`)).replace('REQ-001: the', 'The'));
  const both = (await told.ok('spec', 'trace')).data.specs[0].requirements;
  expect(both.map(({ tickets }: { tickets: unknown[] }) => tickets.length)).toEqual([1, 1]);

  const quick = (await told.ok('ticket', 'new', '--quick', 'Say nothing', '--file', 'greet.js', '--prove', 'node --test')).data.id;
  await told.write(path, `${await told.read(path)}\n## Trace\n\n| requirement | design | task | ticket | evidence |\n|---|---|---|---|---|\n| REQ-002 | | | ${quick} | |\n`);
  const [, silent] = (await told.ok('spec', 'trace')).data.specs[0].requirements;
  expect(silent.tickets.map(({ ticket }: { ticket: string }) => ticket)).toContain(quick);
  await told.refused('spec-unknown', 'spec', 'trace', 'greting');
});
