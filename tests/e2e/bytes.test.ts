import { expect, test } from 'vitest';
import { FIXED, story } from '../support/story.js';
import { CXW, run } from '../support/workshop.js';

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

test.each([
  ['info/attributes, on the ledger', '.git/info/attributes', '*.jsonl filter=up\n'],
  ['a tracked file, on tickets', '.gitattributes', 'tickets/*.yaml filter=up\n'],
])('a filter of %s would make evidence that nobody can verify: it is refused, and left out of it, it is delivered and verified', async (_, file, attributes) => {
  const told = await story();
  await told.git('config', 'filter.up.clean', 'tr a-z A-Z');
  await told.write(file, attributes);
  if (file === '.gitattributes') {
    await told.git('add', '--', file);
    await told.git('commit', '--quiet', '--message', 'Attributes');
    await told.git('push', '--quiet');
  }
  await told.ready();
  const head = await told.git('rev-parse', 'HEAD');
  const { problems, next } = await told.refused('evidence-rewritten', 'deliver');
  expect(problems.at(-1).message).toContain(file.replace('.git/', ''));
  expect(next).toEqual([expect.stringContaining('git check-attr --all -- tickets/'), `cxw rework ${told.ticket} --refresh --as human:NAME`]);
  expect(await told.git(...next[0].split(' ').slice(1))).toContain('filter: up');
  expect([await told.git('rev-parse', 'HEAD'), await told.remoteHead()]).toEqual([head, head]);
  const before = file === '.gitattributes' ? '' : attributes;
  await told.write('.git/info/attributes', `${before}/tickets/** -filter -ident -working-tree-encoding\n`);
  await told.refused('repository-altered', 'deliver');
  await told.ok('rework', '--refresh', '--as', 'human:ada');
  expect((await told.ok('deliver')).data.confirmed).toBe(true);
  await told.ok('verify');
});

test('a filter on tickets is refused with nothing written by a dry run too, and goes no further than the folder that leaves them out', async () => {
  const told = await story();
  await told.git('config', 'filter.up.clean', 'tr a-z A-Z');
  await told.write('.gitattributes', '*.yaml filter=up\n');
  await told.write('tickets/.gitattributes', '');
  await told.git('add', '--', '.gitattributes', 'tickets/.gitattributes');
  await told.git('commit', '--quiet', '--message', 'Attributes');
  await told.git('push', '--quiet');
  await told.ready();
  await told.ok('advance', '--until-blocked');
  await told.refused('evidence-rewritten', 'deliver', '--dry-run');
  await told.write('tickets/.gitattributes', '** -filter -ident -working-tree-encoding\n');
  await told.git('add', '--', 'tickets/.gitattributes');
  await told.git('commit', '--quiet', '--message', 'Tickets are kept as they are');
  await told.git('push', '--quiet');
  await told.ok('rework', '--refresh', '--as', 'human:ada');
  expect((await told.ok('deliver')).data.confirmed).toBe(true);
  await told.ok('verify');
});

test('a ticket that was committed through a filter before its work is refused no less', async () => {
  const told = await story();
  const path = `tickets/${told.ticket}.yaml`;
  await told.git('config', 'filter.up.clean', 'tr a-z A-Z');
  await told.write('.gitattributes', '*.yaml filter=up\n');
  await told.git('add', '--', '.gitattributes', path);
  await told.git('commit', '--quiet', '--message', 'Write a ticket');
  await told.git('push', '--quiet');
  await told.ready();
  expect(await told.git('status', '--porcelain', '--', path)).toBe('');
  expect((await told.refused('evidence-rewritten', 'deliver')).problems.at(-1).message).toContain(path);
});

test('line endings of the ticket are git\'s business: converted, it is delivered and verified', async () => {
  const told = await story();
  await told.write('.gitattributes', 'tickets/*.yaml text\n');
  await told.git('add', '--', '.gitattributes');
  await told.git('commit', '--quiet', '--message', 'Attributes');
  await told.git('push', '--quiet');
  const path = `tickets/${told.ticket}.yaml`;
  await told.write(path, (await told.read(path)).replaceAll('\n', '\r\n'));
  await told.ready();
  expect((await told.ok('deliver')).data.confirmed).toBe(true);
  expect((await told.ok('verify')).problems.map(({ code }: { code: string }) => code)).toContain('line-endings-only');
});

test('an argument that is no UTF-8 names no other file: it is refused, and the name works as git quotes it', async () => {
  const told = await story();
  const odd = `"$(printf 'a\\377.txt')"`;
  const shell = (command: string): ReturnType<typeof run> => run('sh', ['-c', command.replace(/^cxw/, `"${process.execPath}" "${CXW}"`)], { cwd: told.root, env: told.env });
  await shell(`printf 'x\\n' > ${odd}`);
  const making = ['--file', '--allow'].map((flag) => `cxw ticket new ${flag === '--file' ? '--quick ' : ''}'Odd file' ${flag} ${odd} --prove true --json`);
  for (const command of [...making, `cxw advance ${told.ticket} --mine ${odd} --json`, `cxw validate ${odd} --json`]) {
    const { exit, stdout } = await shell(command);
    expect({ command, exit, message: JSON.parse(stdout).problems[0].message }).toEqual({ command, exit: 4, message: expect.stringContaining('bytes that are no UTF-8 are lost in an argument') });
  }
  const [command] = JSON.parse((await shell(making[0]!)).stdout).next;
  expect((await shell(command)).stdout.split('\n')).toContain('"a\\377.txt"');
  const made = JSON.parse((await shell(`cxw ticket new --quick 'Odd file' --file '"a\\377.txt"' --prove true --json`)).stdout);
  expect(made).toMatchObject({ ok: true, data: { class: 'quick' } });
  expect(await told.read(made.data.path)).toContain('"\\"a\\\\377.txt\\""');
});
