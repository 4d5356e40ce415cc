import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { init } from '../../src/verbs/init.js';
import { uninstall, type UninstallRequest } from '../../src/verbs/uninstall.js';
import { setting } from '../support/setting.js';
import { story } from '../support/story.js';
import { workshop, type Workshop } from '../support/workshop.js';

const PLAIN: UninstallRequest = { dryRun: false, purge: false, inDelivery: [] };
const run = async (bench: Workshop, request: Partial<UninstallRequest> = {}) => uninstall(await setting(bench), { ...PLAIN, ...request });

async function installed(files?: Record<string, string>): Promise<Workshop> {
  const bench = await workshop({ 'README.md': '# Workshop\n', ...files });
  await init(await setting(bench), { dryRun: false, packs: [] });
  return bench;
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

describe('uninstall', () => {
  test('shows, then removes, exactly what was laid down', async () => {
    const bench = await installed();
    const dry = await run(bench, { dryRun: true });
    expect(new Set(dry.data.files.map(({ action }) => action))).toEqual(new Set(['remove']));
    expect(dry.next).toEqual(['cxw uninstall']);
    expect(await exists(join(bench.root, '.cxw/manifest.json'))).toBe(true);
    const { ending } = await run(bench);
    expect(ending).toBe('done');
    expect(await bench.git('status', '--porcelain', '--ignored')).toBe('');
    expect(await exists(join(bench.root, 'tickets'))).toBe(false);
  });

  test.each([['CRLF', '# Mine\r\n'], ['no final newline', '# Mine'], ['nothing in it', '']])('gives AGENTS.md with %s back byte for byte', async (_, original) => {
    const bench = await installed({ 'AGENTS.md': original });
    const { data } = await run(bench);
    expect(data.files.find(({ path }) => path === 'AGENTS.md')?.action).toBe('take-out');
    expect(await bench.read('AGENTS.md')).toBe(original);
    expect(await bench.git('status', '--porcelain')).toBe('');
  });

  test('keeps what was edited, tickets and records, and says so', async () => {
    const bench = await installed();
    await bench.write('agent/STATE.md', 'edited\n');
    await bench.write('AGENTS.md', `${await bench.read('AGENTS.md')}\nMine.\n`);
    await bench.write('tickets/TKT-2026-11-21-x.yaml', 'a ticket\n');
    await bench.write('tickets/records/TKT-2026-11-21-x/plan.md', 'a record\n');
    const { data } = await run(bench);
    expect(data.files.filter(({ action }) => action !== 'remove').map(({ path, action, why }) => [path, action, why])).toEqual([
      ['AGENTS.md', 'take-out', 'the managed block goes; every other byte stays'],
      ['agent/STATE.md', 'keep', 'it was edited'],
    ]);
    expect(await bench.read('AGENTS.md')).not.toContain('cxw:begin');
    expect(await bench.read('AGENTS.md')).toContain('Mine.');
    expect((await bench.git('ls-files', '--others')).split('\n')).toEqual([
      'AGENTS.md', 'agent/STATE.md', 'tickets/TKT-2026-11-21-x.yaml', 'tickets/records/TKT-2026-11-21-x/plan.md',
    ]);
  });

  test('cut short, it is completed by the next run', async () => {
    const bench = await installed();
    const world = await setting(bench);
    let left = 5;
    const files = { ...world.files, remove: async (path: Parameters<typeof world.files.remove>[0]) => {
      if (left-- === 0) throw new Error('killed');
      await world.files.remove(path);
    } };
    await expect(uninstall({ ...world, files }, PLAIN)).rejects.toThrow('killed');
    await run(bench);
    expect(await bench.git('status', '--porcelain')).toBe('');
  });

  test('is refused while a delivery is under way', async () => {
    const bench = await installed();
    const { ending, problems, next } = await run(bench, { inDelivery: [{ ticket: 'TKT-2026-11-21-x', state: 'committed' }] });
    expect([ending, problems.map(({ code }) => code), next]).toEqual(['refused', ['mid-delivery'], ['cxw deliver TKT-2026-11-21-x', 'cxw abort TKT-2026-11-21-x']]);
    expect(await exists(join(bench.root, '.cxw/manifest.json'))).toBe(true);
  });

  test('is refused while a ticket is under way here, by a plan too, and carried out when it is over', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    for (const dryRun of [[], ['--dry-run']]) {
      const { next } = await told.refused('writer-busy', 'uninstall', ...dryRun);
      expect(next).toContain(`cxw deliver ${told.ticket}`);
    }
    expect(await exists(join(told.root, '.cxw/policy.yaml'))).toBe(true);
    await told.ok('rework', '--refresh', '--as', 'human:Ada');
    await told.ok('abandon', '--reason', 'Over.');
    await told.ok('uninstall');
    expect(await exists(join(told.root, '.cxw/policy.yaml'))).toBe(false);
  });

  test('a broken manifest removes nothing', async () => {
    const bench = await installed();
    await bench.write('.cxw/manifest.json', '{}\n');
    const { problems } = await run(bench);
    expect(problems.map(({ code }) => code)).toEqual(['manifest-broken']);
    expect(await exists(join(bench.root, '.cxw/policy.yaml'))).toBe(true);
  });

  test('with nothing installed there is nothing to do', async () => {
    const { ending, problems, data } = await run(await workshop());
    expect([ending, problems.map(({ code }) => code), data.files]).toEqual(['done', ['not-installed'], []]);
  });

  test('the live state goes only when that is asked for, and a sibling worktree keeps its own', async () => {
    const bench = await installed();
    await bench.git('worktree', 'add', '--quiet', '../sibling');
    const { places: main } = await setting(bench);
    const sibling = await setting(bench, join(bench.folder, 'sibling'));
    for (const folder of [main.state, sibling.places.state, join(main.shared, 'ids')]) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'kept'), '');
    }
    await run(bench);
    expect(await exists(main.state)).toBe(true);
    await uninstall(sibling, { ...PLAIN, purge: true });
    expect([await exists(main.state), await exists(join(main.shared, 'ids')), await exists(sibling.places.state)]).toEqual([true, false, false]);
    await run(bench, { purge: true });
    expect(await exists(main.state)).toBe(false);
  });

  test('what is remembered of a ticket is not purged while it is under way, and never by an agent', async () => {
    const told = await story();
    await told.ok('advance', '--until-blocked');
    for (const dryRun of [[], ['--dry-run']]) {
      const { next } = await told.refused('writer-busy', 'uninstall', '--purge', ...dryRun);
      expect(next).toContain(`cxw deliver ${told.ticket}`);
    }
    await told.ok('abandon', '--reason', 'Over.');
    const { stdout } = await told.cxwWith({ env: { CLAUDECODE: '1' } }, 'uninstall', '--purge', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, code: 'person-needed', next: ['cxw uninstall --purge'] });
    expect(await exists(join(told.root, '.git/cxw/tickets'))).toBe(true);
    await told.ok('uninstall', '--purge');
    expect(await exists(join(told.root, '.git/cxw'))).toBe(false);
  });

  test('a purge lists what it takes, the copies that an answer has named among it', async () => {
    const bench = await installed();
    const kept = ['ids', 'lock/1', 'set-aside/copies/abc', 'set-aside/TKT-2026-11-21-y', 'tickets/TKT-2026-11-21-x/facts/1'].map((name) => `.git/cxw/${name}`);
    for (const name of kept) await bench.write(`${name}/kept`, '');
    const { data } = await run(bench, { purge: true, dryRun: true });
    const live = data.files.filter(({ path }) => path.startsWith('.git/'));
    expect(live.map(({ path }) => path)).toEqual(['lock', 'tickets/TKT-2026-11-21-x', 'set-aside/TKT-2026-11-21-y', 'ids', 'set-aside/copies/abc'].map((name) => `.git/cxw/${name}`));
    expect(live.filter(({ why }) => why !== undefined).map(({ path }) => path)).toEqual(['.git/cxw/set-aside/copies/abc']);
    expect((await run(bench, { dryRun: true })).data.files.some(({ path }) => path.startsWith('.git/'))).toBe(false);
  });
});
