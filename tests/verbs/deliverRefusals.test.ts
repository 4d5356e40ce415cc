import { chmod, mkdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { deliver, type Walk } from '../../src/verbs/deliver.js';
import type { World } from '../../src/world/index.js';
import { abortIt, colleague, hook, localState, pushFrom, ready, serverHook } from '../support/delivering.js';
import { codesOf, deliverAgain, deliverIt, givenReady, readyWalk, takenAsFound, TICKET } from '../support/given.js';
import { Killed } from '../support/mortal.js';
import { story } from '../support/story.js';
import { processAt } from '../../src/world/processes.js';
import { run, workshop, type Workshop } from '../support/workshop.js';

const CASES: [code: string, disturb: (bench: Workshop) => Promise<unknown>, mend: (bench: Workshop) => Promise<unknown>][] = [
  ['detached-head', (bench) => bench.git('checkout', '--quiet', '--detach'), (bench) => bench.git('switch', '--quiet', 'main')],
  ['branch-switched', (bench) => bench.git('switch', '--quiet', '--create', 'other'), (bench) => bench.git('switch', '--quiet', 'main')],
  ['operation-in-progress', async (bench) => writeFile(join(bench.root, '.git/MERGE_HEAD'), `${await bench.git('rev-parse', 'HEAD')}\n`), (bench) => rm(join(bench.root, '.git/MERGE_HEAD'))],
  ['no-upstream', (bench) => bench.git('branch', '--unset-upstream'), (bench) => bench.git('push', '--quiet', '--set-upstream', 'origin', 'main')],
  ['upstream-name-differs', (bench) => bench.git('config', 'branch.main.merge', 'refs/heads/trunk'), (bench) => bench.git('push', '--quiet', '--set-upstream', 'origin', 'main')],
  ['upstream-local', (bench) => bench.git('config', 'branch.main.remote', '.'), (bench) => bench.git('push', '--quiet', '--set-upstream', 'origin', 'main')],
  ['ambiguous-target', (bench) => bench.git('config', 'branch.main.pushRemote', 'fork'), (bench) => bench.git('config', '--unset', 'branch.main.pushRemote')],
  ['several-push-urls', async (bench) => {
    await bench.git('remote', 'set-url', '--push', 'origin', bench.remote);
    await bench.git('remote', 'set-url', '--add', '--push', 'origin', '/elsewhere');
  }, (bench) => bench.git('config', '--unset-all', 'remote.origin.pushurl')],
  ['mirror-remote', (bench) => bench.git('config', 'remote.origin.mirror', 'true'), (bench) => bench.git('config', '--unset', 'remote.origin.mirror')],
  ['unknown-remote', (bench) => bench.git('config', 'branch.main.remote', 'nowhere'), (bench) => bench.git('push', '--quiet', '--set-upstream', 'origin', 'main')],
  // As `git push --set-upstream URL main` leaves it; mended by the command that is printed.
  ['upstream-is-url', (bench) => bench.git('config', 'branch.main.remote', 'https://ada:pw@host.example/x.git'), (bench) => bench.git('config', 'branch.main.remote', 'origin')],
  ['unsafe-remote-url', (bench) => bench.git('config', 'remote.origin.pushurl', 'ext::sh -c "touch pwned"'), (bench) => bench.git('config', '--unset', 'remote.origin.pushurl')],
  ['target-changed', async (bench) => {
    await bench.git('clone', '--quiet', '--bare', bench.remote, join(bench.folder, 'second.git'));
    await bench.git('config', 'remote.origin.pushurl', join(bench.folder, 'second.git'));
  }, (bench) => bench.git('config', '--unset', 'remote.origin.pushurl')],
  ['identity-missing', (bench) => writeFile(join(bench.folder, 'home/.gitconfig'), ''), (bench) => bench.git('config', 'user.name', 'Ada').then(() => bench.git('config', 'user.email', 'ada@example.org'))],
  ['git-locked', (bench) => writeFile(join(bench.root, '.git/index.lock'), ''), (bench) => rm(join(bench.root, '.git/index.lock'))],
  ['replace-refs', async (bench) => bench.git('replace', await bench.git('rev-parse', 'HEAD:other.txt'), await bench.git('rev-parse', 'HEAD:greeting.txt')),
    async (bench) => bench.git('replace', '--delete', await bench.git('rev-parse', 'HEAD:other.txt'))],
  ['remote-branch-missing', (bench) => bench.git('--git-dir', bench.remote, 'update-ref', '-d', 'refs/heads/main'), (bench) => bench.git('push', '--quiet', 'origin', 'main')],
  ['hidden-paths', (bench) => bench.git('update-index', '--assume-unchanged', 'greeting.txt'), (bench) => bench.git('update-index', '--no-assume-unchanged', 'greeting.txt')],
  ['stale-evidence', (bench) => bench.write('greeting.txt', 'hello!\n'), (bench) => bench.write('greeting.txt', 'hello\n')],
  ['records-changed', (bench) => bench.write(`tickets/records/${TICKET}/result.md`, 'all well\n'), async () => undefined],
  ['ignored-path', (bench) => bench.write('.git/info/exclude', 'tickets/\n'), (bench) => bench.write('.git/info/exclude', '')],
];

test.each(CASES)('refused: %s, with nothing changed; and delivered when it is mended', async (code, disturb, mend) => {
  const { bench, world } = await ready();
  const result = code === 'records-changed' ? await bench.read(`tickets/records/${TICKET}/result.md`) : '';
  await disturb(bench);
  const before = await localState(bench);
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toContain(code);
  expect(outcome).toMatchObject({ ending: 'refused' });
  expect(outcome.next.length).toBeGreaterThan(0);
  expect(await localState(bench)).toBe(before);
  if (code === 'records-changed') await bench.write(`tickets/records/${TICKET}/result.md`, result);
  await mend(bench);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', problems: [], data: { confirmed: true } });
});

test('rules that were never meant for records keep none of them out', async () => {
  const { bench, world } = await ready();
  await bench.write('.git/info/exclude', '*.txt\n*.md\n*.jsonl\n');
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', problems: [], data: { confirmed: true } });
  const delivered = await bench.git('ls-tree', '-r', '--name-only', 'HEAD', '--', `tickets/records/${TICKET}`);
  expect(delivered).toMatch(/ledger\.jsonl[^]*result\.md/);
});

test('a ticket that git ignores is told before anything is worked', async () => {
  const told = await story();
  await told.write('.git/info/exclude', 'tickets/\n');
  expect((await told.refused('ignored-path', 'advance', '--until-blocked')).data.state).toBe('source_lock_validated');
});

test('a branch whose name is not text is told as what it is, and its ticket goes on once it has another', async () => {
  const told = await story();
  await run('sh', ['-c', `git branch -m "$(printf 'caf\\351')" && git push --quiet --set-upstream origin HEAD`], { cwd: told.root, env: told.env });
  const { problems, next } = await told.refused('branch-not-text', 'advance', '--until-blocked');
  expect(problems.map(({ code }: { code: string }) => code)).toEqual(['branch-not-text']);
  expect(next).toEqual(['git branch -m NEW-NAME']);
  await told.git('branch', '-m', 'main');
  await told.git('push', '--quiet', '--set-upstream', 'origin', 'main');
  expect((await told.refused('no-change', 'advance', '--until-blocked')).data.state).toBe('writer_assigned');
});

test('a branch that moved or is ahead is refused by name, and private commits are listed, not pushed', async () => {
  const { bench, world } = await ready();
  await bench.git('commit', '--quiet', '--allow-empty', '--message', 'Private thoughts');
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual(['head-moved']);
  expect(outcome.problems[0]!.message).toContain('Private thoughts');
});

test('several reasons are told at once', async () => {
  const { bench, world } = await ready();
  await bench.git('config', 'remote.origin.mirror', 'true');
  await bench.write('greeting.txt', 'hello!\n');
  await bench.git('update-index', '--skip-worktree', 'greeting.txt');
  expect(codesOf(await deliverIt(world))).toEqual(expect.arrayContaining(['mirror-remote', 'stale-evidence', 'hidden-paths']));
});

test('a remote that moved is refused twice, and its commits are never merged', async () => {
  const { bench, world } = await ready();
  const git = await colleague(bench);
  await pushFrom(git, 'Bump version');
  const first = await deliverIt(world);
  expect(codesOf(first)).toEqual(['remote-moved']);
  expect(first.next).toEqual(['git pull --ff-only origin main', `cxw rework ${TICKET} --refresh`]);
  await bench.git('fetch', '--quiet');
  const second = await deliverIt(world);
  expect(codesOf(second)).toEqual(['remote-moved']);
  expect(second.problems[0]!.message).toContain('Bump version');
  await bench.git('pull', '--quiet', '--ff-only', 'origin', 'main');
  expect(codesOf(await deliverIt(world))).toEqual(['head-moved']);
});

test('a remote that moved is pulled from where it is pushed to, when git fetches from a mirror that lags behind', async () => {
  const { bench, world } = await ready({}, async (shop) => {
    await shop.git('clone', '--quiet', '--bare', shop.remote, '../mirror.git');
    await shop.git('config', 'remote.origin.pushurl', shop.remote);
    await shop.git('config', 'remote.origin.url', join(shop.folder, 'mirror.git'));
  });
  await pushFrom(await colleague(bench), 'Bump version');
  const { problems, next } = await deliverIt(world);
  expect(problems.map(({ code }) => code)).toEqual(['remote-moved']);
  expect(await run('sh', ['-ec', next[0]!], { cwd: bench.root, env: bench.env })).toMatchObject({ exit: 0 });
  expect(await bench.git('log', '-1', '--format=%s')).toBe('Bump version');
  expect(codesOf(await deliverIt(world))).toEqual(['head-moved']);
});

test('moved between commit and push: the commit stays local, and abort undoes it without touching a file', async () => {
  const { bench, world, base } = await ready();
  const git = await colleague(bench);
  await git('commit', '--quiet', '--allow-empty', '--message', 'Meanwhile');
  await hook(bench, 'post-commit', `git -C ${join(bench.folder, 'colleague')} push --quiet`);
  const before = await localState(bench);
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual(['remote-unknown']);
  await bench.git('fetch', '--quiet');
  expect(codesOf(await deliverIt(world))).toEqual(['remote-moved']);
  expect(await abortIt(world)).toMatchObject({ ending: 'done', data: { state: 'context_curated', undone: outcome.data.commit } });
  expect(await bench.git('rev-parse', 'HEAD')).toBe(base);
  expect((await localState(bench)).replace(/\? tickets\/records\/.*ledger.jsonl\n?/g, '')).toBe(before.trimEnd());
  expect(codesOf(await abortIt(world))).toEqual(['nothing-to-abort']);
});

test('an answer that is lost after the update is settled by asking', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'post-receive', 'kill -9 $PPID');
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

test('a push that the server refuses leaves the commit local, and the next run pushes it', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'pre-receive', 'echo "main is \x1b[31mprotected" >&2; exit 1');
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual(['push-rejected']);
  expect(outcome.problems.at(-1)!.message).toContain('protected');
  await rm(join(bench.remote, 'hooks/pre-receive'));
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { commit: outcome.data.commit } });
});

