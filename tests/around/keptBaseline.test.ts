import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { story, type Story } from '../support/story.js';

const fileOf = ({ root, ticket }: Story): string => join(root, '.git/cxw/tickets', ticket, 'private/baseline.json');
const edited = async (told: Story, edit: (text: string) => string): Promise<void> => writeFile(fileOf(told), edit(await readFile(fileOf(told), 'utf8')));

const EDITS: [string, (text: string) => string][] = [
  ['cut short', (text) => text.slice(0, 20)],
  ['given a path that was not dirty', (text) => text.replace(/"paths":\[.*\]\},"mine"/, '"paths":[{"path":"planted"}]},"mine"')],
  ['given a hook that was not there', (text) => text.replace(/"hooks":\{[^}]*\}/, '"hooks":{"planted":"x"}')],
  ['given work that nobody declared', (text) => text.replace('"mine":[]', '"mine":["planted"]')],
  ['given a list of another kind', (text) => text.replace('"mine":[]', '"mine":{"map":1}')],
];

test.each(EDITS)('a baseline %s is noticed, and a refresh leads on', async (_, edit) => {
  const told = await story();
  await told.ready();
  await edited(told, edit);
  await told.refused('private-state-damaged', 'deliver');
  await told.ok('rework', '--refresh');
  await told.ok('advance', '--adopt', '--until-blocked');
  expect((await told.ok('status')).data.completed).toContain('repository_discovered');
});

test('work that a person declared stays theirs, and what was planted beside it does not', async () => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  for (const name of ['notes.txt', 'more.txt', 'planted.txt']) await told.write(name, 'beside\n');
  await told.fix();
  await told.ok('advance', '--mine', 'notes.txt', '--until-blocked').catch(() => undefined);
  await told.refused('outside-scope', 'advance', '--mine', 'more.txt');
  await edited(told, (text) => text.replace('"mine":["notes.txt","more.txt"]', '"mine":["notes.txt","planted.txt","more.txt"]'));
  await told.refused('private-state-damaged', 'advance');

  await told.ok('rework', '--refresh');
  await told.ok('advance', '--until-blocked').catch(() => undefined);
  expect((await told.refused('outside-scope', 'advance')).problems[0].message).toMatch(/planted\.txt/);
  expect((await told.refused('outside-scope', 'advance')).problems[0].message).not.toMatch(/notes\.txt/);
  await told.remove('planted.txt');
  await told.refused('outside-scope', 'advance');
  await told.ok('advance', '--mine', 'more.txt');
});

test('a declaration that was cut short before its names were kept is made again', async () => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  await told.write('notes.txt', 'beside\n');
  await told.fix();
  await told.ok('advance', '--mine', 'notes.txt');
  await edited(told, (text) => text.replace('"mine":["notes.txt"]', '"mine":[]'));
  await told.refused('outside-scope', 'advance');
  await told.ok('advance', '--mine', 'notes.txt', '--until-blocked');
  expect((await told.ok('status')).data.completed).toContain('focused_tests_passed');
});

test('a baseline that is lost is taken anew by a person only, and never in silence', async () => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  await told.write('planted.txt', 'by an agent\n');
  await edited(told, () => '{}');
  await told.ok('rework', '--refresh');
  const agent = await told.cxwWith({ env: { CLAUDECODE: '1' } }, 'advance', '--json');
  expect(JSON.parse(agent.stdout)).toMatchObject({ ok: false, exit: 4, code: 'baseline-lost' });

  const { problems } = await told.ok('advance');
  expect(problems).toMatchObject([{ code: 'settings-uncompared', severity: 'warning' }, { code: 'baseline-renewed', severity: 'warning' }]);
  expect(problems[1].message).toMatch(/planted\.txt/);
  expect((await told.cxw('log')).stdout).toMatch(/anew, because what was noted at the beginning was damaged/);
});

test('where nothing lies beside the ticket, a lost baseline hides what could execute only, and a person goes on, and is told', async () => {
  const told = await story({ scaffold: 'committed' });
  await told.ok('advance', '--until-blocked');
  await edited(told, () => '{}');
  await told.ok('rework', '--refresh');
  const agent = await told.cxwWith({ env: { CLAUDECODE: '1' } }, 'advance', '--json');
  expect(JSON.parse(agent.stdout)).toMatchObject({ ok: false, code: 'baseline-lost' });
  expect(await told.ok('advance', '--until-blocked')).toMatchObject({ data: { state: 'writer_assigned' }, problems: [{ code: 'settings-uncompared' }, { code: 'no-change' }] });
  expect((await told.cxw('log')).stdout).toMatch(/noted at the beginning was damaged/);
});
