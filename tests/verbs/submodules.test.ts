import { join } from 'node:path';
import { expect, test } from 'vitest';
import { story, type Story } from '../support/story.js';
import { run } from '../support/workshop.js';

const sh = (told: Story, script: string) => run('sh', ['-ec', script], { cwd: told.root, env: told.env });
const NESTED = 'git init -q lib; cd lib; : > x; git add x; git commit -qm x';
const THERE = 'git -c protocol.file.allow=always submodule --quiet add "$(git remote get-url origin)" lib; git commit -qm lib; git push -q';
const ADDED = 'git -c protocol.file.allow=always submodule --quiet add "$(git remote get-url origin)" lib; git reset -q -- .gitmodules; rm .gitmodules; git config --remove-section submodule.lib';

/** A ticket that may change `lib` beside its file; whose writer may begin. */
async function begun(before = ':'): Promise<Story> {
  const told = await story({ scaffold: 'committed' });
  await sh(told, before);
  const path = `tickets/${told.ticket}.yaml`;
  await told.write(path, (await told.read(path)).replace('files: [greet.js]', 'files: [greet.js, lib]'));
  await told.ok('advance', '--until-blocked');
  await told.fix();
  return told;
}

test.each([
  ['a repository that lies in the worktree', ':', NESTED],
  ['the same, staged with everything else', ':', `(${NESTED}); git add -A -- lib greet.js`],
  ['a submodule that comes', ':', ADDED],
  ['a submodule that moved', THERE, 'git -C lib commit -q --allow-empty -m more'],
  ['the same, staged', THERE, 'git -C lib commit -q --allow-empty -m more; git add lib'],
])('%s is left out by the commands that the answer names', async (_, before, script) => {
  const told = await begun(before);
  await sh(told, script);
  const { next } = await told.refused('submodule-path', 'advance', '--until-blocked');
  for (const command of next) expect((await sh(told, command)).exit, command).toBe(0);
  const { answer } = await told.json('advance', '--until-blocked');
  // A quick ticket that names what git ignores now is told so; the submodule is in nobody's way any more.
  expect(answer.problems.map(({ code }: { code: string }) => code)).not.toContain('submodule-path');
  expect(answer.data.state === 'focused_tests_passed' || answer.problems[0].code === 'ignored-path').toBe(true);
  expect((await run('git', ['-C', join(told.root, 'lib'), 'rev-parse', 'HEAD'], { env: told.env })).exit).toBe(0);
});
