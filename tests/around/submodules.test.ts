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
])('%s is left out by the commands that the answers name', async (_, before, script) => {
  const told = await begun(before);
  await sh(told, script);
  await told.refused('submodule-path', 'advance', '--until-blocked');
  const answer = await followed(told);
  // A quick ticket that names what git ignores now is told so; the submodule is in nobody's way any more.
  expect(answer.data.state === 'focused_tests_passed' || codesOf(answer).includes('ignored-path'), JSON.stringify(answer.problems)).toBe(true);
  expect((await run('git', ['-C', join(told.root, 'lib'), 'rev-parse', 'HEAD'], { env: told.env })).exit).toBe(0);
});

const codesOf = (answer: any): string[] => answer.problems.map(({ code }: { code: string }) => code);

/** Does what the answers say, as a person, until nothing is said of submodules or of what was altered meanwhile. */
async function followed(told: Story): Promise<any> {
  for (let round = 1; ; round++) {
    const { answer } = await told.json('advance', '--until-blocked');
    if (!codesOf(answer).some((code) => ['submodule-path', 'repository-altered'].includes(code))) return answer;
    expect(round, JSON.stringify(answer.problems)).toBeLessThan(5);
    for (const command of answer.next) {
      if (command.startsWith('cxw ')) await told.ok(...command.replace('human:NAME', 'human:ada').split(' ').slice(1));
      else expect((await sh(told, command)).exit, command).toBe(0);
    }
  }
}
