import { describe, expect, test } from 'vitest';
import { readManifest } from '../../src/domain/manifestReading.js';
import { PACK_NAMES } from '../../src/domain/packs.js';
import { init, type InitData } from '../../src/verbs/init.js';
import { uninstall } from '../../src/verbs/uninstall.js';
import { setting } from '../support/setting.js';
import { emptyWorkshop, workshop, type Workshop } from '../support/workshop.js';

const run = async (bench: Workshop, ...packs: string[]) => init(await setting(bench), { dryRun: false, packs });
const created = (data: InitData): string[] => data.files.filter(({ action }) => action === 'create').map(({ path }) => path);

describe('packs', () => {
  test('everything together is at most 84 files, each in one pack, and the documents are valid', async () => {
    const bench = await emptyWorkshop();
    const { exit, answer } = await bench.json('init', '--with', 'all');
    expect(exit).toBe(0);
    expect(answer.data.files.length).toBeLessThanOrEqual(84);
    const paths = answer.data.files.map(({ path }: { path: string }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(answer.data.packs.map(({ name }: { name: string }) => name)).toEqual(PACK_NAMES.filter((name) => name !== 'codex-hooks'));
    const validated = await bench.json('validate');
    expect([validated.exit, validated.answer.problems]).toEqual([0, []]);
  });

  test.each(PACK_NAMES)('%s says what it brings, lays it down beside the core, and is told apart in the manifest', async (name) => {
    const bench = await workshop();
    const core = created((await run(await workshop())).data);
    const { data } = await run(bench, name);
    const brought = created(data).filter((path) => !core.includes(path));
    expect(brought).not.toEqual([]);
    expect(data.packs).toEqual([{ name, brings: expect.any(String) }]);
    expect(data.files.filter(({ pack }) => pack === name).map(({ path }) => path)).toEqual(brought);
    const { files } = readManifest(await bench.read('.cxw/manifest.json'))!;
    expect(files.filter(({ pack }) => pack !== undefined).map(({ path, pack }) => [path, pack]).sort()).toEqual(brought.map((path) => [path, name]).sort());
  });

  test('one that is added later leaves the rest as it is, and is there for every later run', async () => {
    const bench = await workshop();
    await run(bench);
    await bench.write('agent/STATE.md', 'mine\n');
    const { data } = await run(bench, 'sdd');
    expect(new Set(created(data))).toEqual(new Set(data.files.filter(({ pack }) => pack === 'sdd').map(({ path }) => path)));
    expect(await bench.read('agent/STATE.md')).toBe('mine\n');
    const again = await run(bench);
    expect(again.data.packs.map(({ name }) => name)).toEqual(['sdd']);
    expect(new Set(again.data.files.map(({ action }) => action))).toEqual(new Set(['same', 'keep']));
  });

  test('a file of theirs is kept and is not of the pack', async () => {
    const bench = await workshop({ 'docs/architecture.md': 'theirs\n' });
    const { data, problems } = await run(bench, 'sdd');
    expect(data.files.find(({ path }) => path === 'docs/architecture.md')).toMatchObject({ action: 'keep', why: 'it was here before' });
    expect(problems).toContainEqual(expect.objectContaining({ code: 'pack-file-theirs', facts: { paths: ['docs/architecture.md'] } }));
    expect(readManifest(await bench.read('.cxw/manifest.json'))?.files.map(({ path }) => path)).not.toContain('docs/architecture.md');
  });

  test('what lies behind a link of theirs stays out of a pack, and the link stays what it is', async () => {
    const bench = await workshop({ '.agents/skills/mine/SKILL.md': 'mine\n' });
    await bench.link('.claude', '.agents');
    const { ending, data } = await run(bench, 'all');
    expect(ending).toBe('done');
    expect(data.files.find(({ path }) => path === '.claude/agents/cxw-writer.md')).toMatchObject({ action: 'keep', why: '.claude is a symbolic link' });
    expect(await bench.git('ls-files', '--others', '.agents')).not.toContain('agents/cxw-writer');
    await uninstall(await setting(bench), { dryRun: false, purge: false, inDelivery: [] });
    expect(await bench.git('status', '--porcelain')).toBe('?? .claude');
  });

  test('a folder that became a link since takes nothing of theirs with it when they go', async () => {
    const bench = await workshop({ 'elsewhere/CLAUDE.md': 'mine\n' });
    await run(bench, 'claude');
    await bench.remove('.claude');
    await bench.link('.claude', 'elsewhere');
    const { data } = await uninstall(await setting(bench), { dryRun: false, purge: false, inDelivery: [] });
    expect(data.files.find(({ path }) => path === '.claude/agents/cxw-writer.md')?.action).toBe('gone');
    expect(await bench.git('status', '--porcelain')).toBe('?? .claude');
  });

  test('all of them go again, byte for byte', async () => {
    const bench = await workshop({ '.github/workflows/mine.yml': 'on: push\n' });
    await run(bench, 'all');
    await uninstall(await setting(bench), { dryRun: false, purge: false, inDelivery: [] });
    expect(await bench.git('status', '--porcelain', '--ignored')).toBe('');
  });

  test('what was edited in them stays, and exactly that', async () => {
    const bench = await workshop();
    await run(bench, 'all');
    const edited = ['.codex/config.toml', '.claude/agents/cxw-writer.md', 'docs/steering/tech.md', 'tickets/templates/quick.yaml'];
    for (const path of edited) await bench.write(path, `${await bench.read(path)}# mine\n`);
    const { data } = await uninstall(await setting(bench), { dryRun: false, purge: false, inDelivery: [] });
    expect(data.files.filter(({ action }) => action !== 'remove').map(({ path, action }) => [path, action]).sort()).toEqual(edited.map((path) => [path, 'keep']).sort());
    expect((await bench.git('ls-files', '--others')).split('\n').sort()).toEqual([...edited].sort());
  });

  test('are shown by name before anything is written, and the command that does it names them', async () => {
    const bench = await workshop();
    const { stdout } = await bench.cxw('init', '--dry-run', '--with', 'sdd', '--with', 'ci');
    expect(stdout).toMatch(/\nPack sdd: .*\n {2}create {2}docs\/architecture\.md\n/);
    expect(stdout).toMatch(/\nPack ci: .*\n {2}create {2}\.github\/workflows\/cxw\.yml\n/);
    expect(stdout).toContain('cxw init --with sdd --with ci');
    expect(await bench.git('status', '--porcelain')).toBe('');
  });

  test('one that there is not is wrong usage, with those that there are', async () => {
    const bench = await workshop();
    const { exit, answer } = await bench.json('init', '--with', 'team');
    expect([exit, answer.code]).toEqual([2, 'wrong-usage']);
    for (const name of [...PACK_NAMES, 'all']) expect(answer.problems[0].message).toContain(name);
    expect(await bench.git('status', '--porcelain')).toBe('');
  });
});

describe('what Claude Code reads', () => {
  test('CLAUDE.md imports AGENTS.md, and keeps every byte of theirs', async () => {
    const bench = await workshop({ 'CLAUDE.md': '# Mine\r\n' });
    await run(bench, 'claude');
    expect(await bench.read('CLAUDE.md')).toBe('# Mine\r\n\r\n<!-- cxw:begin -->\r\n@AGENTS.md\r\n<!-- cxw:end -->\r\n');
    expect(await bench.read('AGENTS.md')).toContain('cxw status');
  });

  test('a CLAUDE.md that imports AGENTS.md by itself needs no second import', async () => {
    const bench = await workshop({ 'CLAUDE.md': '# Mine\r\n@AGENTS.md\r\n' });
    const { data } = await run(bench, 'claude');
    expect(data.files.find(({ path }) => path === 'CLAUDE.md')).toMatchObject({ action: 'keep', why: 'it says that already' });
    expect(await bench.read('CLAUDE.md')).toBe('# Mine\r\n@AGENTS.md\r\n');
  });

  test.each([['CLAUDE.md', 'AGENTS.md'], ['AGENTS.md', 'CLAUDE.md']])('%s may be a link to %s: one text, and no import of itself', async (link, target) => {
    const bench = await workshop({ [target]: '# Mine\n' });
    await bench.link(link, target);
    const { ending, data } = await run(bench, 'claude');
    expect(ending).toBe('done');
    expect(await bench.read(target)).toContain('cxw status');
    expect(await bench.read(target)).not.toContain('@AGENTS.md');
    expect(new Set(data.files.map(({ path }) => path)).size).toBe(data.files.length);
    expect(new Set((await run(bench, 'claude')).data.files.map(({ action }) => action))).toEqual(new Set(link === 'CLAUDE.md' ? ['same', 'keep'] : ['same']));
  });
});