test('a remote that cannot be asked after the push leaves the delivery waiting, and the next run confirms it', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'post-update', `mv ${bench.remote} ${bench.remote}.away`);
  const outcome = await deliverIt(world);
  expect(outcome).toMatchObject({ ending: 'waiting', data: { commit: await bench.git('rev-parse', 'HEAD') }, next: [`cxw deliver ${TICKET}`] });
  expect(codesOf(outcome)).toEqual(['pushed-unconfirmed']);
  await bench.git('--git-dir', `${bench.remote}.away`, 'config', 'core.bare', 'true');
  await run('mv', [`${bench.remote}.away`, bench.remote], {});
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { commit: outcome.data.commit, confirmed: true } });
});

test('a remote that cannot be asked before the push is a failure of the world', async () => {
  const { bench, world } = await ready();
  await run('mv', [bench.remote, `${bench.remote}.away`], {});
  await expect(deliverIt(world)).rejects.toMatchObject({ exit: 6, problem: { code: 'remote-unreachable' } });
});

/** Somebody pushes on top of every push, at once. */
const ON_TOP = `
while read old new ref; do
  unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
  on=$(git -c user.name=Kim -c user.email=kim@example.org commit-tree -p $new -m 'On top' $new^{tree})
  git update-ref $ref $on $new
done`;

