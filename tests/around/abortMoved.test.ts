import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { abortIt, colleague, hook, ready, serverHook } from '../support/delivering.js';
import { codesOf, deliverAgain, deliverIt, TICKET, worldOf } from '../support/given.js';
import { worldOf as wholeWorldOf } from '../support/inside.js';
import { status } from '../../src/verbs/status.js';
import type { World } from '../../src/world/index.js';
import type { Workshop } from '../support/workshop.js';

/** Runs a command of git out of an answer. */
const obey = (bench: Workshop, command: string | undefined): Promise<string> => bench.git(...command!.split(' ').slice(1));

/** Ready to be delivered where a hook lets no branch move for as long as it is told to. The hook itself stays as it is. */
const readyToBeHeld = (): ReturnType<typeof ready> =>
  ready({}, (shop) => hook(shop, 'reference-transaction', '[ -e ../held ] && [ "$1" = prepared ] && grep -q refs/heads && { echo "Not today." >&2; exit 1; }; exit 0'));

const hold = (bench: Workshop): Promise<void> => bench.write('../held', '');
const letGo = (bench: Workshop): Promise<void> => bench.remove('../held');

/** A delivery that was staged and went no further: git was not let move the branch. */
async function stagedOnly({ bench, world }: Awaited<ReturnType<typeof ready>>): Promise<void> {
  await hold(bench);
  const refused = await deliverIt(world);
  expect(codesOf(refused)).toEqual(['branch-held']);
  expect(refused.next).toEqual([`cxw deliver ${TICKET}`, `cxw abort ${TICKET}`]);
  await letGo(bench);
}

const reasonOf = async ({ world }: Awaited<ReturnType<typeof ready>>): Promise<unknown> => (await world.ledger.read(TICKET)).facts.at(-1);

