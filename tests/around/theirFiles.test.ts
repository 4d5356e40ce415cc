import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, rmdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Killed } from '../support/mortal.js';
import { carryOut, enter } from '../support/scenes.js';
import { FIXED, story, tell, type Story } from '../support/story.js';
import { run, workshop } from '../support/workshop.js';

/** A ticket whose work is reviewed. */
async function reviewed(before: (told: Story) => Promise<void>): Promise<Story> {
  const told = await story({ scaffold: 'committed' });
  await before(told);
  await told.ok('advance', '--until-blocked');
  await told.fix();
  await told.selfReview();
  await told.review();
  return told;
}

const STATE = 'agent/STATE.md';
const codesOf = (answer: any): string[] => answer.problems.map(({ code }: { code: string }) => code);

test('what somebody had written into memory before the ticket began is not delivered with what it learned', async () => {
  const told = await reviewed(async (it) => it.write(STATE, `${await it.read(STATE)}private\n`));
  const both = `${await told.read(STATE)}learned\n`;
  await told.write(STATE, both);
  await told.ok('record', 'curation', '--memory', STATE);
  const answer = await told.refused('memory-dirty', 'deliver');
  expect(answer.next).toContain(`cxw record curation ${told.ticket} --memory none`);
  await told.curate();
  await told.ok('deliver');
  expect(await told.git('show', 'HEAD')).not.toContain('private');
  expect(await told.read(STATE)).toBe(both);
});

test.each(['after the refresh', 'before it'])('memory that somebody committed after all belongs to the ticket again: %s', async (when) => {
  const told = await reviewed(async (it) => it.write(STATE, `${await it.read(STATE)}theirs\n`));
  const learn = async (words: string): Promise<void> => told.write(STATE, `${await told.read(STATE)}${words}\n`);
  if (when === 'after the refresh') await learn('learned');
  await told.ok('record', 'curation', '--memory', STATE);
  await told.refused('memory-dirty', 'deliver');
  await told.git('commit', '--quiet', '--message', 'Update memory', '--', STATE);
  await told.git('push', '--quiet');
  if (when === 'before it') await learn('learned later');
  await told.ok('rework', '--refresh', '--as', 'human:pat');
  if (when === 'after the refresh') await learn('learned later');
  await told.ok('advance', '--until-blocked');
  await told.selfReview();
  await told.review();
  await told.ok('record', 'curation', '--memory', STATE);
  await told.ok('deliver');
  expect(await told.git('show', 'HEAD', '--', STATE)).toContain('+learned later');
});

test('memory that somebody only put away before a refresh is theirs when it comes back', async () => {
  const told = await reviewed(async (it) => it.write(STATE, `${await it.read(STATE)}private\n`));
  const both = await told.read(STATE);
  await told.git('checkout', '--', STATE);
  await told.ok('rework', '--refresh', '--as', 'human:pat');
  await told.ok('advance', '--until-blocked');
  await told.write(STATE, `${both}learned\n`);
  await told.selfReview();
  await told.review();
  await told.ok('record', 'curation', '--memory', STATE);
  await told.refused('memory-dirty', 'deliver');
});

test('where nothing is committed, memory goes on from where an earlier ticket left it', async () => {
  const told = await story({ init: ['--delivery', 'none'] });
  await told.write(STATE, `${await told.read(STATE)}earlier\n`);
  await told.ready();
  await told.write(STATE, `${await told.read(STATE)}learned\n`);
  await told.ok('record', 'curation', '--memory', STATE);
  expect(codesOf((await told.json('advance', '--until-blocked')).answer)).not.toContain('memory-dirty');
});

test('what stands where a record is written is kept, and told', async () => {
  const told = await reviewed((it) => it.write(`tickets/records/${it.ticket}/plan.md`, 'precious\n'));
  await told.curate();
  const { answer } = await told.json('advance', '--until-blocked');
  const { message } = answer.problems.find(({ code }: { code: string }) => code === 'record-place-taken');
  const [, copy] = /plan\.md: (\S+set-aside\/copies\/[0-9a-f]+)/.exec(message)!;
  expect(await readFile(copy!, 'utf8')).toBe('precious\n');
  await told.write(`tickets/records/${told.ticket}/plan.md`, 'edited since\n');
  await told.ok('rework', '--reason', 'Once more.');
  await told.selfReview();
  await told.review();
  await told.curate();
  expect((await told.json('advance', '--until-blocked')).answer.problems.map(({ message }: { message: string }) => message).join()).toContain('plan.md');
  await told.ok('deliver');
  expect(await readFile(copy!, 'utf8')).toBe('precious\n');
});

