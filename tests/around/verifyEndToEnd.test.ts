import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CXW, run, workshop, type Workshop } from '../support/workshop.js';

/** Delivers one quick ticket with the built program, as a person would. Answers its id. */
async function deliverByHand(bench: Workshop): Promise<string> {
  const good = async (...args: string[]) => {
    const { exit, answer } = await bench.json(...args);
    expect(exit, `${args.join(' ')}: ${JSON.stringify(answer.problems)}`).toBe(0);
    return answer.data;
  };
  await good('init', '--yes');
  await bench.git('add', '--all');
  await bench.git('commit', '--quiet', '--message', 'Set up cxw');
  await bench.git('push', '--quiet');
  await good('ticket', 'new', '--quick', 'Greet the reader', '--file', 'greeting.txt', '--accept', 'It greets.', '--prove', 'grep hello greeting.txt', '--plan', 'Write it.');
  await good('advance', '--until-blocked');
  await bench.write('greeting.txt', 'hello\n');
  const { changeSet, ticket } = await good('advance', '--until-blocked');
  const verdict = ['--verdict', 'pass', '--change-set', changeSet, '--summary', 'It greets.'];
  await good('record', 'self-review', ...verdict);
  await good('record', 'review', '--as', 'reviewer:kim', ...verdict);
  await good('record', 'curation', '--memory', 'none');
  await good('deliver');
  return ticket;
}

test('a ticket that the program delivered is verified from a fresh clone, and found again wherever it was integrated', async () => {
  const bench = await workshop();
  const ticket = await deliverByHand(bench);
  const [commit, base] = [await bench.git('rev-parse', 'HEAD'), await bench.git('rev-parse', 'HEAD~1')];

  let clones = 0;
  const verifyInClone = async (options: string[], ...args: string[]) => {
    const root = join(bench.folder, `clone${clones++}`);
    const cloned = await run('git', ['clone', '--quiet', ...options, `file://${bench.remote}`, root], { env: bench.env });
    expect(cloned.exit, cloned.stderr).toBe(0);
    const ran = await bench.cxwWith({ cwd: root }, 'verify', ...args, '--json');
    return { exit: ran.exit, answer: JSON.parse(ran.stdout) };
  };

  expect(await verifyInClone([], ticket, '--rerun', '--delivered')).toMatchObject({
    exit: 0, answer: { ok: true, problems: [], data: { tickets: [{ ticket, commit, evidence: 'proved again', delivered: 'yes', integrated: 'as delivered' }] } } });
  expect(await verifyInClone(['--depth=1'], ticket)).toMatchObject({
    exit: 6, answer: { ok: false, code: 'shallow-clone', next: ['git fetch --unshallow'] } });

  // Somebody squashes it onto other work.
  const onOtherWork = async (): Promise<void> => {
    await bench.git('checkout', '--quiet', '-B', 'main', base);
    await bench.write('other.txt', 'other\n');
    await bench.git('add', 'other.txt');
    await bench.git('commit', '--quiet', '--message', 'Other work');
  };
  await onOtherWork();
  await bench.git('merge', '--quiet', '--squash', commit);
  await bench.git('commit', '--quiet', '--message', 'Greet the reader (#12)');
  await bench.git('push', '--quiet', '--force', 'origin', 'main');
  const integrated = { exit: 0, answer: { ok: true, data: { tickets: [{ ticket, evidence: 'consistent', delivered: 'yes', integrated: 'integrated' }] } } };
  expect(await verifyInClone([], ticket)).toMatchObject(integrated);

  // Somebody rebases it.
  await onOtherWork();
  await bench.git('cherry-pick', commit);
  await bench.git('push', '--quiet', '--force', 'origin', 'main');
  expect(await verifyInClone([], ticket)).toMatchObject(integrated);

  // Somebody slips a file into it.
  await bench.git('checkout', '--quiet', '-B', 'main', commit);
  await bench.write('evil.sh', '#!/bin/sh\n');
  await bench.git('add', 'evil.sh');
  await bench.git('commit', '--quiet', '--amend', '--no-edit');
  await bench.git('push', '--quiet', '--force', 'origin', 'main');
  expect(await verifyInClone([], ticket)).toMatchObject({
    exit: 4, answer: { ok: false, code: 'sets-differ', data: { tickets: [{ evidence: 'broken' }] }, problems: [{ code: 'sets-differ' }] } });
});

test('a range that is empty says so in every answer, and ends with 4 where something is demanded of it', async () => {
  const bench = await workshop();
  for (const [what, ...demands] of [['..'], ['..', '--rerun', '--delivered'], ['HEAD..HEAD', '--expect', 'sha256:0000000']] as const) {
    const exit = demands.length === 0 ? 0 : 4;
    expect(await bench.json('verify', what, ...demands), demands.join(' ')).toMatchObject({
      exit, answer: { ok: exit === 0, data: { tickets: [] }, problems: [{ code: 'range-empty', severity: exit === 0 ? 'note' : 'error' }] } });
    const { stdout, stderr } = await bench.cxw('verify', what, ...demands);
    expect((stdout + stderr).match(/nothing was checked/g)).toHaveLength(1);
  }
});

test('the pipeline of the how-to passes a branch that has nothing new, and no variable that was left empty', async () => {
  const bench = await workshop();
  const [, guarded] = /^(: "\$\{BASE:\?\}"[^`]*)```/m.exec(await readFile(join(import.meta.dirname, '../../docs/how-to/check-a-delivery.md'), 'utf8'))!;
  const script = `set -e; cxw() { '${process.execPath}' '${CXW}' "$@"; }\n${guarded}`;
  const exitOf = async (BASE: string, HEAD: string): Promise<number> => (await run('sh', ['-c', script], { cwd: bench.root, env: { ...bench.env, BASE, HEAD } })).exit;
  await bench.git('commit', '--quiet', '--allow-empty', '--message', 'More');
  expect(await exitOf('HEAD', 'HEAD~1')).toBe(0);
  expect(await exitOf('HEAD~1', 'HEAD')).toBe(0);
  expect(await exitOf('', 'HEAD')).toBeGreaterThan(0);
  expect(await exitOf('HEAD', '')).toBeGreaterThan(0);
  expect(await exitOf('no-such', 'HEAD')).toBe(4);
});
