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
