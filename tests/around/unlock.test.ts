import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { story, type Story } from '../support/story.js';

const CLAIMS = '.git/cxw/worktree/facts';

async function damaged(told: Story): Promise<void> {
  const first = `${CLAIMS}/000001.json`;
  await told.write(first, (await told.read(first)).replace('"claimed"', '"clamed"'));
}

test('a damaged ledger of the worktree is set aside with every byte, and the ticket at work goes on', async () => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await damaged(told);
  expect((await told.refused('ledger-damaged', 'advance')).next).toEqual(['cxw validate', 'cxw unlock']);
  expect(JSON.parse((await told.cxwWith({ env: { CLAUDECODE: '1' } }, 'unlock', '--json')).stdout)).toMatchObject({ exit: 4, code: 'person-needed' });

  const { data } = await told.ok('unlock');
  expect(data).toMatchObject({ cleared: false, claimed: told.ticket });
  expect(await told.read(`.git/cxw/${data.setAside}/facts/000001.json`)).toContain('"clamed"');
  expect((await told.ok('advance', '--until-blocked')).data.state).toBe('focused_tests_passed');
  expect((await told.ok('validate')).problems).toEqual([]);
  const other = await told.ok('ticket', 'new', '--quick', 'Another', '--file', 'README.md', '--prove', 'node --test');
  await told.refused('writer-busy', 'advance', other.data.id, '--until-blocked');
});

test('where no ticket is at work, it is given to none; where nothing is damaged, nothing is touched', async () => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  await told.ok('unlock');
  expect((await readdir(`${told.root}/${CLAIMS}`)).length).toBe(1);
  await told.ok('abandon', told.ticket, '--reason', 'Enough.');
  await damaged(told);
  const { data } = await told.ok('unlock');
  expect(data.claimed).toBe(undefined);
  expect(await readdir(`${told.root}/.git/cxw/set-aside`)).toHaveLength(1);
});
