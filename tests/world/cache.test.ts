import { mkdir, readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownPath } from '../../src/domain/paths.js';
import { openCache, type Looks, type Shelf } from '../../src/world/cache.js';
import { openLedger } from '../../src/world/ledger.js';
import { openStands } from '../../src/world/stands.js';
import type { Judgement } from '../../src/world/tickets/index.js';
import { setting } from '../support/setting.js';
import { workshop, type Workshop } from '../support/workshop.js';

const COUNT = 60;
const name = (at: number): string => `TKT-2026-11-21-number-${at}`;
const path = (at: number): string => `tickets/${name(at)}.yaml`;
const text = (at: number, title = 'Fix typo'): string => JSON.stringify({
  schema_version: 3, id: name(at), title, class: 'quick', kind: 'bugfix', why_quick: 'Small.', scope: { files: ['a.ts'] }, plan: ['Do it.'],
  acceptance: [{ id: 'AC-1', text: 'It holds.', proofs: ['P1'] }], proof: [{ id: 'P1', run: 'npm test' }],
}, undefined, 2);
const LONG_AGO = new Date('2026-01-01T00:00:00Z');

/** A workshop of many tickets, and how often its files are opened. */
async function library() {
  const bench = await workshop(Object.fromEntries(Array.from({ length: COUNT }, (_, at) => [path(at), text(at)])));
  const file = join(bench.root, '.git/cxw/cache/tickets.json');

  /** Judges all tickets, as one command would; tells what was read anew. */
  async function command({ anew = false, paths = Array.from({ length: COUNT }, (_, at) => path(at)) } = {}): Promise<{ read: number; judgements: (Judgement | undefined)[] }> {
    const { tickets, documents } = await setting(bench);
    const plain = documents.readTicket;
    let read = 0;
    documents.readTicket = (...parts) => { read += 1; return plain(...parts); };
    const judgements = await tickets.judge(paths.map(ownPath), { anew });
    return { read, judgements };
  }
  const titleOf = async (at: number): Promise<string | undefined> => (await command()).judgements[at]?.head?.title;
  return { bench, file, command, titleOf };
}

/** The same size and the same time of writing as before: only the time of the change itself tells. */
async function rewriteUnseen(bench: Workshop, at: number, content: string): Promise<void> {
  const place = join(bench.root, path(at));
  const before = await stat(place);
  await writeFile(place, content);
  await utimes(place, before.atime, before.mtime);
}

describe('what was judged before', () => {
  test('is not read again, and is answered the same', async () => {
    const { command } = await library();
    const first = await command();
    expect(first.read).toBe(COUNT);
    expect(await command()).toEqual({ read: 0, judgements: first.judgements });
    expect(await command({ anew: true })).toEqual({ read: COUNT, judgements: first.judgements });
  });

  test.each([
    ['an edit of the same size within the same tick', (bench: Workshop) => bench.write(path(7), text(7, 'Fix tYpo'))],
    ['an edit of the same size whose time was set back', (bench: Workshop) => rewriteUnseen(bench, 7, text(7, 'Fix tYpo'))],
    ['another file in its place', async (bench: Workshop) => {
      await bench.write('other', text(7, 'Fix tYpo'));
      await utimes(join(bench.root, 'other'), LONG_AGO, LONG_AGO);
      await rename(join(bench.root, 'other'), join(bench.root, path(7)));
    }],
  ])('is read again after %s', async (_, change) => {
    const { bench, command, titleOf } = await library();
    await command();
    await change(bench);
    expect(await titleOf(7)).toBe('Fix tYpo');
  });

  test('is read again under another name, where it is no ticket', async () => {
    const { bench, command } = await library();
    await command();
    await rename(join(bench.root, path(7)), join(bench.root, 'tickets/TKT-2026-11-21-renamed.yaml'));
    const { judgements } = await command({ paths: ['tickets/TKT-2026-11-21-renamed.yaml', ...Array.from({ length: COUNT }, (_, at) => path(at))] });
    expect(judgements[0]!.problems.map(({ code }) => code)).toEqual(['ticket-id-not-file-name']);
    expect(judgements[8]).toBeUndefined();
  });

  test('is told again with everything that is wrong, every time', async () => {
    const { bench, command } = await library();
    await bench.write(path(3), 'id: [\n');
    const first = await command();
    expect(first.judgements[3]!.problems).toHaveLength(1);
    expect(await command()).toEqual({ read: 1, judgements: first.judgements });
  });

  test.each([
    ['torn', (kept: string) => kept.slice(0, kept.length / 2)],
    ['of another build', (kept: string) => kept.replace('"build":"', '"build":"x')],
    ['of another shape', (kept: string) => JSON.stringify({ ...JSON.parse(kept), kept: Object.fromEntries(Object.keys(JSON.parse(kept).kept).map((key) => [key, ['', { head: { digest: 7 } }]])) })],
    ['not ours at all', () => '[null]'],
    ['empty', () => ''],
  ])('counts for nothing when the shelf is %s', async (_, spoil) => {
    const { file, command } = await library();
    const first = await command();
    await writeFile(file, spoil(await readFile(file, 'utf8')));
    expect(await command()).toEqual({ read: COUNT, judgements: first.judgements });
  });

  test('counts for nothing where the shelf cannot be written, and nobody need hear of it', async () => {
    const { bench, command } = await library();
    await mkdir(join(bench.root, '.git/cxw'), { recursive: true });
    await writeFile(join(bench.root, '.git/cxw/cache'), 'in the way');
    expect((await command()).read).toBe(COUNT);
    expect((await command()).read).toBe(COUNT);
  });

  test('is not kept where git is told to take no optional locks, nor for a few', async () => {
    const { bench, command } = await library();
    await command({ paths: [path(1), path(2)] });
    bench.env['GIT_OPTIONAL_LOCKS'] = '0';
    await command();
    expect(await readdir(join(bench.root, '.git'))).not.toContain('cxw');
  });
});