test('a history that was cut off tells nothing of what is below it: neither delivered nor undone, and the command that is shown makes it whole', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'post-receive', ON_TOP);
  const { data } = await deliverIt(world);
  await bench.git('fetch', '--quiet', '--depth=1');
  const cutOff = await deliverIt(world);
  expect(codesOf(cutOff)).toEqual(['remote-cut-off']);
  expect(codesOf(await abortIt(world))).toEqual(['remote-cut-off']);
  expect(await bench.git('rev-parse', 'HEAD')).toBe(data.commit);
  await run('sh', ['-c', `${cutOff.problems[0]!.commands[0]}`], { cwd: bench.root, env: bench.env });
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true, commit: data.commit } });
});

test('a commit that somebody built upon is delivered, and said to be superseded', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'post-receive', ON_TOP);
  const first = await deliverIt(world);
  expect(codesOf(first)).toEqual(['remote-unknown']);
  await bench.git('fetch', '--quiet');
  const second = await deliverIt(world);
  expect(second).toMatchObject({ ending: 'done', data: { confirmed: true, superseded: await bench.git('rev-parse', 'origin/main') } });
});

test('a rewritten commit is refused by name, and the ways on lead back', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  const outcome = await deliverIt(world);
  await bench.git('commit', '--quiet', '--amend', '--no-edit', '--date', '2020-01-01T00:00:00Z');
  const refused = await deliverIt(world);
  expect(codesOf(refused)).toEqual(['commit-rewritten']);
  const [first] = refused.problems[0]!.commands;
  await bench.git(...first!.split(' ').slice(1));
  expect(await abortIt(world)).toMatchObject({ ending: 'done' });
  await rm(join(bench.remote, 'hooks/pre-receive'));
  const again = await deliverIt(world);
  expect(again).toMatchObject({ ending: 'done', data: { confirmed: true } });
  expect(again.data.commit).not.toBe(outcome.data.commit);
});

