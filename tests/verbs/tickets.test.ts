import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownPath } from '../../src/domain/paths.js';
import { init } from '../../src/verbs/init.js';
import { ticketEscalate } from '../../src/verbs/ticketEscalate.js';
import { ticketList } from '../../src/verbs/ticketList.js';
import { ticketNew, type TicketNewRequest } from '../../src/verbs/ticketNew.js';
import { ticketShow } from '../../src/verbs/ticketShow.js';
import type { World } from '../../src/world/index.js';
import { openLedger } from '../../src/world/ledger.js';
import { processSpace, thisProcess } from '../../src/world/processes.js';
import { openStands } from '../../src/world/stands.js';
import { openTicketRewriter } from '../../src/world/ticketRewriter.js';
import { setting } from '../support/setting.js';
import { GREETING } from '../support/specced.js';
import { workshop, type Workshop } from '../support/workshop.js';

const NOON = new Date('2026-11-21T12:00:00Z');

/** Everything that the ticket verbs ask of the world. */
async function desk(bench: Workshop, root?: string) {
  const parts = await setting(bench, root);
  const clock = { now: () => NOON };
  const ledger = openLedger(parts.places, { clock, command: 'cxw' });
  return {
    ...parts, clock, ledger,
    stands: openStands(parts.places, { ledger, cache: parts.cache }),
    rewriter: openTicketRewriter(),
    session: { terminal: false, origin: async () => ({ seen: 'self-declared' as const }) },
    digest: () => `sha256:${'0'.repeat(64)}`,
  } as unknown as World;
}

const words = (said: Partial<TicketNewRequest> = {}): TicketNewRequest =>
  ({ quick: true, title: 'Fix typo', files: ['README.md'], allow: [], accept: [], prove: ['npm test'], plan: [], ...said });

async function ready(files?: Record<string, string>): Promise<{ bench: Workshop; world: World }> {
  const bench = await workshop({ 'README.md': '# Workshop\n', ...files });
  const world = await desk(bench);
  await init(world, { dryRun: false, packs: [] });
  return { bench, world };
}

test('the policy that init lays down passes the strict reader, and every template once it is copied under its id', async () => {
  const { bench, world } = await ready();
  expect(await world.documents.policy()).toMatchObject({ ok: true, warnings: [] });
  for (const name of ['quick', 'standard', 'orchestrator', 'package']) {
    const text = await bench.read(`tickets/templates/${name}.yaml`);
    const path = `tickets/${/^id: (.*)$/m.exec(text)![1]!}.yaml`;
    await bench.write(path, text);
    const reading = await world.documents.ticketAt(ownPath(path));
    expect(reading?.ok === false ? reading.problems.map(({ code, message }) => `${code}: ${message}`) : []).toEqual([]);
  }
});

const codes = ({ problems }: { problems: { code: string }[] }): string[] => problems.map(({ code }) => code);
const ID = 'TKT-2026-11-21-fix-typo';