test('looks are trusted only when they are older than the reader and the shelf', async () => {
  const bench = await workshop();
  const places = { state: join(bench.root, '.git/cxw') };
  const open = (): Shelf<{ n: number }> => openCache(places, {}).shelf('tickets', () => true);
  const now = Date.now();
  const looks: Record<string, Looks> = { old: { text: 'a', changed: now - 10_000 }, fresh: { text: 'b', changed: now - 500 }, ahead: { text: 'c', changed: now + 60_000 } };

  const first = open();
  for (let at = 0; at < 20; at++) first.keep(`more-${at}`, looks['old']!, { n: at });
  for (const [key, look] of Object.entries(looks)) first.keep(key, look, { n: 1 });
  first.save();

  const second = open();
  expect(Object.entries(looks).map(([key, look]) => [key, second.find(key, look), second.last(key)])).toEqual([
    ['old', { n: 1 }, { n: 1 }], ['fresh', undefined, { n: 1 }], ['ahead', undefined, { n: 1 }],
  ]);
  expect(second.find('old', { text: 'a', changed: now + 10_000 })).toBeUndefined();
});

test('where tickets stand is read again when their ledger grew', async () => {
  const bench = await workshop();
  const { places } = await setting(bench);
  const ledger = openLedger(places, { clock: { now: () => new Date() }, command: 'cxw' });
  const by = { role: 'human', name: 'ada' } as const;
  const origin = { seen: 'self-declared' } as const;
  const block = (id: string) => ledger.read(id).then((view) => ledger.append(id, view, [{ kind: 'blocked', by, origin, reason: 'It waits.', release: 'Somebody answers.' }]));
  const abandon = (id: string) => ledger.read(id).then((view) => ledger.append(id, view, [{ kind: 'abandoned', by, origin, reason: 'Over.', noChange: false }]));
  for (let at = 0; at < COUNT; at++) await block(name(at));
  let reads = 0;
  const counting = { tickets: () => ledger.tickets(), read: (id: string) => { reads += 1; return ledger.read(id); } };
  const look = async () => { reads = 0; return { stands: await openStands(places, { ledger: counting, cache: openCache(places, {}) }).all(), reads }; };

  expect((await look()).reads).toBe(COUNT);
  // What was written a moment ago is not trusted yet, and nothing sets the time of a change back.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  await look();
  expect((await look()).reads).toBe(0);
  await abandon(name(5));
  const { stands, reads: again } = await look();
  expect([again, stands.get(name(5))?.end, stands.get(name(6))?.end]).toEqual([1, 'abandoned', undefined]);
});
