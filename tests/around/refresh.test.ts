import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RepoPath } from '../../src/domain/paths.js';
import { refuse } from '../../src/domain/problem.js';
import { fold } from '../../src/domain/run.js';
import { block, unblock } from '../../src/verbs/block.js';
import { rework } from '../../src/verbs/rework.js';
import { ready, serverHook } from '../support/delivering.js';
import { codesOf, deliverAgain, deliverIt, TICKET } from '../support/given.js';
import { worldOf } from '../support/inside.js';
import { reviewed, specced } from '../support/specced.js';
import { FIXED, GREETER, story } from '../support/story.js';
import { run, type Ran } from '../support/workshop.js';

const refreshed = { ticket: TICKET, as: 'human:Kim', refresh: true };

async function begun(): Promise<Awaited<ReturnType<typeof ready>> & { facts(): Promise<string[]>; refresh(): ReturnType<typeof rework> }> {
  const given = await ready();
  const facts = async (): Promise<string[]> => (await given.world.ledger.read(TICKET)).facts.map((fact) => (fact.kind === 'entered' ? fact.state : fact.kind));
  return { ...given, facts, refresh: async () => rework(await worldOf(given.bench), refreshed) };
}

test('a refresh that cannot be locked is refused and leaves the run where it is, and goes back once it can', async () => {
  const { bench, facts, refresh } = await begun();
  const before = await facts();
  const text = await bench.read(`tickets/${TICKET}.yaml`);
  await bench.write(`tickets/${TICKET}.yaml`, `${text}bad: [\n`);
  expect((await refresh()).ending).toBe('invalid');
  expect(await facts()).toEqual(before);

  await bench.write(`tickets/${TICKET}.yaml`, text);
  expect(await refresh()).toMatchObject({ ending: 'done', data: { from: 'context_curated', state: 'source_lock_validated' } });
  expect(await facts()).toEqual([...before, 'refreshed', 'source_lock_validated']);
});

test('a delivery whose commit and ticket are gone stays under way when the refresh is refused', async () => {
  const { bench, world, base, facts, refresh } = await begun();
  await serverHook(bench, 'pre-receive', 'exit 1');
  await deliverIt(world);
  await bench.git('reset', '--quiet', '--hard', base);
  const before = await facts();
  expect(codesOf(await refresh())).toContain('ticket-missing');
  expect(await facts()).toEqual(before);
  expect(fold(TICKET, (await world.ledger.read(TICKET)).facts).delivery?.committed).toBeDefined();
});

test.each([
  ['that was pushed and is not confirmed', 'pushed'],
  ['whose push was refused, as far as is remembered', 'committed'],
])('a commit %s is not refreshed away while the remote has it, though it is off the branch: the delivery is finished', async (_, state) => {
  const { bench, world, base, facts, refresh } = await begun();
  await (state === 'committed' ? serverHook(bench, 'pre-receive', 'exit 1') : serverHook(bench, 'post-update', `mv ${bench.remote} ${bench.remote}.away`));
  const { data } = await deliverIt(world);
  expect(data.state).toBe(state);
  if (state === 'pushed') {
    await bench.git('--git-dir', `${bench.remote}.away`, 'config', 'core.bare', 'true');
    await rename(`${bench.remote}.away`, bench.remote);
  }
  await serverHook(bench, 'pre-receive', 'exit 0');
  await serverHook(bench, 'post-update', 'exit 0');
  await bench.git('push', '--quiet', 'origin', `${data.commit!}:refs/heads/main`);
  await bench.git('reset', '--quiet', '--soft', base);
  const before = await facts();
  const answer = await refresh();
  expect([codesOf(answer), answer.next]).toEqual([['already-on-remote'], [`cxw deliver ${TICKET}`]]);
  expect(await facts()).toEqual(before);
  expect(await deliverAgain(world)).toMatchObject({ ending: 'done', data: { confirmed: true, commit: data.commit } });
});

test('a commit that never came to the remote is refreshed away, also where the remote has another address by now', async () => {
  const { bench, world, base, refresh } = await begun();
  await serverHook(bench, 'pre-receive', 'exit 1');
  await deliverIt(world);
  await bench.git('reset', '--quiet', '--soft', base);
  await bench.git('clone', '--quiet', '--bare', bench.remote, `${bench.remote}.moved`);
  await bench.git('remote', 'set-url', 'origin', `${bench.remote}.moved`);
  expect(await refresh()).toMatchObject({ ending: 'done', data: { from: 'committed' } });
});

test('a blocked ticket is released before it is refreshed', async () => {
  const { bench, facts, refresh } = await begun();
  const here = await worldOf(bench);
  await block(here, { ticket: TICKET, reason: 'No.', release: 'Yes.' });
  const before = await facts();
  expect(await refresh()).toMatchObject({ ending: 'waiting', next: [`cxw unblock ${TICKET}`] });
  expect(await facts()).toEqual(before);
  await unblock(here, { ticket: TICKET, rounds: 0 });
  expect((await refresh()).ending).toBe('done');
});