/** What an answer says was displaced: contents of the copies, by the record's name. */
async function displaced(answer: any): Promise<Record<string, string>> {
  const taken = answer.problems.find(({ code }: { code: string }) => code === 'record-place-taken');
  const copies = [...(taken?.message ?? '').matchAll(/([^/ ]+): (\S*set-aside\/copies\/[0-9a-f]+)/g)].map(([, name, copy]: string[]) => [name!, copy!] as const);
  return Object.fromEntries(await Promise.all(copies.map(async ([name, copy]) => [name, await readFile(copy, 'utf8')])));
}

const recordOf = (told: Story, name: string): string => `tickets/records/${told.ticket}/${name}`;

test('what stands where the facts are sealed is kept, and told as often as somebody asks', async () => {
  const told = await reviewed(async () => undefined);
  await told.curate();
  await told.write(recordOf(told, 'ledger.jsonl'), 'my own notes\n');
  expect(await displaced(await told.ok('deliver'))).toEqual({ 'ledger.jsonl': 'my own notes\n' });
  const again = await told.ok('deliver');
  expect(await displaced(again)).toEqual({ 'ledger.jsonl': 'my own notes\n' });
  await rm(/\S*set-aside\/copies\/[0-9a-f]+/.exec(again.problems[0].message)![0]);
  expect((await told.ok('deliver')).problems).toEqual([]);
});

test('a record of before that somebody edited is kept when it is taken away, and those that nobody edited are not told of', async () => {
  const told = await reviewed(async () => undefined);
  await told.curate();
  await told.ok('advance', '--until-blocked');
  const names = await readdir(join(told.root, recordOf(told, '')));
  const name = names.find((one) => one.startsWith('proof-'))!;
  const log = recordOf(told, name);
  await told.write(log, `${await told.read(log)}noted\n`);
  await told.ok('rework', '--reason', 'Once more.');
  await told.write('greet.js', `${await told.read('greet.js')}// more\n`);
  await told.ok('advance', '--until-blocked');
  await told.selfReview();
  await told.review();
  await told.curate();
  expect(await displaced(await told.ok('advance', '--until-blocked'))).toEqual({ [name]: expect.stringContaining('noted\n') });
  await expect(told.read(log)).rejects.toThrow(/ENOENT/);
});

test('all that is in the way of records is told before the first of them is written', async () => {
  const told = await reviewed(async () => undefined);
  await told.curate();
  await told.write(recordOf(told, '.gitattributes'), '*.x foo\n');
  await told.write(recordOf(told, 'result.md'), '');
  await truncate(join(told.root, recordOf(told, 'result.md')), 257 * 2 ** 20);
  for (const name of ['plan.md', 'handoff.md']) await mkdir(join(told.root, recordOf(told, name)), { recursive: true });
  expect(codesOf(await told.refused('not-a-file', 'advance', '--until-blocked'))).toEqual(['not-a-file', 'not-a-file']);
  for (const name of ['plan.md', 'handoff.md']) await rmdir(join(told.root, recordOf(told, name)));
  const answer = await told.refused('record-place-held', 'advance');
  expect(answer.problems[0].message).toMatch(/^\S+result\.md stands/);
  expect(await told.read(recordOf(told, '.gitattributes'))).toBe('*.x foo\n');
  await rm(join(told.root, recordOf(told, 'result.md')));
  expect(await displaced(await told.ok('advance'))).toEqual({ '.gitattributes': '*.x foo\n' });
  await mkdir(join(told.root, recordOf(told, 'ledger.jsonl')));
  await told.refused('not-a-file', 'deliver', '--dry-run');
});

test('what made room for records is told by the next answer where the run was killed between them', async () => {
  const told = await reviewed(async () => undefined);
  await told.curate();
  for (const name of ['plan.md', 'result.md']) await told.write(recordOf(told, name), `mine: ${name}\n`);
  const world = await enter(told);
  const write: typeof world.files.write = (path, content) => (path.endsWith('result.md') ? Promise.reject(new Killed()) : world.files.write(path, content));
  await expect(carryOut({ ...world, files: { ...world.files, write } }, ['advance', '--until-blocked'])).rejects.toBeInstanceOf(Killed);
  expect(await told.read(recordOf(told, 'plan.md'))).not.toContain('mine');
  expect(await displaced(await told.ok('advance', '--until-blocked'))).toEqual({ 'plan.md': 'mine: plan.md\n', 'result.md': 'mine: result.md\n' });
});

const sh = (told: Story, command: string) => run('sh', ['-c', command], { cwd: told.root, env: told.env });

/** A ticket whose work is there, with a proof that is a script. */
async function proving(script: string, ...more: string[]): Promise<Story> {
  const told = await story({ scaffold: 'committed', ticket: ['--file', 'greet.js', '--prove', 'sh ../proof.sh', ...more] });
  await told.write('../proof.sh', script);
  await told.ok('advance', '--until-blocked');
  await told.fix();
  return told;
}