describe('ticket new', () => {
  test('writes a short ticket that reads back without a problem', async () => {
    const { bench, world } = await ready();
    const { ending, data, next, problems } = await ticketNew(world, words());
    expect(ending).toBe('done');
    expect(data).toEqual({ id: ID, path: `tickets/${ID}.yaml`, class: 'quick', lines: 18, wants: [11, 14] });
    expect(next[0]).toBe(`cxw advance ${ID} --until-blocked`);
    expect(codes({ problems })).toEqual(['ticket-wants-words']);
    expect(await world.documents.ticket(ID)).toMatchObject({ ok: true, warnings: [], value: { scope: { files: ['README.md'] } } });
    expect((await bench.read(`tickets/${ID}.yaml`)).split('\n').length).toBeLessThanOrEqual(26);
  });

  test.each(['-A', ':(top)x', '*', '--amend', 'a b', '"a\\"b"', '"new\\nline"', '"\\377\\376"', 'e\u0301', '\u00e9', "it's"])('takes the file name %s', async (name) => {
    const { world } = await ready();
    const { data, problems } = await ticketNew(world, words({ files: [name] }));
    expect(codes({ problems })).toEqual([...(name === '*' ? ['ticket-file-pattern'] : []), 'ticket-wants-words']);
    expect(await world.documents.ticket(data.id!)).toMatchObject({ ok: true });
  });

  test('needs a policy', async () => {
    const bench = await workshop();
    expect(codes(await ticketNew(await desk(bench), words()))).toEqual(['no-policy']);
    await bench.write('.cxw/policy.yaml', 'schema_version: 1\ndelivry: {}\n');
    expect((await ticketNew(await desk(bench), words())).ending).toBe('invalid');
  });

  test('is quick only if it is: three files are, four are not, and the way on works', async () => {
    const { world } = await ready();
    const files = ['src/a.js', 'src/b.js', 'src/c.js', 'src/d.js'];
    expect((await ticketNew(world, words({ files: files.slice(0, 3) }))).ending).toBe('done');
    const broad = await ticketNew(world, words({ files }));
    expect(codes(broad)).toEqual(['ticket-not-quick']);
    expect(broad.next).toEqual(["cxw ticket new 'Fix typo' --allow src/a.js --allow src/b.js --allow src/c.js --allow src/d.js --prove 'npm test'"]);
    const standard = await ticketNew(world, words({ quick: false, files: [], allow: files }));
    expect(standard.data).toMatchObject({ id: `${ID}-2`, class: 'standard' });
    expect(await world.documents.ticket(`${ID}-2`)).toMatchObject({ ok: true });
  });

  test('names the triggers that its paths show', async () => {
    const { world } = await ready();
    const { problems } = await ticketNew(world, words({ files: ['package.json', '.env'] }));
    expect(problems[0]?.message).toMatch(/dependencies.*forbidden_path|forbidden_path.*dependencies/);
  });

  test('paths are relative to the root; a subfolder is told so, and a directory is no file', async () => {
    const { world } = await ready({ 'src/deep/a.js': '' });
    const { problems } = await ticketNew(world, words({ files: ['a.js', 'src'], standing: ownPath('src/deep') }));
    expect(problems.map(({ code, facts }) => [code, facts])).toEqual([
      ['ticket-path-elsewhere', { written: 'a.js', meant: 'src/deep/a.js' }],
      ['ticket-path-directory', { path: 'src', below: 'src/**' }],
    ]);
    expect((await ticketNew(world, words({ files: ['new.js'], standing: ownPath('src/deep') }))).ending).toBe('done');
  });

  test('twenty at once are twenty tickets', async () => {
    const { bench } = await ready();
    const made = await Promise.all(Array.from({ length: 20 }, async () => ticketNew(await desk(bench), words())));
    expect(new Set(made.map(({ data }) => data.id)).size).toBe(20);
    expect((await (await desk(bench)).documents.ticketIds())).toHaveLength(20);
  });

  test('an id that is taken in another branch or worktree is taken here', async () => {
    const { bench, world } = await ready();
    await bench.git('worktree', 'add', '--quiet', '-b', 'other', '../sibling');
    await mkdir(join(bench.folder, 'sibling/.cxw'));
    await bench.git('-C', '../sibling', 'commit', '--quiet', '--allow-empty', '-m', 'x');
    const sibling = await desk(bench, join(bench.folder, 'sibling'));
    await init(sibling, { dryRun: false, packs: [] });
    expect((await ticketNew(sibling, words())).data.id).toBe(ID);
    await bench.write('tickets/TKT-2026-11-21-fix-typo-2.yaml', 'x: 1\n');
    await bench.git('add', 'tickets/TKT-2026-11-21-fix-typo-2.yaml');
    await bench.git('commit', '--quiet', '-m', 'A ticket', '--', 'tickets/TKT-2026-11-21-fix-typo-2.yaml');
    await bench.git('branch', 'keeps-it');
    await bench.git('rm', '--quiet', 'tickets/TKT-2026-11-21-fix-typo-2.yaml');
    expect((await ticketNew(world, words())).data.id).toBe(`${ID}-3`);
    expect(codes(await ticketNew(world, words({ id: ID })))).toEqual(['ticket-id-taken']);
    expect(codes(await ticketNew(world, words({ id: `${ID}-3` })))).toEqual(['ticket-id-taken']);
    expect((await ticketNew(world, words({ id: 'FIX-2026-11-21-mine' }))).data.id).toBe('FIX-2026-11-21-mine');
  });

  test('an id is given out once, even when its ticket is gone', async () => {
    const { bench, world } = await ready();
    await ticketNew(world, words());
    await bench.remove(`tickets/${ID}.yaml`);
    expect((await ticketNew(world, words())).data.id).toBe(`${ID}-2`);
  });
});

