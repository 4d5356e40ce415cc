import { spawnSync } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { carryOut, enter } from '../support/scenes.js';
import { story, type Story } from '../support/story.js';

/** A process that has ended. */
const ended = (): number => spawnSync(process.execPath, ['-e', '0']).pid;
const isThere = (told: Story, path: string): Promise<boolean> => access(join(told.root, path)).then(() => true, () => false);

/** As a kill between the writing of a file and its naming leaves it; one is being written by somebody else at this moment, and one only looks like it. */
async function withTemporaries(told: Story): Promise<{ left: string; written: string; theirs: string }> {
  const [left, written, theirs] = [`tickets/.cxw-${ended()}-x1y2z3.tmp`, `tickets/.cxw-${process.pid}-x1y2z3.tmp`, 'tickets/.cxw-notes.tmp'];
  for (const path of [left, written, theirs]) await told.write(path, 'class: quick\n');
  return { left, written, theirs };
}

test('what a killed command was writing is out of the next one\'s way, and hides nothing meanwhile', async () => {
  const told = await story({ scaffold: 'committed' });
  await told.ok('advance', '--until-blocked');
  await told.fix();
  const { left, written, theirs } = await withTemporaries(told);
  // A proof could stand on a file of such a name.
  expect((await told.ok('status')).problems[0].message).toContain(left);
  const refused = await told.refused('outside-scope', 'advance', '--until-blocked');
  expect(refused.problems[0].message).toContain(theirs);
  expect(refused.problems[0].message).not.toContain(left);
  expect(refused.problems[0].message).toContain(written);
  expect([await isThere(told, left), await isThere(told, written), await isThere(told, theirs)]).toEqual([false, true, true]);
  await told.remove(theirs);
  await told.remove(written);
  await told.ok('advance', '--until-blocked');
});

test('a delivery takes it away wherever the ticket stands, and a rehearsal leaves it', async () => {
  const told = await story({ scaffold: 'committed' });
  await told.ready();
  const left = `tickets/.cxw-${ended()}-x1y2z3.tmp`;
  await told.write(left, 'class: quick\n');
  expect((await carryOut(await enter(told), ['deliver', '--dry-run'])).stdout).toContain('outside-scope');
  expect(await isThere(told, left)).toBe(true);
  await told.ok('advance', '--until-blocked');
  expect(await isThere(told, left)).toBe(false);
  await told.write(left, 'class: quick\n');
  expect(await carryOut(await enter(told), ['deliver'])).toMatchObject({ exit: 0 });
  expect(await isThere(told, left)).toBe(false);
});

test('init and uninstall take it away too, with the folder that it alone kept', async () => {
  const told = await story({ scaffold: 'committed' });
  const left = `docs/left/.cxw-${ended()}-abc.tmp`;
  await told.write(left, 'half');
  await told.ok('init');
  expect(await isThere(told, 'docs/left')).toBe(false);
  await told.write(left, 'half');
  await told.ok('uninstall');
  expect(await isThere(told, 'docs/left')).toBe(false);
});
