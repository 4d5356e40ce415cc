import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Draft, Fact } from '../../src/domain/facts.js';
import { orderFaults, type OrderFault } from '../../src/domain/verification/order.js';
import { openPaint } from '../../src/output/paint.js';
import { deliverText } from '../../src/output/text/deliver.js';
import { statusText } from '../../src/output/text/status.js';
import { deliver, type DeliverData, type Walk } from '../../src/verbs/deliver.js';
import { deliverTicket } from '../../src/verbs/deliverTicket.js';
import { status } from '../../src/verbs/status.js';
import type { World } from '../../src/world/index.js';
import { abortIt, colleague, hook, localState, pushFrom, ready, serverHook } from '../support/delivering.js';
import { worldOf } from '../support/inside.js';
import { codesOf, deliverAgain, deliverIt, givenReady, readyWalk, takenAsFound, TICKET } from '../support/given.js';
import { Killed } from '../support/mortal.js';
import { run, workshop, type Workshop } from '../support/workshop.js';

const move = (from: string, to: string): Promise<unknown> => run('mv', [from, to], {});

/** The remote goes away as soon as it has taken the push. */
async function pushedAndUnasked(): Promise<Awaited<ReturnType<typeof ready>> & { commit: string }> {
  const given = await ready();
  const { bench } = given;
  await serverHook(bench, 'post-update', `mv ${bench.remote} ${bench.remote}.away`);
  expect(codesOf(await deliverIt(given.world))).toEqual(['pushed-unconfirmed']);
  await move(`${bench.remote}.away`, bench.remote);
  return { ...given, commit: await bench.git('rev-parse', 'HEAD') };
}

const paint = await openPaint({ colour: false, unicode: true });
const view = { paint, unicode: true, width: 80, agent: false, done: true };
/** What a person reads of it. */
const textOf = (data: DeliverData): string => deliverText(data, view).join('\n');

/** Killed when it is about to remember that this state was entered. */
const mortalAt = (world: World, state: string): World => ({ ...world, ledger: { ...world.ledger, append: async (ticket, view, drafts) => {
  if (drafts.some((draft) => draft.kind === 'entered' && draft.state === state)) throw new Killed();
  return world.ledger.append(ticket, view, drafts);
} } });

test('a dry run in mid-delivery tells what is still to come, or why it does not go on, and writes nothing', async () => {
  const { bench, world, delivered } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  await deliverIt(world);
  const before = await localState(bench);
  const facts = (await world.ledger.read(TICKET)).facts.length;

  const outcome = await deliverAgain(world, true);
  expect(outcome).toMatchObject({ ending: 'done', data: { state: 'committed' }, next: [`cxw deliver ${TICKET}`] });
  expect([...outcome.data.wouldDeliver!].sort()).toEqual([...delivered].sort());
  await bench.git('switch', '--quiet', '--create', 'other');
  expect(codesOf(await deliverAgain(world, true))).toEqual(['branch-switched']);
  await bench.git('switch', '--quiet', 'main');
  await bench.git('branch', '--quiet', '-D', 'other');
  expect(await localState(bench)).toBe(before);
  expect((await world.ledger.read(TICKET)).facts).toHaveLength(facts);

  await rm(join(bench.remote, 'hooks/pre-receive'));
  const { data } = await deliverIt(world);
  expect(await deliverAgain(world, true)).toMatchObject({ ending: 'done', data: { already: true, commit: data.commit } });
});

test('a dry run of what cannot be delivered, or by the policy is not, says so', async () => {
  const refused = await ready();
  await refused.bench.git('config', 'remote.origin.mirror', 'true');
  expect(codesOf(await deliverIt(refused.world, true))).toEqual(['mirror-remote']);
  const { world } = await ready({ mode: 'none' });
  expect(await deliverIt(world, true)).toMatchObject({ ending: 'done', data: { state: 'context_curated', wouldDeliver: [] } });
});

