import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RepoPath } from '../../src/domain/paths.js';
import { abortIt, hook, ready } from '../support/delivering.js';
import { codesOf, deliverIt, TICKET } from '../support/given.js';
import { Killed } from '../support/mortal.js';

type Given = Awaited<ReturnType<typeof ready>>;

const OWN = `tickets/${TICKET}.yaml`;
const GONE = 'later.txt';

/** A delivery that was staged and went no further, begun where somebody had only promised to add these paths. */
async function stagedOver(promised: readonly string[], before: (given: Given) => Promise<unknown> = async () => undefined): Promise<Given> {
  const given = await ready({}, async (bench) => {
    // The hook stays as it is: whoever changes one is asked about it.
    await hook(bench, 'reference-transaction', '[ -e ../held ] && [ "$1" = prepared ] && grep -q refs/heads && exit 1; exit 0');
    await bench.write('../held', '');
  });
  await before(given);
  await given.bench.git('add', '--sparse', '--intent-to-add', '--', ...promised);
  expect(codesOf(await deliverIt(given.world))).toEqual(['branch-held']);
  expect(await promises(given)).toEqual([]);
  await given.bench.remove('../held');
  return given;
}

/** Paths of the index that are only promised. */
const promises = async ({ world }: Given): Promise<string[]> =>
  (await world.git.trees.readIndex([OWN, `tickets/records/${TICKET}/ledger.jsonl`, GONE] as RepoPath[])).filter(({ flags }) => flags.includes('N')).map(({ path }) => path);

/** The same room with calls of its own. */
const but = <R extends object>(room: R, own: Partial<R>): R => new Proxy(room, { get: (target, key) => Reflect.get(key in own ? own : target, key) });

test('in a sparse checkout, a promise to add what lies beyond it is put back', async () => {
  const given = await stagedOver([OWN], ({ bench }) => bench.git('sparse-checkout', 'set', '--cone', 'docs'));
  const undone = await abortIt(given.world);
  expect(undone).toMatchObject({ ending: 'done' });
  expect(await promises(given)).toEqual([OWN]);
  expect(await given.bench.git('status', '--porcelain', '--', OWN)).toBe(` A ${OWN}`);
});

test('cut short between the two steps that a promise takes, the next abort takes the second, and counts it', async () => {
  const given = await stagedOver([OWN]);
  const { world } = given;
  const { trees } = world.git;
  // What the first step leaves: the path is out of the index.
  const writeIndex: typeof trees.writeIndex = async (entries) => {
    await trees.writeIndex(entries.map((entry) => (entry.intentToAdd ? { ...entry, mode: '000000', intentToAdd: false } : entry)));
    throw new Killed();
  };
  const dying = but(world, { git: but(world.git, { trees: but(trees, { writeIndex }) }) });
  await expect(abortIt(dying)).rejects.toBeInstanceOf(Killed);
  expect(await promises(given)).toEqual([]);
  expect(await abortIt(world)).toMatchObject({ ending: 'done', data: { restored: 1 } });
  expect(await promises(given)).toEqual([OWN]);
});

test('what git refuses to promise is never said to be undone, and is put back once git lets it', async () => {
  const given = await stagedOver([OWN]);
  const { bench, world } = given;
  await bench.write('.git/info/exclude', '/.cxw/\n/tickets/\n');
  for (const _ of ['first', 'second']) await expect(abortIt(world)).rejects.toMatchObject({ problem: { code: 'git-failed' } });
  await bench.write('.git/info/exclude', '/.cxw/\n');
  expect(await abortIt(world)).toMatchObject({ ending: 'done', data: { restored: 1 } });
  expect(await promises(given)).toEqual([OWN]);
});

test('a promise is put back although the file of another one has gone', async () => {
  const ledger = `tickets/records/${TICKET}/ledger.jsonl`;
  const given = await stagedOver([OWN, ledger], ({ bench }) => bench.write(ledger, ''));
  await rm(join(given.bench.root, ledger));
  expect(await abortIt(given.world)).toMatchObject({ ending: 'done' });
  expect(await promises(given)).toEqual([OWN]);
});
