import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, rmdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { carryOut, enter } from '../support/scenes.js';
import { specced } from '../support/specced.js';
import { FIXED, story, type Story } from '../support/story.js';

/** What a command answers, in a world that is opened for it. */
async function answers(told: Story, ...words: string[]): Promise<{ exit: number; codes: string[]; next: string[]; messages: string[] }> {
  const { exit, stdout } = await carryOut(await enter(told), words);
  const { problems, next } = JSON.parse(stdout);
  return { exit, next, codes: problems.map(({ code }: { code: string }) => code), messages: problems.map(({ message }: { message: string }) => message) };
}

async function pipeAt(told: Story, path: string): Promise<void> {
  await rm(join(told.root, path), { force: true });
  execFileSync('mkfifo', [join(told.root, path)]);
}

const NO_FILE = { exit: 4, codes: ['not-a-file'], next: expect.arrayContaining(['ls -ld greet.js']) };

test('a pipe where a file of the ticket was is refused by its name, and is no failure of the world', async () => {
  const told = await story({ scaffold: 'committed' });
  await told.ok('advance', '--until-blocked');
  await pipeAt(told, 'greet.js');
  for (const words of [['advance'], ['deliver'], ['brief'], ['record', 'self-review', '--verdict', 'pass', '--summary', 'x', '--change-set', 'sha256:0']]) {
    expect(await answers(told, ...words), words.join(' ')).toMatchObject(NO_FILE);
  }
  await rm(join(told.root, 'greet.js'));
  await told.fix();
  await told.ok('advance', '--until-blocked');
  await told.selfReview();
  await told.review();
  await told.curate();
  await told.ok('advance', '--until-blocked');
  await pipeAt(told, 'greet.js');
  for (const words of [['deliver', '--dry-run'], ['deliver']]) expect(await answers(told, ...words), words.join(' ')).toMatchObject(NO_FILE);
});

test('a pipe of which git does not speak is refused where the ticket names it', async () => {
  const told = await story({ scaffold: 'committed', ticket: ['--file', 'greet.js', '--file', 'new.js', '--prove', 'node --test greet.test.js'] });
  await pipeAt(told, 'new.js');
  expect(await answers(told, 'advance', '--until-blocked')).toMatchObject({ codes: ['not-a-file'], next: ['ls -ld new.js', 'cxw status'] });
  await rm(join(told.root, 'new.js'));
  await told.ok('advance', '--until-blocked');
  await pipeAt(told, 'new.js');
  expect(await answers(told, 'advance')).toMatchObject({ exit: 4, codes: ['no-change', 'not-a-file'] });
  await told.write('greet.js', FIXED);
  expect(await answers(told, 'advance')).toMatchObject({ exit: 4, codes: ['not-a-file'] });
});

test('a spec that is no file is refused with the others, and one that became none is told as edited', async () => {
  const told = await specced();
  const at = (name: string): string => join(told.root, 'docs/specs/greeting', name);
  await rename(at('requirements.md'), at('kept.md'));
  await symlink('nowhere.md', at('requirements.md'));
  await rm(at('design.md'));
  await mkdir(at('design.md'));
  await pipeAt(told, 'docs/specs/greeting/tasks.md');
  const refused = await answers(told, 'advance', told.ticket);
  expect(refused).toMatchObject({ exit: 4, codes: ['path-through-link', 'not-a-file', 'not-a-file'] });
  expect(refused.messages.join()).toMatch(/requirements\.md.*design\.md.*tasks\.md/);

  await rm(at('requirements.md'));
  await rename(at('kept.md'), at('requirements.md'));
  await rmdir(at('design.md'));
  await rm(at('tasks.md'));
  await told.git('checkout', '--quiet', '--', 'docs');
  await told.ok('advance', told.ticket, '--until-blocked');
  await pipeAt(told, 'docs/specs/greeting/tasks.md');
  expect(await answers(told, 'advance', told.ticket)).toMatchObject({ exit: 4 });
  expect(await answers(told, 'status', told.ticket)).toMatchObject({ exit: 0, codes: ['spec-edited'] });
});

test('a file of the ticket in a folder that ignores itself is told as ignored, before and after it was changed', async () => {
  const told = await story({ scaffold: 'committed', ticket: ['--file', 'build/out.txt', '--prove', 'node --test greet.test.js'] });
  await told.write('build/.gitignore', '*\n');
  await told.ok('advance', '--until-blocked');
  for (const content of ['a\n', 'b\n']) {
    await told.write('build/out.txt', content);
    expect(await answers(told, 'advance')).toMatchObject({ exit: 4, codes: ['no-change', 'ignored-path'], messages: expect.arrayContaining([expect.stringContaining('build/out.txt')]) });
  }
});
