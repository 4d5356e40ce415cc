import { expect, test } from 'vitest';
import { FIXED, story } from '../support/story.js';

test('the same bytes are told from the same content: filters that changed since are no edit', async () => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  await told.write('greet.js', FIXED.replaceAll('\n', '\r\n'));
  await told.selfReview();
  await told.review();
  await told.curate();
  await told.ok('advance', '--until-blocked');
  await told.git('config', 'core.autocrlf', 'input');
  const { answer } = await told.json('deliver');
  expect(answer.problems.map(({ code }: { code: string }) => code)).toEqual(['filters-changed']);
  expect(answer.problems[0].message).toContain('greet.js');
  await told.git('config', '--unset', 'core.autocrlf');
  expect((await told.ok('deliver')).data.confirmed).toBe(true);
});

test('an edit after the evidence is seen, whatever the clock of the file says, and undone it is as if it never was', async () => {
  const told = await story();
  await told.ready();
  await told.ok('advance', '--until-blocked');
  await told.write('greet.js', FIXED.replace('Hello', 'Hallo'));
  expect((await told.ok('status')).data.stale).toEqual(['greet.js']);
  await told.refused('stale-evidence', 'deliver');
  await told.fix();
  expect((await told.ok('status')).data.stale).toEqual([]);
  expect((await told.ok('deliver')).data.confirmed).toBe(true);
});

test('replaced objects are refused before there is evidence', async () => {
  const told = await story();
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await told.git('replace', 'HEAD:greet.js', 'HEAD:README.md');
  await told.refused('replace-refs', 'advance');
  await told.git('replace', '--delete', await told.git('rev-parse', 'HEAD:greet.js'));
  await told.ok('advance');
});

test('a hook that wants another subject is answered with the ways to one', async () => {
  const told = await story();
  await told.write('.git/hooks/commit-msg', '#!/bin/sh\ngrep -q feat "$1" || { echo "no type in the subject"; exit 1; }\n');
  await told.executable('.git/hooks/commit-msg');
  await told.ready();
  const { problems, next } = await told.refused('hook-rejected', 'deliver');
  expect(problems.at(-1).message).toMatch(/title.*hooks: skip.*no type in the subject/s);
  expect(problems.at(-1).fix?.command ?? next[0]).toBe(`cxw abort ${told.ticket}`);
  await told.ok('abort');
  const path = `tickets/${told.ticket}.yaml`;
  await told.write(path, (await told.read(path)).replace('Fix the greeting', 'feat Fix the greeting'));
  await told.ok('rework', '--refresh', '--as', 'human:ada');
});
