import { expect, test } from 'vitest';
import { GREETER, story, type Story } from '../support/story.js';
import { run } from '../support/workshop.js';

const sh = async (told: Story, script: string): Promise<void> => {
  const { exit, stderr } = await run('sh', ['-ec', script], { cwd: told.root, env: told.env });
  expect(exit, stderr).toBe(0);
};

/** A ticket in a clone that was made without files, and that holds those of some folders only. */
async function partial(filter = 'blob:none'): Promise<Story> {
  const told = await story({ scaffold: 'committed', files: { ...GREETER, 'far/away.txt': 'far\n' } });
  await sh(told, `git -C ../remote.git config uploadpack.allowFilter true; git -C ../remote.git config uploadpack.allowAnySHA1InWant true; cd ..
    git clone --quiet --filter=${filter} --sparse "file://${told.remote}" part; git -C part sparse-checkout set tickets .cxw agent docs
    cp repo/tickets/TKT-*.yaml part/tickets; mv repo whole; mv part repo`);
  return told;
}

const lacking = async (told: Story): Promise<number> => (await told.git('rev-list', '--objects', '--missing=print', 'HEAD')).split('\n').filter((line) => line.startsWith('?')).length;

test.each(['blob:none', 'blob:limit=3'])('a ticket is delivered out of a partial and sparse clone (%s), and what was never fetched stays where it is', async (filter) => {
  const told = await partial(filter);
  expect(await lacking(told)).toBeGreaterThan(0);
  await told.ready();
  expect((await told.ok('deliver')).data).toMatchObject({ state: 'done', confirmed: true });
  expect(await lacking(told)).toBeGreaterThan(0);
  expect(await told.git('diff', '--name-only', 'HEAD^', 'HEAD', '--', 'far')).toBe('');
  expect((await told.ok('verify', told.ticket)).ok).toBe(true);
});

test('what needs the files that were never fetched says so, and the command that it names fetches them', async () => {
  const told = await partial();
  await told.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 0\n');
  await told.executable('.git/hooks/pre-commit');
  await told.ok('advance', '--until-blocked');
  await told.fix();
  const object = await told.git('rev-parse', 'HEAD:far/away.txt');
  const { problems, next } = await told.refused('objects-not-fetched', 'advance', '--until-blocked');
  expect([problems[0].message, next[0]]).toEqual([`git failed while exporting files: this clone is partial, and object ${object.slice(0, 12)} was left at origin.`, 'git fetch --refetch --no-filter origin']);
  await sh(told, next[0]);
  await told.selfReview();
  await told.review();
  await told.curate();
  expect((await told.ok('deliver')).data).toMatchObject({ state: 'done', confirmed: true });
});

test('so does what reads the history of a clone that was made without trees', async () => {
  const told = await partial('tree:0');
  await told.ready();
  await told.ok('deliver');
  const { next } = await told.refused('objects-not-fetched', 'verify');
  await sh(told, next[0]);
  expect((await told.ok('verify')).ok).toBe(true);
});
