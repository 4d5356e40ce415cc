import { rename } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { State } from '../../src/domain/road.js';
import { underway } from '../../src/verbs/delivery/underway.js';
import type { World } from '../../src/world/index.js';
import type { Git } from '../../src/world/git/index.js';
import { abortIt, serverHook } from '../support/delivering.js';
import { codesOf, deliverAgain, deliverIt, givenReady, TICKET } from '../support/given.js';
import { workshop, type Workshop } from '../support/workshop.js';

/** A real world whose git answers some calls otherwise. */
function lying(world: World, lies: { [Part in keyof Git]?: Partial<Git[Part]> }): World {
  const git = { ...world.git };
  for (const [part, answers] of Object.entries(lies)) {
    const real = world.git[part as 'trees'] as object;
    Object.assign(git, { [part]: new Proxy(real, { get: (target, name) => (answers as Record<PropertyKey, unknown>)[name] ?? Reflect.get(target, name) as unknown }) });
  }
  return { ...world, git };
}

async function ready() {
  const bench = await workshop({ 'greeting.txt': 'old\n', 'other.txt': 'o\n' });
  await bench.write('greeting.txt', 'hello\n');
  return { bench, ...await givenReady(bench, { files: ['greeting.txt'] }) };
}

const tips = async (bench: Workshop): Promise<string[]> => [await bench.git('rev-parse', 'main'), await bench.git('--git-dir', bench.remote, 'rev-parse', 'main')];

/** Nothing moved, and the honest git delivers afterwards. */
async function isHarmless(bench: Workshop, world: World, base: string): Promise<void> {
  expect(await tips(bench)).toEqual([base, base]);
  expect(await deliverAgain(world)).toMatchObject({ ending: 'done', data: { confirmed: true } });
  expect(await bench.git('rev-list', '--count', `${base}..main`)).toBe('1');
}

test('a tree in which git finds another path than the three sets is never committed', async () => {
  const { bench, world, base } = await ready();
  const stranger = { oldMode: '100644', newMode: '000000', oldId: 'a'.repeat(40), newId: '0'.repeat(40), path: 'other.txt' };
  const outcome = await deliverIt(lying(world, {
    changes: { gather: async (...asked) => {
      const gathering = await world.git.changes.gather(...asked);
      return { ...gathering, close: async (paths) => {
        const closed = await gathering.close(paths);
        return { ...closed, difference: [...closed.difference, stranger as never] };
      } };
    } },
  }));
  expect(codesOf(outcome).length).toBeGreaterThan(0);
  expect(outcome.problems[0]!.message).toContain('other.txt');
  await isHarmless(bench, world, base);
});

test('a tree in which git finds no difference is nothing to deliver', async () => {
  const { bench, world, base } = await ready();
  await interruptedBefore('explicit_paths_staged', world);
  const outcome = await deliverAgain(lying(world, { trees: { difference: async () => [] } }));
  expect(codesOf(outcome)).toEqual(['nothing-to-deliver']);
  await isHarmless(bench, world, base);
});

test('a tree that was built anew and differs elsewhere is refused', async () => {
  const { bench, world, base } = await ready();
  await interruptedBefore('explicit_paths_staged', world);
  const outcome = await deliverAgain(lying(world, {
    trees: { difference: async (...asked) => [...await world.git.trees.difference(...asked), { oldMode: '100644', newMode: '100644', oldId: 'a'.repeat(40), newId: 'b'.repeat(40), path: 'other.txt' } as never] },
  }));
  expect(codesOf(outcome)).toEqual(['tree-differs']);
  await isHarmless(bench, world, base);
});

test('a run that was over right after the branch moved is taken up where the branch stands', async () => {
  const { bench, world, base } = await ready();
  await interruptedBefore('committed', world);
  const commit = await bench.git('rev-parse', 'main');
  expect(commit).not.toBe(base);
  expect(await deliverAgain(world)).toMatchObject({ ending: 'done', data: { commit, confirmed: true } });
  expect(await tips(bench)).toEqual([commit, commit]);
});