describe('ticket list and show', () => {
  test('lists every ticket, the broken one as broken', async () => {
    const { bench, world } = await ready();
    expect((await ticketList(world)).data.tickets).toEqual([]);
    await ticketNew(world, words());
    await bench.write('tickets/TKT-2026-11-20-broken.yaml', 'class: [\n');
    await bench.write(`tickets/records/${ID}/ledger.jsonl`, '');
    const { data, next } = await ticketList(world);
    expect(data.tickets).toEqual([
      { id: 'TKT-2026-11-20-broken', path: 'tickets/TKT-2026-11-20-broken.yaml', broken: expect.any(Number) },
      { id: ID, path: `tickets/${ID}.yaml`, title: 'Fix typo', class: 'quick' },
    ]);
    expect(next).toEqual(['cxw validate tickets/TKT-2026-11-20-broken.yaml']);
  });

  test('shows one by any part of its name, with what it is classified as', async () => {
    const { bench, world } = await ready();
    await ticketNew(world, words());
    const { data, next } = await ticketShow(world, { ticket: 'typo' });
    expect(data).toMatchObject({ id: ID, findings: [], ticket: { title: 'Fix typo' }, text: await bench.read(`tickets/${ID}.yaml`) });
    expect(next).toEqual([`cxw advance ${ID} --until-blocked`]);
    expect(await ticketShow(world, { ticket: 'fix-typi' })).toMatchObject({ ending: 'refused', problems: [{ code: 'ticket-unknown', facts: { near: [ID] } }] });
  });

  test('a broken one is shown as what is wrong with it', async () => {
    const { bench, world } = await ready();
    await bench.write(`tickets/${ID}.yaml`, 'schema_version: 3\nclass: quik\n');
    expect((await ticketShow(world, { ticket: ID })).ending).toBe('invalid');
  });
});

test('a name that may have been meant as a pattern is said, and stays a name', async () => {
  const { world, bench } = await ready({ 'src/a.js': '', 'src/deep/b.js': '' });
  const said = async (...files: string[]) => (await ticketNew(world, words({ files }))).problems.filter(({ code }) => code === 'ticket-file-pattern').map(({ facts }) => facts);
  expect(await said('src/**/*.js', '*.md')).toEqual([{ file: 'src/**/*.js', matches: ['src/a.js', 'src/deep/b.js'] }, { file: '*.md', matches: expect.arrayContaining(['README.md']) }]);
  const plan = await ticketNew(world, words({ files: ['src/?.js'], dryRun: true }));
  expect(plan.problems.map(({ code, commands }) => [code, commands])).toEqual([['ticket-file-pattern', ['cxw ticket new --quick TITLE --file src/a.js', "cxw ticket new TITLE --allow 'src/?.js'"]]]);
  await bench.write('src/[id].js', '');
  expect(await said('src/[id].js', 'app/*.js', 'src/[', 'README.md')).toEqual([]);
});

test('an id whose maker was killed before the ticket was there can be wished again, and not while its maker runs', async () => {
  const { world, bench } = await ready();
  const reserved = (name: string): string => `.git/cxw/ids/${name}`;
  const note = { ...processSpace(), pid: spawnSync(process.execPath, ['-e', '0']).pid, started: '1' };
  const wished = async (id: string) => codes(await ticketNew(world, words({ id })));
  await bench.write(reserved('TKT-2026-11-21-killed'), JSON.stringify(note));
  await bench.write(reserved('TKT-2026-11-21-old'), '');
  expect(await wished('TKT-2026-11-21-killed')).not.toContain('ticket-id-taken');
  expect(await wished('TKT-2026-11-21-old')).not.toContain('ticket-id-taken');
  await bench.write(reserved('TKT-2026-11-21-being-made'), JSON.stringify({ ...processSpace(), ...thisProcess() }));
  await bench.write(reserved('TKT-2026-11-21-far'), JSON.stringify({ ...note, host: 'another' }));
  expect([await wished('TKT-2026-11-21-being-made'), await wished('TKT-2026-11-21-far')]).toEqual([['ticket-id-taken'], ['ticket-id-taken']]);
  // Taken over once, and cut short again.
  await bench.write(reserved('TKT-2026-11-21-twice'), JSON.stringify(note));
  await bench.write(reserved('TKT-2026-11-21-twice~1'), JSON.stringify(note));
  const both = await Promise.all([world.reservations.takeOver('TKT-2026-11-21-twice'), world.reservations.takeOver('TKT-2026-11-21-twice')]);
  expect(both.sort()).toEqual([false, true]);
});

