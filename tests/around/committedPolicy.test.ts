import { expect, test } from 'vitest';
import { story, type Story } from '../support/story.js';

const AGENT = { CLAUDECODE: '1' };
const byAgent = async (told: Story, ...args: string[]): Promise<any> => JSON.parse((await told.cxwWith({ env: AGENT }, ...args, '--json')).stdout);

async function weaken(told: Story): Promise<void> {
  await told.write('.cxw/policy.yaml', (await told.read('.cxw/policy.yaml')).replace(/^( +hooks:) run/m, '$1 skip'));
}

test('a policy that was edited and not committed: an agent may not begin by it, a person is told, and so is the reviewer', async () => {
  const told = await story({ scaffold: 'committed' });
  await weaken(told);
  const refused = await byAgent(told, 'advance', '--until-blocked');
  expect(refused).toMatchObject({ exit: 4, code: 'policy-uncommitted' });
  expect(refused.next).toContain("git commit -m 'Change the policy' -- .cxw/policy.yaml");

  const { problems } = await told.ok('advance', '--until-blocked');
  expect(problems).toContainEqual(expect.objectContaining({ code: 'policy-uncommitted', severity: 'warning' }));
  await told.fix();
  await told.ok('advance', '--until-blocked');
  const { text } = (await told.ok('brief', 'reviewer')).data;
  expect(text).toContain('## The policy of this ticket is not the committed one');
  expect(text).toMatch(/- policy delivery: .*"hooks":"run".* became .*"hooks":"skip"/);
});

test('edited under way, it is locked again by nobody but a person, until it is committed', async () => {
  const told = await story({ scaffold: 'committed' });
  await told.ok('advance', '--until-blocked');
  await weaken(told);
  expect((await byAgent(told, 'rework', '--refresh')).problems).toContainEqual(expect.objectContaining({ code: 'policy-uncommitted' }));
  await told.git('commit', '--quiet', '--message', 'Change the policy', '--', '.cxw/policy.yaml');
  expect((await byAgent(told, 'rework', '--refresh')).problems).not.toContainEqual(expect.objectContaining({ code: 'policy-uncommitted' }));
});

test('where no policy is committed yet, nothing is said of it', async () => {
  const told = await story();
  await weaken(told);
  expect(await byAgent(told, 'advance')).toMatchObject({ ok: true, problems: [], data: { state: 'source_lock_validated' } });
});