test('on another branch in mid-delivery, the branch that is meant is looked at, and nothing happens to either', async () => {
  const { bench, world, base } = await ready();
  await hook(bench, 'pre-commit', 'test -e .git/open');
  await deliverIt(world);
  await bench.write('.git/open', '');
  await bench.git('switch', '--quiet', '--create', 'other');
  expect(codesOf(await deliverAgain(world))).toEqual(['branch-switched']);
  expect(codesOf(await abortIt(world))).toEqual(['branch-switched']);
  expect(await bench.git('rev-parse', 'main', 'other')).toBe(`${base}\n${base}`);
});

test('a branch that goes on before there is a commit, and a remote that loses it afterwards, are told', async () => {
  const { bench, world, base } = await ready();
  await hook(bench, 'pre-commit', 'test -e .git/open');
  await deliverIt(world);
  await bench.write('.git/open', '');
  await bench.git('commit', '--quiet', '--allow-empty', '--message', 'Went on');
  const moved = await deliverAgain(world);
  expect(codesOf(moved)).toEqual(['branch-moved']);
  expect(moved.problems[0]!.message).toContain('Went on');
  await bench.git('update-ref', 'refs/heads/main', base);
  await serverHook(bench, 'pre-receive', 'exit 1');
  expect(codesOf(await deliverAgain(world))).toEqual(['push-rejected']);
  await bench.git('--git-dir', bench.remote, 'update-ref', '-d', 'refs/heads/main');
  expect(codesOf(await deliverAgain(world))).toEqual(['remote-branch-missing']);
});

/** The remote refuses the commit once, and a colleague pushes before it is pushed again. */
async function overtaken(): Promise<Workshop & { world: World; commit: string }> {
  const { bench, world } = await ready();
  const git = await colleague(bench);
  await serverHook(bench, 'pre-receive', 'exit 1');
  const { data } = await deliverIt(world);
  await rm(join(bench.remote, 'hooks/pre-receive'));
  await pushFrom(git, 'Meanwhile');
  return { ...bench, world, commit: data.commit! };
}

const PUSH_AND_DELIVER = ['git push origin main', `cxw deliver ${TICKET}`];

test('commits of the remote that a person merges into the branch are told as being there, and a push of the branch finishes the delivery', async () => {
  const { world, git, commit } = await overtaken();
  await git('pull', '--quiet', '--no-rebase', '--no-edit');
  const merged = await deliverAgain(world);
  expect([codesOf(merged), merged.next]).toEqual([['branch-moved'], PUSH_AND_DELIVER]);
  const kept = await abortIt(world);
  expect([codesOf(kept), kept.next.at(-1)]).toEqual([['built-upon'], `cxw deliver ${TICKET}`]);
  await git('push', '--quiet', 'origin', 'main');
  expect(await deliverAgain(world)).toMatchObject({ ending: 'done', data: { commit, superseded: await git('rev-parse', 'HEAD') } });
});

test('a branch that was built upon and a remote that went on are merged by the person, and then the delivery is finished', async () => {
  const { world, git, commit } = await overtaken();
  await git('commit', '--quiet', '--allow-empty', '--message', 'Upon it');
  await git('fetch', '--quiet');
  const apart = await deliverAgain(world);
  expect([codesOf(apart), apart.problems[0]!.commands]).toEqual([['both-moved'], ['git pull --no-rebase origin main', ...PUSH_AND_DELIVER]]);
  await git('pull', '--quiet', '--no-rebase', '--no-edit', 'origin', 'main');
  await git('push', '--quiet', 'origin', 'main');
  expect(await deliverAgain(world)).toMatchObject({ ending: 'done', data: { commit } });
});

test('a remote that was set back behind the parent is not said to have more than the branch', async () => {
  const { bench, world, base } = await ready({}, async ({ git }) => {
    await git('commit', '--quiet', '--allow-empty', '--message', 'Taken away later');
    await git('push', '--quiet');
  });
  await serverHook(bench, 'pre-receive', 'exit 1');
  await deliverIt(world);
  await bench.git('--git-dir', bench.remote, 'update-ref', 'refs/heads/main', `${base}^`);
  const back = await deliverAgain(world);
  expect(codesOf(back)).toEqual(['remote-went-back']);
  const [log, abort, ...onward] = back.problems[0]!.commands;
  expect([log, abort, onward]).toEqual([expect.stringContaining('git log --oneline '), `cxw abort ${TICKET}`, PUSH_AND_DELIVER]);

  // Nor is the push offered at once that would publish it again below a commit of ours, and no undoing that would be refused.
  await bench.git('commit', '--quiet', '--allow-empty', '--message', 'Upon it');
  const under = await deliverAgain(world);
  expect([codesOf(under), under.problems[0]!.commands]).toEqual([['remote-went-back'], [log, ...PUSH_AND_DELIVER]]);
  expect(under.next[0]).toBe(log);
  expect(under.problems[0]!.message).toContain('Upon it');
});