test('a push that was ended without an answer is said to be under way still, until the remote has taken it or another', async () => {
  const given = await ready({ timeout: 5 });
  const { bench, world, base } = given;
  // The server goes on alone: what it does comes after everybody has gone.
  await serverHook(bench, 'pre-receive', 'while [ ! -e go ]; do sleep 0.1; done');
  const late = await deliverIt(world);
  expect(late.problems.map(({ code }) => code)).toEqual(['push-unanswered', 'push-rejected']);
  const { commit } = late.data;
  const undone = await abortIt(world);
  expect(undone).toMatchObject({ ending: 'done', data: { undone: commit }, problems: [{ code: 'push-unanswered', severity: 'warning', commands: ['git ls-remote origin refs/heads/main'] }] });
  expect(undone.problems[0]!.message).toContain(commit!.slice(0, 12));
  const told = async (): Promise<string[]> => (await status({ ...await wholeWorldOf(bench), private: world.private }, { ticket: TICKET, all: false })).problems.map(({ code }) => code);
  expect(await told()).toContain('push-unanswered');
  expect(await bench.git('--git-dir', bench.remote, 'rev-parse', 'main')).toBe(base);

  await bench.write('../remote.git/go', '');
  expect(await deliverAgain(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
  expect(await told()).not.toContain('push-unanswered');
});

test('that the next one is refused is no answer to it', async () => {
  const { bench, world } = await ready({ timeout: 5 });
  await serverHook(bench, 'pre-receive', 'while [ ! -e go ]; do sleep 0.1; done');
  await deliverIt(world);
  await serverHook(bench, 'pre-receive', 'exit 1');
  expect((await deliverAgain(world)).problems.map(({ code }) => code)).toEqual(['push-unanswered', 'push-rejected']);
  expect((await abortIt(world)).problems.map(({ code }) => code)).toEqual(['push-unanswered']);
  await bench.write('../remote.git/go', '');
});

test('so is one whose run was killed; and one that was answered is not', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  await deliverIt(world);
  expect(await abortIt(world)).toMatchObject({ ending: 'done', problems: [] });
  await deliverIt(world);
  await world.private.saveChild(TICKET, { pid: 2 ** 22, started: new Date().toISOString() });
  expect((await abortIt(world)).problems.map(({ code }) => code)).toEqual(['push-unanswered']);
  expect(await world.private.child(TICKET)).toBeUndefined();
});

test.each<[string, (bench: Workshop) => Promise<unknown>]>([
  ['renamed', (bench) => bench.git('branch', '-m', 'main', 'trunk')],
  ['deleted', async (bench) => {
    await bench.git('switch', '--quiet', '--create', 'trunk', 'HEAD^');
    await bench.git('branch', '--quiet', '-D', 'main');
  }],
])('a branch that was %s in mid-delivery comes back by the command that abort names', async (_, lose) => {
  const { bench, world, base } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  const { data: { commit } } = await deliverIt(world);
  await lose(bench);
  const refused = await abortIt(world);
  expect(codesOf(refused)).toEqual(['branch-switched']);
  await obey(bench, refused.next[0]);
  expect(await bench.git('rev-parse', '--symbolic-full-name', 'HEAD')).toBe('refs/heads/main');
  expect(await abortIt(world)).toMatchObject({ ending: 'done', data: { undone: commit } });
  expect(await bench.git('rev-parse', 'main')).toBe(base);
});

test('after the words of the commit were amended nothing is staged that would undo it, and the ways on deliver the work', async () => {
  const given = await ready();
  const { bench, world } = given;
  await serverHook(bench, 'pre-receive', 'exit 1');
  await deliverIt(world);
  await bench.git('commit', '--quiet', '--amend', '--message', 'Better words');
  const amended = await bench.git('rev-parse', 'HEAD');
  const refused = await deliverAgain(world);
  expect(codesOf(refused)).toEqual(['commit-rewritten']);
  expect(refused.problems[0]!.message).toContain(`${amended.slice(0, 12)} holds the same work instead`);
  expect(refused.problems[0]!.commands).toEqual([`git reset --soft ${amended.slice(0, 12)}^`, `cxw abort ${TICKET}`, `cxw deliver ${TICKET}`]);

  const aborted = await abortIt(world);
  expect(aborted).toMatchObject({ ending: 'done', data: { restored: 0, movedTo: amended, holdsWork: true } });
  expect(await reasonOf(given)).toMatchObject({ kind: 'delivery-aborted', reason: `Somebody had moved the branch to ${amended}; it was left there.` });
  expect(await bench.git('diff', '--cached', '--name-only')).toBe('');

  await rm(join(bench.remote, 'hooks/pre-receive'));
  await obey(bench, aborted.next[0]);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
  expect(await bench.git('status', '--porcelain', '--', 'greeting.txt', 'tickets')).toBe('');
});

test('what the delivery had staged and a person committed is not staged as undone', async () => {
  const given = await readyToBeHeld();
  const { bench, world } = given;
  await stagedOnly(given);
  await bench.git('commit', '--quiet', '--message', 'My own commit');
  const refused = await deliverAgain(world);
  expect(codesOf(refused)).toEqual(['commit-rewritten']);
  expect(await abortIt(world)).toMatchObject({ ending: 'done', data: { restored: 0, holdsWork: true } });
  expect(await bench.git('diff', '--cached', '--name-only')).toBe('');
  expect(await bench.git('show', 'HEAD:greeting.txt')).toBe('hello');
});

test('the same, the other way round: taken back first, and undone then', async () => {
  const given = await readyToBeHeld();
  const { bench, world, base } = given;
  await stagedOnly(given);
  await bench.git('commit', '--quiet', '--message', 'My own commit');
  await obey(bench, (await deliverAgain(world)).next[0]);
  const aborted = await abortIt(world);
  expect(aborted.data).toMatchObject({ movedTo: undefined, holdsWork: undefined });
  expect(await reasonOf(given)).toMatchObject({ reason: 'The branch stood where the delivery began.' });
  expect(await bench.git('diff', '--cached', '--name-only')).toBe('');
  expect(await bench.git('rev-parse', 'HEAD')).toBe(base);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

test('on a branch that went on with other work the index is put back; where it changed the very paths, it agrees with the branch', async () => {
  const given = await readyToBeHeld();
  const { bench, world } = given;
  await stagedOnly(given);
  const git = await colleague(bench);
  await writeFile(join(bench.folder, 'colleague/greeting.txt'), 'theirs\n');
  await git('commit', '--quiet', '--all', '--message', 'Theirs');
  await git('push', '--quiet');
  await bench.git('fetch', '--quiet');
  await bench.git('update-ref', 'refs/heads/main', 'origin/main');
  const commit = await bench.git('rev-parse', 'HEAD');

  const aborted = await abortIt(world);
  expect(aborted).toMatchObject({ ending: 'done', data: { movedTo: commit, holdsWork: false }, next: [`cxw rework ${TICKET} --refresh`] });
  expect(await bench.git('diff', '--cached', '--name-only')).toBe('');
  expect(await bench.git('ls-files', '--', 'tickets/records')).toBe('');
  expect(await bench.read('greeting.txt')).toBe('hello\n');
});

test('a hook that lets no branch move stops the delivery and the way back alike, and both go on without it', async () => {
  const given = await readyToBeHeld();
  const { bench, world, base } = given;
  await stagedOnly(given);
  expect(await bench.git('rev-parse', 'HEAD')).toBe(base);
  await serverHook(bench, 'pre-receive', 'exit 1');
  expect(codesOf(await deliverAgain(world))).toEqual(['push-rejected']);
  await hold(bench);
  const refused = await abortIt(world);
  expect(codesOf(refused)).toEqual(['branch-held']);
  expect(refused.problems[0]!.message).toContain('Not today.');
  expect(await bench.git('diff', '--cached', '--name-only')).toBe('');
  await letGo(bench);
  expect(await abortIt(world)).toMatchObject({ ending: 'done' });
  expect(await bench.git('rev-parse', 'HEAD')).toBe(base);
});

/** Pushed, and the remote did not answer afterwards. */
async function pushedAndGone(): ReturnType<typeof ready> {
  const given = await ready();
  await serverHook(given.bench, 'post-update', 'mv ../remote.git ../away.git');
  expect(codesOf(await deliverIt(given.world))).toEqual(['pushed-unconfirmed']);
  return given;
}

const isBack = async (bench: Workshop): Promise<void> => {
  await rename(join(bench.folder, 'away.git'), bench.remote);
  await rm(join(bench.remote, 'hooks/post-update'));
};

test('a commit that no remote took is undone also where the remote has moved: the old one cannot be asked', async () => {
  const { bench, world, base } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  const { data: { commit } } = await deliverIt(world);
  await rename(bench.remote, join(bench.folder, 'moved.git'));
  await rm(join(bench.folder, 'moved.git/hooks/pre-receive'));
  await bench.git('remote', 'set-url', 'origin', '../moved.git');
  const undone = await abortIt({ ...await worldOf(bench), private: world.private });
  expect(undone).toMatchObject({ ending: 'done', data: { undone: commit }, problems: [{ code: 'push-url-changed', severity: 'warning' }], next: [`cxw rework ${TICKET} --refresh`] });
  expect(await bench.git('rev-parse', 'HEAD')).toBe(base);
});

test('one that was sent without an answer is not: the remote that it went to is to be asked', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  await deliverIt(world);
  await world.private.saveChild(TICKET, { pid: 2 ** 22, started: new Date().toISOString() });
  await bench.git('remote', 'set-url', 'origin', '../moved.git');
  await expect(abortIt({ ...await worldOf(bench), private: world.private })).rejects.toMatchObject({ problem: { code: 'push-url-changed' } });
});

test('a delivery that was pushed is not undone on the word of another remote', async () => {
  const { bench, world } = await pushedAndGone();
  const url = await bench.git('remote', 'get-url', 'origin');
  await bench.git('clone', '--quiet', '--bare', '.', '../elsewhere/remote.git');
  await bench.git('-C', '../elsewhere/remote.git', 'update-ref', 'refs/heads/main', 'HEAD^');
  await bench.git('remote', 'set-url', 'origin', '../elsewhere/remote.git');
  expect(codesOf(await abortIt(world))).toEqual(['repository-altered']);
  await bench.git('remote', 'set-url', 'origin', url);
  await isBack(bench);
  expect(codesOf(await abortIt(world))).toEqual(['already-on-remote']);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

test.each<[string, (bench: Workshop) => Promise<unknown>, string[]]>([
  ['other credentials are given', (bench) => bench.git('config', 'credential.helper', 'store'), []],
  ['what was kept of the repository is lost, which is told', (bench) => bench.remove(`.git/cxw/tickets/${TICKET}/private/baseline.json`), ['settings-uncompared']],
])('a delivery that was pushed is confirmed for a person when meanwhile %s; an agent asks nobody', async (_, meanwhile, told) => {
  const { bench, world } = await pushedAndGone();
  await meanwhile(bench);
  await isBack(bench);
  const [byAgent, asked] = askedByAgent(world);
  expect(codesOf(await deliverAgain(byAgent))).toEqual([told.length === 0 ? 'repository-altered' : 'baseline-lost']);
  expect(codesOf(await abortIt(byAgent))).toEqual([told.length === 0 ? 'repository-altered' : 'baseline-lost']);
  expect(asked()).toBe(0);
  const outcome = await deliverAgain(world);
  expect(outcome).toMatchObject({ ending: 'done', data: { confirmed: true } });
  expect(outcome.problems.map(({ code }) => code)).toEqual(told);
});

/** The same world in an agent's hands, and how often the remote was asked in it. */
function askedByAgent(world: World): [World, () => number] {
  let asked = 0;
  const answer: World['git']['remote']['answer'] = async (...of) => { asked += 1; return world.git.remote.answer(...of); };
  return [{ ...world, session: { ...world.session, agent: 'claude' }, git: { ...world.git, remote: { ...world.git.remote, answer } } }, () => asked];
}

test.each([
  'http.proxy', 'http.curloptResolve', 'http.https://git.example.sslCAPath', 'core.sshCommand', 'core.gitProxy', 'remote.origin.uploadpack', 'remote.origin.proxy', 'protocol.file.allow',
])('a delivery that was pushed is confirmed by nobody to whom %s leads, whoever asks', async (key) => {
  const { bench, world } = await pushedAndGone();
  await isBack(bench);
  await bench.git('config', key, 'http://evil.example');
  const outcome = await deliverAgain(world);
  expect([codesOf(outcome), outcome.next]).toEqual([['repository-altered'], ['git config --list --show-origin', `cxw deliver ${TICKET}`]]);
  await bench.git('config', '--unset', key);
  expect(await deliverAgain(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

test('where nothing is kept to compare with, another push URL is told with the command that shows where it comes from', async () => {
  const { bench } = await pushedAndGone();
  await isBack(bench);
  await bench.remove(`.git/cxw/tickets/${TICKET}/private/baseline.json`);
  await bench.git('config', 'remote.origin.pushurl', '../elsewhere.git');
  const { problem } = await deliverAgain(await worldOf(bench)).then(() => undefined, (error: unknown) => error as any);
  expect(problem).toMatchObject({ code: 'push-url-changed', commands: ["git config --show-origin --get-regexp '^(remote|url)[.]'", 'git remote get-url --push --all origin'] });
  expect(await bench.git('config', '--show-origin', '--get-regexp', '^(remote|url)[.]')).toContain('file:.git/config\tremote.origin.pushurl');
});
