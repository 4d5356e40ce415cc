import { rm, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { pathFromBytes, showPath } from '../../../src/domain/paths.js';
import { story, type Story } from '../../support/story.js';
import { CXW, run } from '../../support/workshop.js';
import { HOSTILE_NAMES, REFUSED_NAMES } from './names.js';
import { RAW } from './rawCharacters.js';

const FILES = { 'package.json': '{}', 'passing.test.js': "require('node:test')('passes', () => {});\n" };
const PROOF = ['--prove', 'node --test passing.test.js'];

/** A quick ticket has at most three files. */
const threes = (names: readonly Buffer[]): Buffer[][] => Array.from({ length: Math.ceil(names.length / 3) }, (_, at) => names.slice(3 * at, 3 * at + 3));

/** The path as one argument, as our hints write it. */
const written = (name: Buffer): string => {
  const shown = showPath(pathFromBytes(name));
  return shown.startsWith('-') ? `"${shown}"` : shown;
};

async function begun(): Promise<Story & { sh(command: string): ReturnType<typeof run> }> {
  const told = await story({ files: FILES, scaffold: 'committed', ticket: ['--file', 'unused.txt', ...PROOF] });
  await told.remove(`tickets/${told.ticket}.yaml`);
  await told.write('../bin/cxw', `#!/bin/sh\nexec '${process.execPath}' '${CXW}' "$@"\n`);
  await told.executable('../bin/cxw');
  const env = { ...told.env, PATH: `${told.folder}/bin:${told.env['PATH']}` };
  return Object.assign(told, { sh: (command: string) => run('sh', ['-c', command], { cwd: told.root, env }) });
}

const place = (told: Story, name: Buffer): Buffer => Buffer.concat([Buffer.from(`${told.root}/`), name]);

/** Runs a command as text, for what a terminal gets. */
async function shows(told: Story, ...args: string[]): Promise<string> {
  const { exit, stdout, stderr } = await told.cxw(...args);
  expect(stdout + stderr, args.join(' ')).not.toMatch(RAW);
  expect([0, 4], `${args.join(' ')}\n${stdout}${stderr}`).toContain(exit);
  return stdout;
}

test('there are more than forty-eight', () => {
  expect(new Set(HOSTILE_NAMES.map((name) => name.toString('hex'))).size).toBe(HOSTILE_NAMES.length);
  expect(HOSTILE_NAMES.length + REFUSED_NAMES.length).toBeGreaterThan(100);
});

test('each is delivered exactly and alone, and is shown so that nothing obeys it', async () => {
  const told = await begun();
  for (const [at, names] of threes(HOSTILE_NAMES).entries()) {
    const files = names.flatMap((name) => ['--file', written(name)]);
    const { data: { id, path } } = await told.ok('ticket', 'new', '--quick', `Names ${at}`, ...files, ...PROOF);
    await told.ok('advance', id, '--until-blocked');
    for (const name of names) await writeFile(place(told, name), `${at}\n`);
    await told.ok('advance', id, '--until-blocked');
    const { changeSet } = (await told.ok('status', id)).data;
    await shows(told, 'brief', 'reviewer', id);
    await shows(told, 'ticket', 'show', id);
    await shows(told, 'validate', path);
    const verdict = ['--verdict', 'pass', '--change-set', changeSet, '--summary', 'Read.'];
    await told.ok('record', 'self-review', id, ...verdict);
    await told.ok('record', 'review', id, '--as', 'reviewer:kim', ...verdict, '--finding', `F1 note ${written(names.at(-1)!)}: odd name`);
    await told.ok('record', 'curation', id, '--memory', 'none');
    await shows(told, 'deliver', id);

    const changed = await told.gitBytes('diff-tree', '-r', '-z', '--no-commit-id', '--name-only', 'HEAD', '--');
    const product = split(changed).filter((name) => !name.toString().startsWith('tickets/'));
    expect(product.sort(Buffer.compare)).toEqual([...names].sort(Buffer.compare));
    expect(await told.remoteHead()).toBe(await told.git('rev-parse', 'HEAD'));
    await shows(told, 'verify', id);
  }
  expect(await told.git('status', '--porcelain')).toBe('');
});

test('lying dirty, each is named by commands that work as they are printed', async () => {
  const told = await begun();
  const { data: { id } } = await told.ok('ticket', 'new', '--quick', 'Beside them', '--file', 'own.txt', ...PROOF);
  await told.ok('advance', id, '--until-blocked');
  await told.write('own.txt', 'own\n');
  for (const name of HOSTILE_NAMES) await writeFile(place(told, name), 'mine\n');
  await shows(told, 'advance', id, '--dry-run');
  const declared: string[] = [];
  for (let { answer } = await told.json('advance', id, '--dry-run'); answer.data.state !== 'implementation_complete';) {
    expect(answer.code, JSON.stringify(answer)).toBe('outside-scope');
    answer = JSON.parse((await told.sh(`${answer.next[0]} --json`)).stdout);
    expect(answer.data.mine?.length, JSON.stringify(answer)).toBeGreaterThan(0);
    declared.push(...answer.data.mine);
  }
  expect(declared.sort()).toEqual(HOSTILE_NAMES.map((name) => showPath(pathFromBytes(name))).sort());
});

test('dirty in scope, the commands that show and adopt them work as they are printed', async () => {
  const told = await begun();
  const odd = HOSTILE_NAMES.filter((name) => /[:*?[\\\n'"$`%-]|[^ -~]/.test(name.toString('latin1')));
  for (const names of threes(odd).filter((_, at) => at % 4 === 0)) {
    for (const name of names) await writeFile(place(told, name), 'before\n');
    const { data: { id } } = await told.ok('ticket', 'new', '--quick', 'Over them', ...names.flatMap((name) => ['--file', written(name)]), ...PROOF);
    await told.ok('advance', id);
    const { answer } = await told.json('advance', id);
    expect(answer.problems.map(({ code }: { code: string }) => code)).toEqual(['scope-dirty']);
    for (const command of [...answer.next].reverse()) expect(await told.sh(command), command).toMatchObject({ exit: 0 });
    await told.ok('abandon', id, '--reason', 'Seen.');
    for (const name of names) await rm(place(told, name));
    await told.git('add', '--all');
    await told.git('commit', '--quiet', '--allow-empty', '--message', 'Abandoned');
    await told.git('push', '--quiet');
  }
});

test('spellings of a git directory, of elsewhere and of nothing are refused', async () => {
  const told = await begun();
  for (const name of REFUSED_NAMES) {
    const words = ['ticket', 'new', '--quick', 'No', `--file=${name.toString()}`, ...PROOF];
    const { exit, answer } = await told.json(...words);
    expect([exit, answer.code], name.toString()).toEqual([4, 'path-unusable']);
    await shows(told, ...words);
  }
  const { exit, answer } = await told.json('validate', ...REFUSED_NAMES.slice(0, -1).map(String));
  expect([exit === 0, answer.ok]).toEqual([false, false]);
});

function split(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(0, start);
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return parts;
}