test('a ticket that has ended is not sent on to its writer', async () => {
  const { bench, world } = await begun();
  await deliverIt(world);
  const answer = await rework(await worldOf(bench), { ticket: TICKET, refresh: false });
  expect(codesOf(answer)).toEqual(['ticket-ended']);
});

test('what changed of a ticket is told until a review has seen it, however often it is refreshed', async () => {
  const told = await story();
  await told.ready();
  const path = `tickets/${told.ticket}.yaml`;
  await told.write(path, (await told.read(path)).replace('Fix the greeting', 'Fix the greetings'));
  const toReviewer = async (): Promise<boolean> => {
    await told.ok('rework', '--refresh', '--as', 'human:Kim');
    await told.ok('advance', '--until-blocked');
    return /title.*became/.test((await told.ok('brief', 'reviewer')).data.text);
  };
  expect([await toReviewer(), await toReviewer()]).toEqual([true, true]);
  await told.review();
  expect(await toReviewer()).toBe(false);
});

test('a review from before a refresh that changed the ticket does not count any more; a refresh that changes nothing keeps it', async () => {
  const told = await story();
  await told.ready();
  await told.ok('rework', '--refresh', '--as', 'human:Kim');
  expect((await told.ok('advance', '--until-blocked')).data.state).toBe('context_curated');

  const path = `tickets/${told.ticket}.yaml`;
  await told.write(path, (await told.read(path)).replace('Fix the greeting', 'Greet as the French do'));
  await told.ok('rework', '--refresh', '--as', 'human:Kim');
  const { data, problems } = await told.ok('advance', '--until-blocked');
  expect([data.state, problems.map(({ code }: any) => code)]).toEqual(['self_review_complete', ['review-outdated']]);
  expect((await told.refused('review-outdated', 'status')).next.join()).toMatch(/cxw record review .* --as reviewer:NAME --verdict pass/);
  expect((await told.refused('review-outdated', 'deliver')).next[0]).toBe(`cxw brief reviewer ${told.ticket}`);
  await told.review();
  expect(await told.ok('deliver')).toMatchObject({ data: { confirmed: true } });
});

test('a review from before a refresh that took in an edited spec does not count any more, and the brief names the spec', async () => {
  const told = await specced();
  await reviewed(told);
  const path = 'docs/specs/greeting/design.md';
  await told.write(path, `${await told.read(path)}\nGreet in French.\n`);
  await told.git('commit', '--quiet', '--message', 'Greet in French', '--', path);
  await told.git('push', '--quiet');
  await told.ok('rework', '--refresh', '--as', 'human:Kim');
  await told.refused('review-outdated', 'advance', '--until-blocked');
  expect((await told.ok('brief', 'reviewer')).data.text).toContain(`spec ${path}: edited`);
});

test('where somebody else pushed a change of the same file, the answers lead through it', async () => {
  const lines = '// A line\n'.repeat(9);
  const told = await story({ scaffold: 'committed', files: { ...GREETER, 'greet.js': `${GREETER['greet.js']}${lines}` } });
  await told.ok('advance', '--until-blocked');
  await told.write('greet.js', `${FIXED}${lines}`);
  await told.ok('advance', '--until-blocked');
  for (const attested of [told.selfReview, told.review, told.curate]) await attested();
  const clone = join(told.folder, 'colleague');
  await told.git('clone', '--quiet', told.remote, clone);
  await told.write('../colleague/greet.js', `${await readFile(join(clone, 'greet.js'), 'utf8')}// The end\n`);
  await told.git('-C', clone, 'commit', '--quiet', '--all', '--message', 'Say what it does');
  await told.git('-C', clone, 'push', '--quiet');
  const sh = (command: string): Promise<Ran> => run('sh', ['-c', command], { cwd: told.root, env: told.env });

  // Git refuses, and has fetched all the same.
  expect((await sh((await told.refused('remote-moved', 'deliver')).next[0])).exit).not.toBe(0);
  const { problems, next } = await told.refused('remote-moved', 'deliver');
  expect(problems[0].message).toContain('They change what the ticket changes too: greet.js.');
  const [stash, pull, pop, refresh] = refuse('remote-moved', { remote: 'origin', ref: 'refs/heads/main', ticket: told.ticket, tip: '', commits: [], stage: 'begun', left: ['greet.js' as RepoPath] }).commands;
  expect(next).toEqual([stash, pull]);
  for (const command of [stash!, pull!, pop!]) expect(await sh(command), command).toMatchObject({ exit: 0 });
  await told.ok(...refresh!.split(' ').slice(1), '--as', 'human:Kim');
  expect((await told.ok('advance', '--until-blocked')).data.state).toBe('focused_tests_passed');
  expect(await told.read('greet.js')).toBe(`${FIXED}${lines}// The end\n`);
});