test.each([
  ['nothing', 'git commit --quiet --allow-empty --message junk\n'],
  ['the very work', 'git commit --quiet --all --message junk\n'],
  ['and switches', 'git checkout --quiet -b x && git commit --quiet --allow-empty --message junk\n'],
  ['nothing, and only switches', 'git checkout --quiet -b x\n'],
  ['nothing, and lets go of the branch', 'git checkout --quiet --detach\n'],
  ['and fails', 'git commit --quiet --allow-empty --message junk; exit 1\n'],
])('a proof that commits %s proves nothing, and what it did is undone before anything is published', async (_, script) => {
  const told = await proving(script);
  const head = await told.git('rev-parse', 'HEAD');
  const { problems } = await told.refused('proof-moved-head', 'advance', '--until-blocked');
  expect(problems[0]).toMatchObject({ code: 'proof-moved-head', message: expect.stringContaining(`P1 took HEAD from main at ${head.slice(0, 12)}`) });
  // Whoever comes later is told the same, and not to take the commit up.
  const { next } = await told.refused('proof-moved-head', 'advance');
  expect(next[1]).toBe(`cxw rework ${told.ticket} --refresh`);
  await sh(told, next[0]);
  expect([await told.git('rev-parse', 'HEAD', '--symbolic-full-name', 'HEAD'), await readFile(join(told.root, 'greet.js'), 'utf8')]).toEqual([`${head}\nrefs/heads/main`, FIXED]);
  await told.write('../proof.sh', 'node --test greet.test.js\n');
  await told.ok('rework', '--refresh', '--as', 'human:ada');
  expect((await told.ok('advance', '--until-blocked')).data.state).toBe('focused_tests_passed');
  expect(await told.remoteHead()).toBe(head);
});

test('no other proof runs on what a proof has committed', async () => {
  const told = await proving('git commit --quiet --allow-empty --message junk\n', '--prove', 'sh ../other.sh');
  await told.write('../other.sh', ': > ../ran\n');
  const { problems } = await told.refused('proof-moved-head', 'advance', '--until-blocked');
  expect([problems.length, existsSync(join(told.root, '../ran'))]).toEqual([1, false]);
});

test.each([
  ['renamed', 'git branch -m other', 'git branch -m other main'],
  ['deleted', 'git switch --quiet -c other && git branch --quiet -D main', 'git switch --create main '],
])('a branch that was %s meanwhile comes back by the command that the answer names', async (_, script, way) => {
  const told = await reviewed(async () => undefined);
  await told.curate();
  const head = await told.git('rev-parse', 'HEAD');
  await sh(told, script);
  const { next, problems } = await told.refused('branch-switched', 'deliver');
  expect([problems[0].message, next[0]]).toEqual([expect.stringContaining('main, which does not exist any more'), expect.stringContaining(way)]);
  await sh(told, next[0]);
  expect(await told.git('rev-parse', 'HEAD', '--symbolic-full-name', 'HEAD')).toBe(`${head}\nrefs/heads/main`);
  await sh(told, 'git branch --set-upstream-to=origin/main');
  expect((await told.ok('deliver')).data.confirmed).toBe(true);
});

/** A ticket that names one path, written where somebody had removed what is tracked there. */
async function inPlaceOf(removed: string, file: string): Promise<Story> {
  const told = tell(await workshop({ 'd/f': 'one\n', 'd/g': 'two\n', 'b.txt': 'b\n' }));
  await told.ok('init', '--prove', 'git --version');
  await told.git('add', '--all');
  await told.git('commit', '--quiet', '--message', 'Set up cxw');
  await told.git('push', '--quiet');
  await rm(join(told.root, removed), { recursive: true });
  told.ticket = (await told.ok('ticket', 'new', '--quick', 'Put it there', '--file', file)).data.id;
  return told;
}

test.each<[string, string, string, string]>([
  ['a file where a folder is tracked', 'd', 'd', 'd/f, d/g'],
  ['a folder where a file is tracked', 'b.txt', 'b.txt/x', 'b.txt'],
])('what must leave because the change takes its place is no part of it, and told: %s', async (_, removed, file, theirs) => {
  const told = await inPlaceOf(removed, file);
  await told.ok('advance', '--until-blocked');
  await told.write(file, 'new\n');
  for (const words of [['advance', '--until-blocked'], ['status'], ['deliver']]) {
    const { problems } = await told.refused('displaced-paths', ...words);
    expect(problems[0].message).toContain(`outside the scope would be deleted: ${theirs}.`);
    expect(problems.map(({ code }: { code: string }) => code)).not.toContain('outside-scope');
  }
});