test.each(['pre-commit', 'post-commit', 'pre-push'])('a %s hook that removes what cxw remembers is no bug of ours: what vanished is told, and what tells of the delivery', async (name) => {
  const { bench, world } = await ready();
  await hook(bench, name, 'rm -rf .git/cxw');
  const commands = [`cxw verify ${TICKET}`, `cxw advance ${TICKET} --until-blocked`];
  await expect(deliverIt(world)).rejects.toMatchObject({ exit: 6, problem: { code: 'ledger-vanished', commands } });
  expect(await world.ledger.has(TICKET)).toBe(false);
});

test('so does one that does it before the push, and the answers lead on to that push', async () => {
  const { bench, world, base } = await ready();
  await hook(bench, 'reference-transaction', 'test "$1" = committed && rm -rf .git/cxw; true');
  await expect(deliverIt(world)).rejects.toMatchObject({ problem: { code: 'ledger-vanished' } });
  await rm(join(bench.root, '.git/hooks/reference-transaction'));
  expect(await bench.git('--git-dir', bench.remote, 'rev-parse', 'main')).toBe(base);
  const told = await deliverTicket(await worldOf(bench), { ticket: TICKET, dryRun: false });
  expect([codesOf(told), told.next]).toEqual([['ticket-committed'], [`cxw verify ${TICKET} --delivered`, 'git push origin main']]);
  await bench.git('push', '--quiet', 'origin', 'main');
  expect((await status(await worldOf(bench), { ticket: TICKET, all: false })).data.ended).toBe('delivered');
});

/** What a verification says of the order of the facts that were delivered. */
const sealedFaults = async (bench: Workshop): Promise<OrderFault[]> =>
  orderFaults(TICKET, (await bench.git('show', `HEAD:tickets/records/${TICKET}/ledger.jsonl`)).split('\n').map((line) => JSON.parse(line) as Fact));

const HELD: [string, (bench: Workshop) => Promise<void>][] = [
  ['tree', (bench) => hook(bench, 'commit-msg', 'test -e .git/open')],
  ['commit', (bench) => hook(bench, 'reference-transaction', 'test "$1" != prepared || test -e .git/open || ! grep -q refs/heads/main')],
];

test.each(HELD)('a waiver that comes in mid-delivery, beside a %s that is held, is sealed with the records, and the delivery begins anew', async (_, held) => {
  const { bench, world } = await ready();
  await held(bench);
  expect((await deliverIt(world)).ending).toBe('refused');
  await bench.write('.git/open', '');
  await world.ledger.append(TICKET, await world.ledger.read(TICKET), [
    { kind: 'waived', by: { role: 'human', name: 'Ada' }, origin: { seen: 'terminal' }, what: 'review', reason: 'Nobody is here.' },
  ]);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', problems: [{ code: 'waiver-stands' }] });
  expect(await bench.git('show', `HEAD:tickets/records/${TICKET}/ledger.jsonl`)).toContain('Nobody is here.');
  expect(await sealedFaults(bench)).toEqual([]);
  expect(await bench.git('rev-list', '--count', 'HEAD')).toBe('2');
});

test('a commit that no branch names is told as made and not as committed, and as committed once the branch names it', async () => {
  const { bench, world, base } = await ready();
  await hook(bench, 'reference-transaction', 'test "$1" != prepared || ! grep -q refs/heads/main');
  expect(codesOf(await deliverIt(world))).toEqual(['branch-held']);
  const told = async () => (await status(await worldOf(bench), { ticket: TICKET, all: false })).data;
  const held = await told();
  expect(held.delivery).toEqual({ mode: 'commit-push', branch: 'refs/heads/main', commit: undefined, prepared: expect.stringMatching(/^[0-9a-f]{40}$/), pushed: false, confirmed: false });
  expect(statusText(held, view).join('\n')).toContain('Delivery  commit-push to main, begun, not committed');
  await rm(join(bench.root, '.git/hooks/reference-transaction'));
  await bench.git('update-ref', 'refs/heads/main', held.delivery!.prepared!, base);
  expect((await told()).delivery).toMatchObject({ commit: held.delivery!.prepared, prepared: undefined });
});