describe('ticket escalate', () => {
  test('shows first, then rewrites a quick ticket as a standard one', async () => {
    const { bench, world } = await ready();
    await ticketNew(world, words({ files: ['app/[id].js'] }));
    const before = await bench.read(`tickets/${ID}.yaml`);
    const plan = await ticketEscalate(world, { ticket: ID, dryRun: true, as: 'human:ada' });
    expect(plan.data.diff).toContain('-class: quick\n+class: standard');
    expect(await bench.read(`tickets/${ID}.yaml`)).toBe(before);
    const { ending, next } = await ticketEscalate(world, { ticket: ID, dryRun: false, as: 'human:ada' });
    expect([ending, next]).toEqual(['done', [`cxw advance ${ID} --until-blocked`]]);
    expect(await world.documents.ticket(ID)).toMatchObject({ ok: true, value: { class: 'standard', scope: { allowed: ['app/\\[id\\].js'] } } });
    expect(codes(await ticketEscalate(world, { ticket: ID, dryRun: false }))).toEqual(['ticket-already-standard']);
  });

  test('of work that a spec must describe names the spec, and is refused without one; nothing is written', async () => {
    const { bench, world } = await ready({ 'package.json': '{}\n', ...GREETING });
    const path = `tickets/${ID}.yaml`;
    await bench.write(path, (await ticketNew(world, words({ dryRun: true }))).data.text!.replace('README.md', 'package.json'));
    const before = await bench.read(path);
    const { problems } = await ticketEscalate(world, { ticket: ID, dryRun: true });
    expect(problems.map(({ code, commands }) => [code, commands])).toEqual([['ticket-wants-spec', ['cxw spec new NAME', `cxw ticket escalate ${ID} --spec FOLDER`]]]);
    expect(codes(await ticketEscalate(world, { ticket: ID, dryRun: false, spec: 'docs/specs/gone' }))).toEqual(['spec-missing', 'spec-missing', 'spec-missing']);
    expect(codes(await ticketEscalate(world, { ticket: ID, dryRun: false, spec: '../x' }))).toEqual(['path-unusable']);
    expect(await bench.read(path)).toBe(before);
    expect((await ticketEscalate(world, { ticket: ID, dryRun: false, spec: './docs/specs/greeting/' })).ending).toBe('done');
    expect(await world.documents.ticket(ID)).toMatchObject({ ok: true, value: { class: 'standard', specs: { mode: 'full_sdd', requirements: 'docs/specs/greeting/requirements.md', tasks: 'docs/specs/greeting/tasks.md' } } });
  });

  test('of a ticket that has begun is remembered, and goes on with a refresh', async () => {
    const { world } = await ready();
    await ticketNew(world, words({ files: ['src/a.js'] }));
    await world.ledger.append(ID, await world.ledger.read(ID), [{ kind: 'blocked', by: { role: 'human', name: 'ada' }, origin: { seen: 'self-declared' }, reason: 'a fourth file', release: 'escalate' }]);
    const { next } = await ticketEscalate(world, { ticket: ID, dryRun: false, as: 'human:ada' });
    expect(next).toEqual([`cxw rework ${ID} --refresh`]);
    expect((await world.ledger.read(ID)).facts.at(-1)).toMatchObject({ kind: 'escalated', by: { role: 'human', name: 'ada' } });
  });

  test('is refused once the ticket has ended', async () => {
    const { world } = await ready();
    await ticketNew(world, words());
    await world.ledger.append(ID, await world.ledger.read(ID), [{ kind: 'abandoned', by: { role: 'human', name: 'ada' }, origin: { seen: 'self-declared' }, reason: 'no', noChange: false }]);
    expect(codes(await ticketEscalate(world, { ticket: ID, dryRun: false }))).toEqual(['ticket-ended']);
  });
});