/** The run was over before this state was remembered. */
async function interruptedBefore(state: State, world: World): Promise<void> {
  const ledger: World['ledger'] = { ...world.ledger, append: (ticket, after, drafts) => {
    if (drafts.some((draft) => draft.kind === 'entered' && draft.state === state)) throw new Error('interrupted');
    return world.ledger.append(ticket, after, drafts);
  } };
  await expect(deliverIt({ ...world, ledger })).rejects.toThrow('interrupted');
}

test.each([
  ['another tree', (made: object) => ({ ...made, tree: 'b'.repeat(40) })],
  ['another parent', (made: object) => ({ ...made, parents: ['b'.repeat(40)] })],
  ['nothing', () => undefined],
])('a commit in which git reads back %s is never put on the branch', async (_, misread) => {
  const { bench, world, base } = await ready();
  const outcome = await deliverIt(lying(world, { history: { commit: async (id) => misread((await world.git.history.commit(id))!) as never } }));
  expect(codesOf(outcome)).toEqual(['commit-differs']);
  await isHarmless(bench, world, base);
});

test('a branch that did not move, whatever git said, is not taken for moved', async () => {
  const { bench, world, base } = await ready();
  let asked = 0;
  const outcome = await deliverIt(lying(world, { branch: { move: async (...move) => (++asked === 1 ? { moved: false, head: { ref: 'refs/heads/main', id: base } } : world.git.branch.move(...move)) } }));
  expect(asked).toBe(2);
  expect(outcome).toMatchObject({ ending: 'done', data: { confirmed: true } });
  expect(new Set(await tips(bench)).size).toBe(1);
});

test('a branch that somebody switches while the remote is being asked is looked at again', async () => {
  const { bench, world } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  await deliverIt(world);
  let asked = 0;
  const outcome = await deliverAgain(lying(world, { remote: { ask: async (...target) => {
    if (++asked === 1) await bench.git('switch', '--quiet', '--create', 'other');
    return world.git.remote.ask(...target);
  } } }));
  expect(codesOf(outcome)).toEqual(['branch-switched']);
  expect(asked).toBe(2);
});

test('an abort whose branch did not move looks again; one that cannot ask the remote fails, and undoes nothing', async () => {
  const { bench, world, base } = await ready();
  await serverHook(bench, 'pre-receive', 'exit 1');
  const { data } = await deliverIt(world);
  await rename(bench.remote, `${bench.remote}.away`);
  await expect(abortIt(world)).rejects.toMatchObject({ exit: 6, problem: { code: 'remote-unreachable' } });
  expect(await bench.git('rev-parse', 'main')).toBe(data.commit);
  await rename(`${bench.remote}.away`, bench.remote);
  let asked = 0;
  const outcome = await abortIt(lying(world, { branch: { move: async (...move) => (++asked === 1 ? { moved: false, head: {} } : world.git.branch.move(...move)) } }));
  expect(asked).toBe(2);
  expect(outcome).toMatchObject({ ending: 'done', data: { undone: data.commit } });
  expect(await bench.git('rev-parse', 'main')).toBe(base);
});

test('a branch that vanished while the post-commit hook ran stops the delivery', async () => {
  const { bench, world } = await ready();
  await bench.write('.git/hooks/post-commit', '#!/bin/sh\nexit 0\n');
  await bench.executable('.git/hooks/post-commit');
  const outcome = await deliverIt(lying(world, { branch: { read: async () => undefined } }));
  expect(codesOf(outcome)).toEqual(['branch-moved']);
  expect((await tips(bench))[1]).not.toBe((await tips(bench))[0]);
});

test('facts that came while the records were being sealed are sealed with the next try', async () => {
  const { world } = await ready();
  let short = true;
  const ledger: World['ledger'] = { ...world.ledger, lines: async (ticket) => {
    const lines = await world.ledger.lines(ticket);
    if (!short) return lines;
    short = false;
    return lines.slice(0, -1);
  } };
  expect(await deliverIt({ ...world, ledger })).toMatchObject({ ending: 'done', data: { confirmed: true } });
  expect(short).toBe(false);
});

test('a step of a delivery that was not begun is a bug, and says so', () => {
  expect(() => underway({ ticket: TICKET, run: {} } as never)).toThrow('out of order');
});