test.each(HELD)('a %s that git tidied away before any branch named it is made again, for the same evidence', async (_, held) => {
  const { bench, world } = await ready();
  await held(bench);
  const { ending } = await deliverIt(world);
  await bench.write('.git/open', '');
  await bench.git('gc', '--quiet', '--prune=now');
  expect([ending, await deliverAgain(world, true)]).toMatchObject(['refused', { ending: 'done', next: [`cxw deliver ${TICKET}`] }]);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { state: 'done' } });
  expect(await bench.git('rev-list', '--count', 'origin/main')).toBe('2');
  expect(await bench.git('status', '--porcelain')).toBe('');
  expect(await sealedFaults(bench)).toEqual([]);
});

test('so is one of which git tidied away the files before it was made, and other work than the proved is not put in its place', async () => {
  const { bench, world, base } = await ready();
  await expect(deliverIt(mortalAt(world, 'explicit_paths_staged'))).rejects.toThrow(Killed);
  await bench.git('gc', '--quiet', '--prune=now');
  await bench.write('greeting.txt', 'edited\n');
  expect([codesOf(await deliverIt(world)), await bench.git('rev-parse', 'HEAD'), await bench.git('diff', '--cached', '--name-only')]).toEqual([['stale-evidence'], base, '']);
  await bench.write('greeting.txt', 'hello\n');
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { state: 'done' } });
  expect(await sealedFaults(bench)).toEqual([]);
});

test('a path that is product and memory at once is not delivered twice', async () => {
  const bench = await workshop({ 'greeting.txt': 'old\n', 'agent/memory.md': 'm\n' });
  await bench.write('agent/memory.md', 'm\nlearnt\n');
  const { world, base } = await givenReady(bench, { files: ['agent/memory.md'], memory: ['agent/memory.md'] });
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual(['tree-differs']);
  expect(outcome.problems[0]!.message).toContain('agent/memory.md');
  expect(await bench.git('rev-parse', 'HEAD')).toBe(base);
});

test('a second ticket in the message, put there by a hook, would leave the commit without evidence: it is refused', async () => {
  const { bench, world, base } = await ready();
  await hook(bench, 'commit-msg', 'echo "Cxw-Ticket: TKT-2026-11-21-other" >> "$1"');
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual(['hook-changed-message']);
  expect(outcome.problems.at(-1)!.message).toContain('Cxw-Evidence');
  expect(await bench.git('rev-parse', 'HEAD')).toBe(base);
});

test('a post-commit hook that does not end is ended, and told', async () => {
  const { bench, world } = await ready({ timeout: 5 });
  await hook(bench, 'post-commit', 'sleep 60');
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true }, problems: [{ code: 'post-commit-failed', message: expect.stringContaining('5 s') }] });
});

test('what a hook did to a file that nobody had touched is told, without a copy that there is not', async () => {
  const { bench, world } = await ready();
  await bench.write('other.txt', 'being edited\n');
  await hook(bench, 'pre-commit', 'echo formatted > .gitattributes');
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual(['hook-touched-work']);
  expect(outcome.problems.at(-1)!.message).toContain('.gitattributes');
  expect(outcome.problems.at(-1)!.message).not.toContain('cop');
  });

test('what a hook did to a file too large for a safety copy is told, without one', async () => {
  const bench = await workshop({ 'greeting.txt': 'old\n', 'other.txt': 'o\n' });
  await bench.write('greeting.txt', 'hello\n');
  const { world } = await givenReady(bench, { files: ['greeting.txt'], limits: { safety_copy_bytes: 4 } });
  await bench.write('other.txt', 'hours of work\n');
  await hook(bench, 'pre-commit', 'echo gone > other.txt');
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual(['hook-touched-work']);
  expect(outcome.problems.at(-1)!.message).toBe('While the pre-commit hook ran, other.txt changed; no copy was made of other.txt.');
});

