import { execFile } from 'node:child_process';
import { access, lstat, readFile, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readManifest } from '../../src/domain/manifestReading.js';
import { policySchema } from '../../src/domain/policy.js';
import { ticketSchema } from '../../src/domain/ticket.js';
import { init, type InitData, type InitRequest } from '../../src/verbs/init.js';
import { setting } from '../support/setting.js';
import { watchedDisk } from '../support/watchedDisk.js';
import { emptyWorkshop, workshop, type Workshop } from '../support/workshop.js';

const PLAIN: InitRequest = { dryRun: false, packs: [] };
const run = async (bench: Workshop, request: Partial<InitRequest> = {}) => init(await setting(bench), { ...PLAIN, ...request });
const actions = (data: InitData): Record<string, string> => Object.fromEntries(data.files.map(({ path, action }) => [path, action]));

/** Runs a hint as a person would paste it. */
const paste = (bench: Workshop, command: string, cwd = bench.root) => promisify(execFile)('sh', ['-c', command], { cwd, env: bench.env });

describe('init', () => {
  test('sets up an empty repository without a commit, with at most 24 files', async () => {
    const bench = await emptyWorkshop();
    const { ending, data } = await run(bench);
    expect(ending).toBe('done');
    expect(new Set(Object.values(actions(data)))).toEqual(new Set(['create']));
    expect(data.files.length).toBeLessThanOrEqual(24);
    expect(data.files.at(-1)?.path).toBe('.cxw/manifest.json');
    expect(data.detected).toMatchObject({ branch: 'main', delivery: 'commit', test: 'unknown' });
    expect(data.unknown.map(({ what }) => what)).toEqual(['remote', 'upstream', 'package_manager', 'test', 'lint', 'build']);
    const untracked = (await bench.git('ls-files', '--others')).split('\n');
    expect(untracked.sort()).toEqual(data.files.map(({ path }) => path).sort());
  });

  test('a second run plans nothing, and a dry run writes nothing', async () => {
    const bench = await workshop();
    const dry = await run(bench, { dryRun: true });
    expect(new Set(Object.values(actions(dry.data)))).toEqual(new Set(['create']));
    expect(await bench.git('status', '--porcelain')).toBe('');
    await run(bench);
    const before = await bench.git('status', '--porcelain', '-uall');
    const again = await run(bench);
    expect(new Set(Object.values(actions(again.data)))).toEqual(new Set(['same']));
    expect(await bench.git('status', '--porcelain', '-uall')).toBe(before);
  });

  test('shows what the policy says once that stands, and refuses what would not change it', async () => {
    const bench = await workshop();
    await run(bench, { delivery: 'commit', prove: 'node --test' });
    expect((await run(bench)).data.detected).toMatchObject({ delivery: 'commit', remote: 'origin', test: 'node --test' });
    expect(await run(bench, { delivery: 'commit', prove: 'node --test' })).toMatchObject({ ending: 'done' });
    const before = await bench.read('.cxw/policy.yaml');
    const otherwise = await run(bench, { delivery: 'none', branch: 'zzz', prove: 'false' });
    expect(otherwise).toMatchObject({ ending: 'refused', data: { files: [] } });
    expect(otherwise.problems.map(({ code, facts }) => [code, facts['flag'], facts['stands']])).toEqual([
      ['policy-stands', '--delivery', 'commit'], ['policy-stands', '--branch', '**'], ['policy-stands', '--prove', 'node --test'],
    ]);
    expect(await bench.read('.cxw/policy.yaml')).toBe(before);
  });

  test('says in words that the remote is missing which a standing policy delivers to, and offers no push to it', async () => {
    const bench = await workshop();
    await run(bench);
    await bench.git('add', '--all');
    await bench.git('commit', '--quiet', '--message', 'Set up cxw');
    await bench.git('push', '--quiet');
    await bench.git('remote', 'rename', 'origin', 'upstream');
    const { ending, problems, next } = await run(bench, { packs: ['ci'] });
    expect(ending).toBe('done');
    expect(problems).toMatchObject([{ code: 'unknown-remote', severity: 'warning', message: 'There is no remote origin here; there is upstream.', commands: ['git remote add origin URL', 'cxw validate .cxw/policy.yaml'] }]);
    expect(next.some((command) => command.includes('git commit'))).toBe(true);
    expect(next.filter((command) => command.includes('push'))).toEqual([]);
    await bench.git('remote', 'rename', 'upstream', 'origin');
    expect((await run(bench)).problems).toEqual([]);
  });

  test('lists what it laid down only when all of that is safely on disk', async () => {
    const bench = await workshop();
    const told = watchedDisk();
    await run(bench);
    const manifest = told.indexOf('link manifest.json');
    const names = told.flatMap((call, at) => (/^link /.test(call) ? [at] : []));
    expect(names.at(-1)).toBe(manifest);
    expect(told.slice(names.at(-2), manifest)).toEqual(expect.arrayContaining([`flush ${basename(bench.root)}`, 'flush agent', 'flush tickets', 'flush _templates']));
  });

  test('lays down nothing that makes git ignore what it lays down', async () => {
    const bench = await workshop();
    const { data } = await run(bench, { packs: ['all', 'codex-hooks'] });
    const seen = (await bench.git('ls-files', '--others', '--exclude-standard')).split('\n');
    expect(seen.sort()).toEqual(data.files.map(({ path }) => path).sort());
  });

  test('detects what the repository says, and the policy that it writes is valid', async () => {
    const bench = await workshop({ 'package.json': '{"scripts":{"test":"node --test","lint":"eslint ."}}', 'package-lock.json': '{}' });
    const { data } = await run(bench);
    expect(data.detected).toEqual({ package_manager: 'npm', test: 'npm test', lint: 'npm run lint', build: 'unknown', branch: 'main', remote: 'origin', upstream: 'origin/main', delivery: 'commit-push' });
    const policy = policySchema.parse(parse(await bench.read('.cxw/policy.yaml')));
    expect(policy).toMatchObject({ delivery: { mode: 'commit-push', remote: 'origin', branches: ['**'] }, stack: { test: 'npm test', build: 'unknown' } });
    expect(await bench.read('AGENTS.md')).toContain('- test: `npm test`\n');
  });

  test('flags are written as they were given, whatever is in them', async () => {
    const bench = await workshop();
    await run(bench, { delivery: 'commit', branch: 'feature/*', prove: 'sh -c "a: b # c" \'é\'' });
    const policy = policySchema.parse(parse(await bench.read('.cxw/policy.yaml')));
    expect(policy).toMatchObject({ delivery: { mode: 'commit', branches: ['feature/*'] }, stack: { test: 'sh -c "a: b # c" \'é\'' } });
  });

  test('every ticket template is a valid ticket and finds its schema', async () => {
    const bench = await workshop();
    await run(bench);
    for (const name of ['quick', 'standard', 'orchestrator', 'package']) {
      const text = await bench.read(`tickets/templates/${name}.yaml`);
      expect(ticketSchema.safeParse(parse(text)).error).toBeUndefined();
      const schema = /^# yaml-language-server: \$schema=(\S+)/.exec(text)![1]!;
      await access(join(bench.root, 'tickets/templates', schema));
    }
    const policySchemaPath = /\$schema=(\S+)/.exec(await bench.read('.cxw/policy.yaml'))![1]!;
    await access(join(bench.root, '.cxw', policySchemaPath));
  });

  test('the block is at most 20 lines', async () => {
    const bench = await workshop({ 'AGENTS.md': '# Mine\n' });
    await run(bench);
    const added = (await bench.read('AGENTS.md')).slice('# Mine\n\n'.length);
    expect(added.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  });

  test.each([
    ['CRLF', '# Mine\r\nmore\r\n'], ['no final newline', '# Mine'], ['a byte order mark', '\ufeff# Mine\n'],
  ])("keeps every byte of somebody's AGENTS.md with %s", async (_, original) => {
    const bench = await workshop({ 'AGENTS.md': original });
    const { data } = await run(bench);
    expect(actions(data)['AGENTS.md']).toBe('merge');
    const merged = await readFile(join(bench.root, 'AGENTS.md'), 'utf8');
    expect(merged.startsWith(original)).toBe(true);
    expect(merged.endsWith('\n')).toBe(original.endsWith('\n'));
    expect(new Set(Object.values(actions((await run(bench)).data)))).toEqual(new Set(['same']));
  });

  test('a linked AGENTS.md is edited through its link, which stays', async () => {
    const bench = await workshop({ 'CLAUDE.md': '# Claude\n' });
    await bench.link('AGENTS.md', 'CLAUDE.md');
    const { data, next } = await run(bench);
    expect(actions(data)).toMatchObject({ 'CLAUDE.md': 'merge' });
    expect(actions(data)).not.toHaveProperty('AGENTS.md');
    expect(await readlink(join(bench.root, 'AGENTS.md'))).toBe('CLAUDE.md');
    expect(await bench.read('CLAUDE.md')).toContain('cxw status');
    expect(next[0]).toContain('CLAUDE.md');
    expect(new Set(Object.values(actions((await run(bench)).data)))).toEqual(new Set(['same']));
  });

  test('a link out of the repository is not followed', async () => {
    const bench = await workshop();
    await bench.link('AGENTS.md', join(bench.folder, 'home', 'outside.md'));
    const { ending, problems } = await run(bench);
    expect([ending, problems.map(({ code, message }) => [code, message])]).toEqual(['refused', [['scaffold-blocked', 'AGENTS.md cannot be written: it is a symbolic link that leads to no file of the repository.']]]);
    await expect(access(join(bench.folder, 'home', 'outside.md'))).rejects.toThrow();
    expect(await bench.git('ls-files', '--others')).toBe('AGENTS.md');
  });

  test('what stands in the way is named, all of it, and nothing is written or told as written', async () => {
    const bench = await workshop({ 'AGENTS.md': 'a\n<!-- cxw:begin -->\n', agent: 'a file\n', 'tickets/.gitignore/x': '' });
    const { ending, problems, data } = await run(bench);
    expect([ending, data.files, data.packs]).toEqual(['refused', [], []]);
    expect(problems.map(({ code }) => code).sort()).toEqual(['agents-block-broken', ...Array<string>(8).fill('scaffold-blocked')]);
    expect(await bench.git('status', '--porcelain')).toBe('');
  });

  test('an edited file is kept and said so; a file of theirs is kept and not ours', async () => {
    const bench = await workshop({ 'agent/STATE.md': 'their state\n' });
    await run(bench);
    await bench.write('agent/TODO.md', 'edited\n');
    const { data } = await run(bench);
    expect(data.files.filter(({ action }) => action === 'keep')).toEqual([
      { path: 'agent/STATE.md', action: 'keep', why: 'it was here before' },
      { path: 'agent/TODO.md', action: 'keep', why: 'it was edited' },
    ]);
    expect(await bench.read('agent/TODO.md')).toBe('edited\n');
    expect(readManifest(await bench.read('.cxw/manifest.json'))?.files.map(({ path }) => path)).not.toContain('agent/STATE.md');
  });

  test('names a folder in place of its files only where it holds nothing else', async () => {
    const bench = await workshop({ '.gitignore': '*.log\n', 'docs/decisions/ours-already.md': 'x\n' });
    await bench.write('agent/debug.log', 'ignored, and not ours\n');
    const { next } = await run(bench);
    const named = next[0]!.split(' -- ')[1]!.split(' ');
    expect(named).toEqual(expect.arrayContaining(['.cxw', 'tickets', 'docs/specs', 'docs/decisions/index.md', 'agent/STATE.md']));
    expect(named).not.toContain('docs');
    expect(named).not.toContain('agent');
  });

  test('cut short after any file, the next run completes it to the same tree', async () => {
    const bench = await workshop({ 'AGENTS.md': '# Mine' });
    const world = await setting(bench);
    for (let writes = 0; writes < 30; writes += 5) {
      let left = writes;
      const dying = async <T>(write: () => Promise<T>): Promise<T> => {
        if (left-- === 0) throw new Error('killed');
        return write();
      };
      const files = { ...world.files, create: (...args: Parameters<typeof world.files.create>) => dying(() => world.files.create(...args)), write: (...args: Parameters<typeof world.files.write>) => dying(() => world.files.write(...args)) };
      await init({ ...world, files }, PLAIN).catch((error: Error) => expect(error.message).toBe('killed'));
    }
    const { data } = await run(bench);
    expect(new Set(Object.values(actions(data)))).toEqual(new Set(['same']));
    expect(readManifest(await bench.read('.cxw/manifest.json'))?.files).toHaveLength(data.files.length - 1);
  });

  test('its git commands commit and push only the scaffold, and other staged work stays staged', async () => {
    const bench = await workshop({ 'AGENTS.md': '# Mine\n', 'work.txt': 'old\n' });
    await bench.write('work.txt', 'staged\n');
    await bench.write('new.txt', 'staged too\n');
    await bench.git('add', 'work.txt', 'new.txt');
    await bench.write('work.txt', 'and dirty\n');
    const { data, next } = await run(bench);
    for (const command of next.filter((hint) => hint.startsWith('git '))) await paste(bench, command);
    expect((await bench.git('show', '--format=', '--name-only', 'HEAD')).split('\n').sort()).toEqual(data.files.map(({ path }) => path).sort());
    expect(await bench.git('status', '--porcelain')).toBe('A  new.txt\nMM work.txt');
    expect(await bench.git('ls-remote', 'origin', 'refs/heads/main')).toContain(await bench.git('rev-parse', 'HEAD'));
    expect((await run(bench)).next).toEqual(['cxw ticket new --quick TITLE --file PATH --prove COMMAND']);
  });

  test('its git commands work before the first commit, and with other work staged', async () => {
    const bench = await emptyWorkshop();
    await bench.write('src/deep/work.txt', 'x\n');
    await bench.git('add', 'src/deep/work.txt');
    const { next } = await run(bench);
    for (const command of next.filter((hint) => hint.startsWith('git '))) await paste(bench, command);
    expect(await bench.git('status', '--porcelain')).toBe('A  src/deep/work.txt');
  });

  test('leaves a file out of them that holds uncommitted work, and files that are ignored, and a push that would take more', async () => {
    const bench = await workshop({ 'AGENTS.md': '# Mine\n', '.gitignore': 'agent/\n' });
    await bench.git('commit', '--quiet', '--allow-empty', '--message', 'Mine');
    await bench.write('AGENTS.md', '# Mine, and more\n');
    const { next, problems } = await run(bench);
    expect(problems.map(({ code }) => code)).toEqual(['stack-unknown', 'scaffold-ignored', 'scaffold-mixed', 'scaffold-behind-own-commits']);
    expect(next.join('\n')).not.toMatch(/AGENTS\.md|agent\/|push/);
    for (const command of next.filter((hint) => hint.startsWith('git '))) await paste(bench, command);
  });

  test('works on a detached HEAD, and asks for a branch', async () => {
    const bench = await workshop();
    await bench.git('checkout', '--quiet', '--detach');
    const { ending, data, next } = await run(bench);
    expect(ending).toBe('done');
    expect(data.unknown).toContainEqual({ what: 'branch', why: 'HEAD is detached' });
    expect(next[0]).toBe('git switch --create BRANCH');
  });

  test('new files are plain and no secret is in them', async () => {
    const bench = await workshop();
    const { data } = await run(bench);
    for (const { path } of data.files) {
      expect((await lstat(join(bench.root, path))).isFile()).toBe(true);
      expect(await bench.read(path)).not.toContain(bench.folder);
    }
  });
});