test('a commit of somebody else that copied the message is not taken for the rewritten one, and nothing offers to undo it', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  const { data: { commit: ours } } = await deliverIt(world);
  const base = await bench.git('rev-parse', 'HEAD^');
  const copied = await bench.git('commit-tree', `${base}^{tree}`, '-p', base, '-m', await bench.git('log', '-1', '--format=%B', ours!));
  await bench.git('update-ref', 'refs/heads/main', copied);
  const refused = await deliverIt(world);
  expect(codesOf(refused)).toEqual(['branch-moved']);
  expect(refused.problems[0]!.commands.filter((command) => command.includes('reset'))).toEqual([]);
  // Whoever has the ticket's records in a commit of theirs, with other facts in them, rewrote nothing of ours either.
  await bench.write(`tickets/records/${TICKET}/ledger.jsonl`, 'theirs\n');
  await bench.git('commit', '--quiet', '--only', '--message', 'Theirs', '--', `tickets/records/${TICKET}/ledger.jsonl`);
  expect(codesOf(await deliverIt(world))).toEqual(['branch-moved']);
});

test('a forged tracking ref is not believed', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  await deliverIt(world);
  await bench.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  expect(codesOf(await deliverIt(world))).toEqual(['push-rejected']);
});

test.each([
  ['hook-rejected', 'pre-commit', 'echo "two errors"; exit 1'],
  ['hook-changed-tree', 'pre-commit', 'echo formatted > greeting.txt; git add greeting.txt; echo hello > greeting.txt'],
  ['hook-swept', 'pre-commit', 'git add --all'],
  ['hook-touched-work', 'pre-commit', 'echo mine > other.txt'],
  ['hook-rejected', 'commit-msg', 'exit 3'],
  ['hook-changed-message', 'commit-msg', 'echo "Mine alone" > "$1"'],
  ['hook-timed-out', 'pre-commit', 'sleep 60'],
])('%s: caught before branch and index are touched (%s)', async (code, name, script) => {
  const { bench, world, base } = await ready({ timeout: 5 });
  await bench.write('private.txt', 'p\n');
  await bench.write('other.txt', 'being edited\n');
  await hook(bench, name, script);
  const index = await bench.git('ls-files', '--stage', '-v');
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toContain(code);
  expect(await bench.git('rev-parse', 'HEAD')).toBe(base);
  expect(await bench.git('ls-files', '--stage', '-v')).toBe(index);
  expect(outcome.problems.at(-1)!.commands.length).toBeGreaterThan(0);
  await rm(join(bench.root, '.git/hooks', name));
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

/** A world in which whoever runs a hook is killed before the hook's work is judged. */
function killedInHook(world: World): World {
  const { hooks } = world.git;
  const run = async (...call: Parameters<typeof hooks.run>): Promise<never> => { await hooks.run(...call); throw new Killed(); };
  return { ...world, git: { ...world.git, hooks: new Proxy(hooks, { get: (all, key) => (key === 'run' ? run : Reflect.get(all, key)) }) } };
}

test('a copy of what a hook overwrote is named', async () => {
  const { bench, world } = await ready();
  await bench.write('other.txt', 'hours of work\n');
  await hook(bench, 'pre-commit', 'echo gone > other.txt');
  const outcome = await deliverIt(world);
  const copy = /other\.txt: (\S+)/.exec(outcome.problems.find((problem) => problem.code === 'hook-touched-work')!.message)![1]!;
  expect((await run('cat', [copy], {})).stdout).toBe('hours of work\n');
});

test('a hook that was killed half-way and harmed nothing is not spoken of', async () => {
  const { bench, world } = await ready();
  await bench.write('other.txt', 'hours of work\n');
  await hook(bench, 'pre-commit', 'exit 0');
  await expect(deliverIt(killedInHook(world))).rejects.toThrow(Killed);
  expect(await deliverAgain(world)).toMatchObject({ ending: 'done', problems: [] });
});

test('what a hook took away when it was killed half-way is told once, with the copies', async () => {
  const { bench, world } = await ready();
  await bench.write('other.txt', 'hours of work\n');
  await hook(bench, 'pre-commit', 'test -e .git/stashed || { git diff > .git/stashed; git checkout -- other.txt; }');
  await expect(deliverIt(killedInHook(world))).rejects.toThrow(Killed);
  const [told] = (await deliverAgain(world)).problems;
  expect(told).toMatchObject({ code: 'hook-touched-work', message: expect.stringContaining('other.txt: ') });
  await bench.git('apply', '.git/stashed');
  expect(await deliverAgain(world)).toMatchObject({ ending: 'done', problems: [] });
  expect(await bench.read('other.txt')).toBe('hours of work\n');
});

test('well-behaved hooks run and may add trailers; a failing post-commit hook is only told', async () => {
  const { bench, world } = await ready();
  await hook(bench, 'pre-commit', 'test "$(git diff --cached --name-only -- greeting.txt)" = greeting.txt && git diff --quiet -- greeting.txt');
  await hook(bench, 'prepare-commit-msg', 'echo "Signed-off-by: Ada <ada@example.org>" >> "$1"');
  await hook(bench, 'post-commit', 'echo sorry >&2; exit 1');
  const outcome = await deliverIt(world);
  expect(outcome).toMatchObject({ ending: 'done' });
  expect(outcome.problems).toMatchObject([{ code: 'post-commit-failed', severity: 'warning' }]);
  expect(await bench.git('log', '-1', '--format=%(trailers:key=Signed-off-by,valueonly)')).toContain('Ada');
});

test('hooks are skipped when the policy says so, and refused over unfinished work when it says so', async () => {
  const skipping = await ready({ hooks: 'skip' });
  await hook(skipping.bench, 'pre-commit', 'exit 1');
  expect(await deliverIt(skipping.world)).toMatchObject({ ending: 'done' });
  const careful = await ready({ hooks: 'refuse-if-dirty' });
  await hook(careful.bench, 'pre-commit', 'exit 0');
  await careful.bench.write('other.txt', 'unfinished\n');
  expect(codesOf(await deliverIt(careful.world))).toEqual(['hooks-with-dirty-work']);
  await careful.bench.write('other.txt', 'o\n');
  expect(await deliverIt(careful.world)).toMatchObject({ ending: 'done' });
});

test('hooks of a configuration that GIT_CONFIG_GLOBAL names judge a delivery as they judge a commit', async () => {
  const { bench, world } = await ready({}, async (shop) => {
    await run('git', ['config', '--global', 'core.hooksPath', join(shop.folder, 'hooks')], { env: shop.env });
    await run('mv', [join(shop.folder, 'home/.gitconfig'), join(shop.folder, 'configuration')], {});
    shop.env['GIT_CONFIG_GLOBAL'] = join(shop.folder, 'configuration');
    await shop.write('../hooks/pre-commit', '#!/bin/sh\necho "not here"\nexit 1\n');
    await chmod(join(shop.folder, 'hooks/pre-commit'), 0o755);
  });
  const before = await bench.git('rev-parse', 'HEAD');
  expect(await deliverIt(world)).toMatchObject({ ending: 'refused', problems: [{ code: 'hook-rejected', facts: { hook: 'pre-commit', said: 'not here' } }] });
  expect(await bench.git('rev-parse', 'HEAD')).toBe(before);
});

test('a hook that takes away the one that would judge after it does not get past it', async () => {
  const { bench, world } = await ready({}, async (shop) => {
    await hook(shop, 'pre-commit', 'rm -f .git/hooks/commit-msg');
    await hook(shop, 'commit-msg', 'exit 1');
  });
  const before = await bench.git('rev-parse', 'HEAD');
  expect(await deliverIt(world)).toMatchObject({ ending: 'refused', problems: [{ code: 'hook-rejected', facts: { hook: 'commit-msg' } }] });
  expect(await bench.git('rev-parse', 'HEAD')).toBe(before);
});

test('a hook that edits a delivered file is told beside the delivery: the edit is in the worktree alone', async () => {
  const bench = await workshop({ 'greeting.txt': 'old\n' });
  await hook(bench, 'pre-commit', 'echo formatted > greeting.txt');
  await bench.write('greeting.txt', 'hello\n');
  const { world } = await givenReady(bench, { files: ['greeting.txt'] });
  const outcome = await deliverIt(world);
  expect(outcome).toMatchObject({ ending: 'done', problems: [{ code: 'hook-edited-delivered', severity: 'warning', facts: { hook: 'pre-commit', paths: ['greeting.txt'] } }] });
  expect([await bench.git('show', 'HEAD:greeting.txt'), await bench.read('greeting.txt')]).toEqual(['hello', 'formatted\n']);
});

test('a post-commit hook that commits stops the delivery before the push', async () => {
  const { bench, world } = await ready();
  await hook(bench, 'post-commit', 'test -e .git/once || { touch .git/once; git commit --quiet --allow-empty --message "Hook was here"; }');
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual(['branch-moved']);
  expect(outcome.problems[0]!.message).toContain('Hook was here');
  expect(codesOf(await abortIt(world))).toEqual(['built-upon']);
  await bench.git('push', '--quiet', 'origin', 'main');
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

test('a post-commit hook that amends stops the delivery, and no command publishes what it made of the commit', async () => {
  const { bench, world, base } = await ready();
  await hook(bench, 'post-commit', 'test -e .git/once || { touch .git/once; git commit --quiet --amend --no-verify --message "Bumped"; }');
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual(['commit-rewritten']);
  expect(outcome.problems[0]!.commands).toEqual([`git reset --soft ${(await bench.git('rev-parse', 'HEAD')).slice(0, 12)}^`, `cxw abort ${TICKET}`, `cxw deliver ${TICKET}`]);
  expect(await bench.git('--git-dir', bench.remote, 'rev-parse', 'main')).toBe(base);
  await bench.git('reset', '--quiet', '--soft', 'HEAD^');
  expect(await abortIt(world)).toMatchObject({ ending: 'done' });
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

test('what somebody staged meanwhile in a delivered path is not overwritten', async () => {
  const { bench, world } = await ready();
  await hook(bench, 'pre-commit', 'exit 1');
  await deliverIt(world);
  await rm(join(bench.root, '.git/hooks/pre-commit'));
  const blob = await bench.git('hash-object', '-w', 'other.txt');
  await bench.git('update-index', '--cacheinfo', `100644,${blob},greeting.txt`);
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual(['index-changed']);
  await bench.git('--literal-pathspecs', 'add', '--', 'greeting.txt');
  expect(await deliverIt(world)).toMatchObject({ ending: 'done' });
});

test('delivery mode commit ends with a local commit and says so; mode none with nothing', async () => {
  const local = await ready({ mode: 'commit' });
  const before = await local.bench.git('--git-dir', local.bench.remote, 'rev-parse', 'main');
  expect(await deliverIt(local.world)).toMatchObject({ ending: 'done', data: { mode: 'commit', commit: await local.bench.git('rev-parse', 'HEAD'), confirmed: false } });
  expect(await local.bench.git('--git-dir', local.bench.remote, 'rev-parse', 'main')).toBe(before);
  const none = await ready({ mode: 'none' });
  const outcome = await deliverIt(none.world);
  expect(outcome).toMatchObject({ ending: 'done', data: { mode: 'none', state: 'done' } });
  expect(outcome.data.commit).toBeUndefined();
  expect(await none.bench.git('rev-parse', 'HEAD')).toBe(none.base);
});

test('a dry run tells what would happen and writes nothing', async () => {
  const { bench, world, delivered } = await ready();
  const before = await localState(bench);
  const facts = (await world.ledger.read(TICKET)).facts.length;
  const outcome = await deliverIt(world, true);
  expect(outcome).toMatchObject({ ending: 'done', data: { state: 'context_curated' }, next: [`cxw deliver ${TICKET}`] });
  expect([...outcome.data.wouldDeliver!].sort()).toEqual([...delivered].sort());
  expect(await localState(bench)).toBe(before);
  expect((await world.ledger.read(TICKET)).facts).toHaveLength(facts);
});

test('a feature branch with an upstream of its own is delivered there, and a pull request is named as the next thing', async () => {
  const bench = await workshop({ 'greeting.txt': 'old\n' });
  await bench.git('switch', '--quiet', '--create', 'feature');
  await bench.git('push', '--quiet', '--set-upstream', 'origin', 'feature');
  await bench.write('greeting.txt', 'hello\n');
  const { world, base } = await givenReady(bench, { files: ['greeting.txt'] });
  const outcome = await deliverIt(world);
  expect(outcome).toMatchObject({ ending: 'done', data: { branch: 'refs/heads/feature', target: { ref: 'refs/heads/feature' } } });
  expect(outcome.problems.map((problem) => problem.code)).toEqual(['integrate-next']);
  expect(await bench.git('--git-dir', bench.remote, 'rev-parse', 'main')).toBe(base);
});

test('what was never committed can be aborted too, and then delivered', async () => {
  const { bench, world } = await ready();
  const before = await bench.git('ls-files', '--stage', '-v');
  await hook(bench, 'commit-msg', 'exit 1');
  await deliverIt(world);
  expect(await abortIt(world)).toMatchObject({ ending: 'done', data: { restored: 0 } });
  expect(await bench.git('ls-files', '--stage', '-v')).toBe(before);
  await rm(join(bench.root, '.git/hooks/commit-msg'));
  expect(await deliverIt(world)).toMatchObject({ ending: 'done' });
  expect(codesOf(await abortIt(world))).toEqual(['nothing-to-abort']);
});

test('what is on the remote is not undone', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'post-update', `mv ${bench.remote} ${bench.remote}.away`);
  await deliverIt(world);
  await run('mv', [`${bench.remote}.away`, bench.remote], {});
  await rm(join(bench.remote, 'hooks/post-update'));
  expect(codesOf(await abortIt(world))).toEqual(['already-on-remote']);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done' });
});

test('several deliveries at once, even without the lock, make one commit', async () => {
  const { bench, world, base } = await ready();
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => deliverIt(world)));
  expect(outcomes.some((outcome) => outcome.status === 'fulfilled' && outcome.value.ending === 'done')).toBe(true);
  const last = await deliverIt(world);
  expect(last).toMatchObject({ ending: 'done', data: { confirmed: true } });
  expect(await bench.git('rev-parse', 'HEAD', 'HEAD^')).toBe(`${last.data.commit}\n${base}`);
  expect(await bench.git('--git-dir', bench.remote, 'rev-parse', 'main')).toBe(last.data.commit);
});

test('a push that outlived its run is waited for, also where there is no `ps`', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  await deliverIt(world);
  await serverHook(bench, 'pre-receive', 'sleep 2');
  const commit = await bench.git('rev-parse', 'HEAD');
  const orphan = run('git', ['push', '--quiet', 'origin', `${commit}:refs/heads/main`], { cwd: bench.root, env: bench.env });
  const { stdout } = await run('pgrep', ['-f', `push --quiet origin ${commit}`], {});
  await world.private.saveChild(TICKET, processAt(Number(stdout.split('\n')[0]))!);
  vi.stubEnv('PATH', '/nowhere');
  expect(await deliverIt(world).finally(() => vi.unstubAllEnvs())).toMatchObject({ ending: 'done', data: { commit } });
  expect((await orphan).exit).toBe(0);
});

test('everything that the states before demanded is demanded again: time has passed since', async () => {
  const { bench, world } = await ready();
  const refused = async (): Promise<string[]> => codesOf(await deliverAgain(world));
  await bench.write('.git/hooks/commit-msg', '#!/bin/sh\nexit 0\n');
  expect(await refused()).toEqual(['repository-altered']);
  await bench.remove('.git/hooks/commit-msg');
  await bench.write('stray.txt', 'came later\n');
  expect(await refused()).toEqual(['outside-scope']);
  await bench.remove('stray.txt');
  const ticket = await bench.read(`tickets/${TICKET}.yaml`);
  await bench.write(`tickets/${TICKET}.yaml`, ticket.replace('Greet', 'Insult'));
  expect(await refused()).toContain('ticket-edited');
  await bench.write(`tickets/${TICKET}.yaml`, ticket);
  expect(await deliverAgain(world)).toMatchObject({ ending: 'done' });
});

const LEDGER = `tickets/records/${TICKET}/ledger.jsonl`;
const UPPER = ['config', 'filter.up.clean', 'tr a-z A-Z'];

test.each<[string, path: string, source: RegExp, (bench: Workshop) => Promise<unknown>, mend: (bench: Workshop) => Promise<unknown>]>([
  ['a filter of this clone on the ledger', LEDGER, / info\/attributes/, (bench) => bench.write('.git/info/attributes', '*.jsonl filter=up\n'), (bench) => bench.write('.git/info/attributes', '*.jsonl filter=up\n/tickets/** -filter\n')],
  ['a filter of this clone on a record', 'result.md', / info\/attributes/, (bench) => bench.write('.git/info/attributes', 'result.md filter=up\n'), (bench) => bench.remove('.git/info/attributes')],
  ['a filter on tickets', `${TICKET}.yaml`, / tickets\/\.gitattributes/, (bench) => bench.write('tickets/.gitattributes', '*.yaml filter=up\n'), (bench) => bench.remove('tickets/.gitattributes')],
])('evidence that git would commit as something else is refused before anything is committed: %s', async (_, path, source, disturb, mend) => {
  const { bench, world, base } = await ready();
  await bench.git(...UPPER);
  await disturb(bench);
  const facts = (await world.ledger.read(TICKET)).facts.length;
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual(['evidence-rewritten']);
  expect(outcome.problems.at(-1)!.message).toContain(path);
  expect(outcome.problems.at(-1)!.message).toMatch(source);
  expect((await world.ledger.read(TICKET)).facts).toHaveLength(facts);
  expect(await bench.git('rev-parse', 'HEAD')).toBe(base);
  await mend(bench);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
  expect(await bench.git('show', `HEAD:${LEDGER}`)).toBe((await bench.read(LEDGER)).trim());
});

const PLAN = `tickets/records/${TICKET}/plan.md`;
const plainly = (bench: Workshop, path: string): Promise<void> => chmod(join(bench.root, path), 0o644);

test.each([PLAN, `tickets/${TICKET}.yaml`])('evidence that became executable is refused with the command that takes that away: %s', async (path) => {
  const { bench, world } = await ready();
  await bench.executable(path);
  const outcome = await deliverIt(world);
  expect([codesOf(outcome), outcome.next]).toEqual([['evidence-executable'], [`chmod -x -- ${path}`, `cxw deliver ${TICKET}`]]);
  await plainly(bench, path);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

test('of evidence that the base has as an executable file, a record is refused, and a ticket is not', async () => {
  const first = (await ready()).bench;
  const TICKET_FILE = `tickets/${TICKET}.yaml`;
  const texts = await Promise.all([PLAN, TICKET_FILE].map(async (path) => [path, await first.read(path)] as const));
  const { bench, world } = await ready({}, async (shop) => {
    for (const [path, text] of texts) {
      await shop.write(path, text);
      await shop.executable(path);
    }
    await shop.git('add', 'tickets');
    await shop.git('commit', '--quiet', '--message', 'Evidence by hand');
    await shop.git('push', '--quiet');
  });
  for (const [path, text] of texts) {
    await bench.executable(path);
    expect(await bench.read(path)).toBe(text);
  }
  expect((await deliverIt(world)).problems).toMatchObject([{ code: 'evidence-executable', facts: { paths: [PLAN] } }]);
  await plainly(bench, PLAN);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
  expect(await bench.git('ls-tree', 'HEAD', PLAN)).toMatch(/^100644/);
});

test('a folder that comes to stand where the facts are sealed, after all was looked at, stops the delivery before it begins', async () => {
  const { bench, world } = await ready();
  let looks = 0;
  const obstacle: World['files']['obstacle'] = async (path) => {
    if (path === LEDGER && ++looks === 2) await mkdir(join(bench.root, LEDGER));
    return world.files.obstacle(path);
  };
  expect(codesOf(await deliverIt({ ...world, files: { ...world.files, obstacle } }))).toEqual(['not-a-file']);
  await rmdir(join(bench.root, LEDGER));
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

test('a finding that is open by now stops it, whatever was open when its state was entered', async () => {
  const { world } = await ready();
  const walk: Walk = async (until) => {
    const walked = await readyWalk(world)(until);
    if (walked.ok) walked.run.openFindings.push({ id: 'F1', severity: 'blocking', actual: 'wrong' } as (typeof walked.run.openFindings)[number]);
    return walked;
  };
  await takenAsFound(world);
  expect(codesOf(await deliver(world, { ticket: TICKET, actor: { role: 'deliverer', name: 'Ada' }, dryRun: false }, walk))).toEqual(['findings-open']);
});