test('a push of which nobody can say what came of it waits for an answer', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'pre-receive', `mv ${bench.remote} ${bench.remote}.away; exit 1`);
  const outcome = await deliverIt(world);
  expect(outcome).toMatchObject({ ending: 'waiting', next: [`cxw deliver ${TICKET}`] });
  expect(codesOf(outcome)).toEqual(['pushed-unconfirmed']);
  await move(`${bench.remote}.away`, bench.remote);
  await rm(join(bench.remote, 'hooks/pre-receive'));
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

test('a push that cannot be noted is a failure of the disk, and what came of it is asked by the next run', async () => {
  const { bench, world } = await ready();
  const kept = join(bench.root, `.git/cxw/tickets/${TICKET}/private`);
  const saveChild: World['private']['saveChild'] = async (ticket, child) => {
    if (child === undefined) return world.private.saveChild(ticket, child);
    await rename(kept, `${kept}-aside`);
    await writeFile(kept, 'a file in its place');
    return world.private.saveChild(ticket, child);
  };
  await expect(deliverIt({ ...world, private: { ...world.private, saveChild } })).rejects.toMatchObject({ exit: 6, problem: { code: 'disk-failed' } });
  await rm(kept);
  await rename(`${kept}-aside`, kept);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true, commit: await bench.git('rev-parse', 'HEAD') } });
});

test.each<[string, (bench: Workshop, commit: string) => Promise<unknown>, string[]]>([
  ['has a commit more', (bench) => bench.git('commit', '--quiet', '--allow-empty', '--message', 'Went on'), ['local-elsewhere']],
  ['is gone', async (bench) => { await bench.git('switch', '--quiet', '--detach'); await bench.git('branch', '--quiet', '-D', 'main'); }, []],
  ['followed the remote, which went on', async (bench, commit) => {
    const theirs = await bench.git('commit-tree', '-p', commit, '-m', 'On top', `${commit}^{tree}`);
    await bench.git('push', '--quiet', 'origin', `${theirs}:refs/heads/main`);
    await bench.git('merge', '--quiet', '--ff-only', theirs);
  }, ['delivered-superseded']],
])('a delivery that the remote has is confirmed where the local branch %s', async (_, meanwhile, told) => {
  const { bench, world, commit } = await pushedAndUnasked();
  await rm(join(bench.remote, 'hooks/post-update'));
  await meanwhile(bench, commit);
  const outcome = await deliverAgain(world);
  expect(outcome).toMatchObject({ ending: 'done', data: { confirmed: true, commit } });
  expect(outcome.problems.map(({ code }) => code)).toEqual(told);
});

test('a hook that was rewritten after it had said no, and one that was planted, do not run: it is as it was, or a person agrees', async () => {
  const { bench, world, base } = await ready();
  await hook(bench, 'pre-commit', 'test -e .git/open');
  expect(codesOf(await deliverIt(world))).toEqual(['hook-rejected']);
  await hook(bench, 'pre-commit', 'touch .git/ran');
  await hook(bench, 'pre-push', 'touch .git/ran');
  const before = await localState(bench);
  for (const dryRun of [true, false]) {
    const outcome = await deliverAgain(world, dryRun);
    expect(outcome).toMatchObject({ ending: 'refused', next: [`cxw abort ${TICKET}`, `cxw rework ${TICKET} --refresh --as human:NAME`] });
    expect(codesOf(outcome)).toEqual(['repository-altered']);
    expect(outcome.problems.at(-1)!.message).toContain('hooks/pre-commit, hooks/pre-push');
  }
  expect(await bench.git('ls-remote', 'origin', 'main')).toContain(base);
  expect(await localState(bench)).toBe(before);
  await rm(join(bench.root, '.git/hooks/pre-push'));
  await hook(bench, 'pre-commit', 'test -e .git/open');
  await bench.write('.git/open', '');
  expect(await deliverAgain(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
  await expect(bench.read('.git/ran')).rejects.toThrow();
});

test.each([
  ['pre-commit', 'explicit_paths_staged'],
  ['post-commit', 'committed'],
  ['pre-push', 'pushed'],
])('what is planted while the %s hook runs is told before a push follows it or a remote is believed', async (name, state) => {
  const { bench, world, base } = await ready();
  const evil = join(bench.folder, 'evil/remote.git');
  await hook(bench, name, `unset GIT_DIR GIT_INDEX_FILE
    git clone --quiet --bare "$(git config remote.origin.url)" ${evil}
    git config remote.origin.pushurl ${evil}`);
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual(['repository-altered']);
  expect(outcome.data.state).toBe(state);
  expect(outcome.data.confirmed).not.toBe(true);
  expect(await bench.git('--git-dir', evil, 'rev-parse', 'main')).toBe(base);
  expect(await bench.git('--git-dir', bench.remote, 'rev-parse', 'main')).toBe(state === 'pushed' ? outcome.data.commit : base);

  await hook(bench, name, 'exit 0');
  await bench.git('config', '--unset', 'remote.origin.pushurl');
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

test('what a pre-push hook plants and then refuses is told before git starts it to ask the remote', async () => {
  const ssh = 'for last; do :; done; exec sh -c "$last" #';
  const { bench, world } = await ready({}, async (given) => {
    await given.git('config', 'core.sshCommand', ssh);
    await given.git('remote', 'set-url', 'origin', `ssh://git.example${given.remote}`);
  });
  await hook(bench, 'pre-push', `git config core.sshCommand 'touch ${join(bench.root, '.git/ran')} #'; exit 1`);
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual(['repository-altered']);
  expect(outcome.data.state).toBe('committed');
  await expect(bench.read('.git/ran')).rejects.toThrow();

  await hook(bench, 'pre-push', 'exit 0');
  await bench.git('config', 'core.sshCommand', ssh);
  expect(await deliverIt(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

test('what a pre-push hook did to work is told, also where it refuses and nothing can be compared any more', async () => {
  const { bench, world } = await ready();
  await bench.write('notes.txt', 'mine\n');
  await hook(bench, 'pre-push', 'echo gone > notes.txt; rm .git/cxw/tickets/*/private/baseline.json; exit 1');
  const outcome = await deliverIt(world);
  expect(codesOf(outcome)).toEqual(['private-state-damaged', 'hook-touched-work']);
  expect(outcome.problems[1]!.message).toContain('notes.txt');
});

test('a pre-push hook that takes away what cxw remembers and refuses is told as what it is', async () => {
  const { bench, world } = await ready();
  await hook(bench, 'pre-push', 'rm -rf .git/cxw; exit 1');
  await expect(deliverIt(world)).rejects.toMatchObject({ exit: 6, problem: { code: 'ledger-vanished' } });
});

/** A filter that leaves a trace when git starts it, on a file that git must compare. */
async function plantFilter(bench: Workshop): Promise<void> {
  await bench.git('config', 'filter.planted.clean', `touch ${join(bench.root, '.git/ran')}; cat`);
  await bench.write('.git/info/attributes', '*.txt filter=planted\n');
  await bench.write('other.txt', 'x\n');
}
const unplantFilter = async (bench: Workshop): Promise<void> => {
  await bench.git('config', '--remove-section', 'filter.planted');
  await bench.remove('.git/info/attributes');
};

test('a filter and an address that were planted are told before git starts the one or follows the other', async () => {
  const { bench, world } = await ready();
  await takenAsFound(world);
  await plantFilter(bench);
  await bench.git('config', `url.${join(bench.folder, 'evil.git')}.insteadOf`, bench.remote);
  let asked = 0;
  const remote: World['git']['remote'] = { ...world.git.remote, ask: async (...of) => { asked += 1; return world.git.remote.ask(...of); } };
  for (const dryRun of [true, false]) {
    const outcome = await deliverAgain({ ...world, git: { ...world.git, remote } }, dryRun);
    expect(codesOf(outcome)).toEqual(['repository-altered', 'repository-altered', 'repository-altered']);
    expect(outcome.next).toEqual([`cxw rework ${TICKET} --refresh --as human:NAME`]);
  }
  expect(asked).toBe(0);
  await expect(bench.read('.git/ran')).rejects.toThrow();
});

test('so is what a proof planted on the last steps of the way', async () => {
  const { bench, world } = await ready();
  await takenAsFound(world);
  const walk: Walk = async (until) => {
    await plantFilter(bench);
    const waived: Draft = { kind: 'waived', by: { role: 'human', name: 'Ada' }, origin: { seen: 'terminal' }, what: 'review', reason: 'Nobody is here.' };
    await world.ledger.append(TICKET, await world.ledger.read(TICKET), [waived]);
    return readyWalk(world)(until);
  };
  const outcome = await deliver(world, { ticket: TICKET, actor: { role: 'deliverer', name: 'Ada' }, dryRun: false }, walk);
  expect(codesOf(outcome)).toEqual(['repository-altered', 'repository-altered']);
  await expect(bench.read('.git/ran')).rejects.toThrow();
});

test('so they are where a delivery is taken up, even if a hook was killed meanwhile whose harm is still to be told', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  expect(codesOf(await deliverIt(world))).toEqual(['push-rejected']);
  await rm(join(bench.remote, 'hooks/pre-receive'));
  await plantFilter(bench);
  expect(codesOf(await deliverAgain(world))).toEqual(['repository-altered', 'repository-altered']);
  await world.private.saveWatch(TICKET, { kind: 'hook', name: 'pre-push', before: [] });
  expect(codesOf(await deliverAgain(world))).toEqual(['repository-altered', 'repository-altered']);
  await expect(bench.read('.git/ran')).rejects.toThrow();
  await unplantFilter(bench);
  expect(await deliverAgain(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
});

/** Another remote, of the same last name, that has everything up to the parent. */
async function elsewhere(bench: Workshop): Promise<string> {
  const place = join(bench.folder, 'elsewhere', basename(bench.remote));
  await bench.git('clone', '--quiet', '--bare', bench.remote, place);
  await bench.git('--git-dir', place, 'update-ref', 'refs/heads/main', await bench.git('rev-parse', 'HEAD~1'));
  return place;
}

test.each<[string, (bench: Workshop) => Promise<unknown>]>([
  ['a hook', (bench) => hook(bench, 'pre-push', 'touch .git/ran')],
  ['a filter', (bench) => bench.git('config', 'filter.up.clean', 'touch .git/ran')],
  ['attributes', (bench) => bench.write('.git/info/attributes', '* filter=up\n')],
  ["an agent's configuration", (bench) => bench.write('.mcp.json', '{}\n')],
  ['what ssh is', (bench) => bench.git('config', 'core.sshCommand', 'touch .git/ran')],
  ['the remote, for another of the same last name', async (bench) => bench.git('remote', 'set-url', 'origin', await elsewhere(bench))],
  ['the remote, for any other', (bench) => bench.git('remote', 'set-url', '--push', 'origin', 'https://elsewhere.example/x.git')],
  ['what the URL of the remote means', async (bench) => bench.git('config', `url.${await elsewhere(bench)}.insteadOf`, bench.remote)],
])('a delivery whose push was refused is not pushed when meanwhile somebody altered %s', async (_, alter) => {
  const { bench, world, base } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  expect(codesOf(await deliverIt(world))).toEqual(['push-rejected']);
  await rm(join(bench.remote, 'hooks/pre-receive'));
  const commit = await bench.git('rev-parse', 'HEAD');
  await alter(bench);
  expect(codesOf(await deliverAgain(world))).toEqual(['repository-altered']);
  expect(await bench.git('rev-parse', 'HEAD')).toBe(commit);
  expect((await run('git', ['--git-dir', bench.remote, 'rev-parse', 'main'], { env: bench.env })).stdout.trim()).toBe(base);
  await expect(bench.read('.git/ran')).rejects.toThrow();
});

test('what the remote took already is confirmed whatever hook came since, and by no other remote', async () => {
  const { bench, world, commit } = await pushedAndUnasked();
  await rm(join(bench.remote, 'hooks/post-update'));
  await hook(bench, 'pre-push', 'touch .git/ran');
  const other = await elsewhere(bench);
  await bench.git('push', '--quiet', '--no-verify', other, 'main');
  await bench.git('remote', 'set-url', 'origin', other);
  const outcome = await deliverAgain(world);
  expect(codesOf(outcome)).toEqual(['repository-altered', 'repository-altered']);
  expect(outcome.problems.at(-1)).toMatchObject({ commands: ['git config --list --show-origin', `cxw deliver ${TICKET}`] });
  await bench.git('remote', 'set-url', 'origin', bench.remote);
  expect(await deliverAgain(world)).toMatchObject({ ending: 'done', data: { confirmed: true, commit } });
});

test('the answer speaks of HEAD only as it was when the remote was asked, and later of that moment', async () => {
  const { bench, world } = await ready();
  const { data } = await deliverIt(world);
  const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(data).toMatchObject({ head: data.commit, confirmedAt: at });
  expect(textOf(data)).toContain(`origin main, asked itself, named ${data.commit!.slice(0, 12)}; so did HEAD. Delivered.`);
  await bench.git('commit', '--quiet', '--allow-empty', '--message', 'Went on');
  const later = (await deliverAgain(world)).data;
  expect(later).toMatchObject({ already: true, head: data.commit, confirmedAt: data.confirmedAt });
  expect(textOf(later)).toContain(`origin main, asked itself at ${data.confirmedAt!.slice(0, 19)}Z, named ${data.commit!.slice(0, 12)}; so did HEAD. Delivered.`);
});

test('a delivery that was confirmed by a run which could not say so is told as of then', async () => {
  const { world } = await ready();
  await expect(deliverIt(mortalAt(world, 'done'))).rejects.toThrow(Killed);
  expect((await deliverAgain(world)).data).toMatchObject({ already: true, confirmed: true });
});

test('of a HEAD that a hook moved in mid-push nothing is said but where it is', async () => {
  const { bench, world } = await ready();
  await hook(bench, 'pre-push', 'git commit --quiet --no-verify --amend --message Amended');
  const { data, problems } = await deliverIt(world);
  expect(problems.map(({ code }) => code)).toEqual(['local-elsewhere']);
  expect(data).toMatchObject({ confirmed: true, head: await bench.git('rev-parse', 'HEAD') });
  expect(data.head).not.toBe(data.commit);
  expect(textOf(data)).toContain(`origin main, asked itself, named ${data.commit!.slice(0, 12)}. Delivered.`);
});

const HUMAN = { by: { role: 'human', name: 'Kim' }, origin: { seen: 'terminal' } } as const;
const BLOCKED: Draft = { kind: 'blocked', ...HUMAN, reason: 'Legal says no.', release: 'Legal agrees.' };
const publishIn = async ({ ledger }: World, draft: Draft): Promise<void> => void await ledger.append(TICKET, await ledger.read(TICKET), [draft]);

test('a ticket that is blocked after its push was refused is not pushed: it waits, and is released or undone', async () => {
  const { bench, world, base } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  await deliverIt(world);
  await rm(join(bench.remote, 'hooks/pre-receive'));
  await publishIn(world, BLOCKED);
  for (const dryRun of [true, false]) {
    const outcome = await deliverAgain(world, dryRun);
    expect([codesOf(outcome), outcome.ending, outcome.next]).toEqual([['ticket-blocked'], 'waiting', [`cxw unblock ${TICKET}`]]);
  }
  expect(await bench.git('ls-remote', 'origin', 'refs/heads/main')).toContain(base);
  expect((await abortIt(world)).ending).toBe('done');

  expect(codesOf(await deliverAgain(world))).toEqual(['ticket-blocked']);
  await publishIn(world, { kind: 'unblocked', ...HUMAN, rounds: 0 });
  expect((await deliverAgain(world)).ending).toBe('done');
});

test('a ticket that is blocked in the moment in which its delivery begins is not delivered', async () => {
  const { bench, world, base } = await ready();
  let isBlocked = false;
  const late: World = { ...world, ledger: { ...world.ledger, append: async (ticket, view, drafts) => {
    if (!isBlocked) await publishIn(world, BLOCKED);
    isBlocked = true;
    return world.ledger.append(ticket, view, drafts);
  } } };
  expect(codesOf(await deliverIt(late))).toEqual(['ticket-blocked']);
  expect(await bench.git('rev-parse', 'HEAD')).toBe(base);
});
