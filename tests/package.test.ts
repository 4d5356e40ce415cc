import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const execute = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

let folder: string;
let tarball: string;
let env: NodeJS.ProcessEnv;

/** npm without a network, without a cache and without a person's settings. */
const npm = (cwd: string, ...args: string[]) => execute('npm', args, { cwd, env });

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'cxw-package-')));
  await mkdir(join(folder, 'home'));
  await mkdir(join(folder, 'repo'));
  env = { PATH: process.env['PATH'], HOME: join(folder, 'home'), npm_config_offline: 'true', npm_config_cache: join(folder, 'cache'), npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false' };
  const packed = await npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  tarball = join(folder, (JSON.parse(packed.stdout) as [{ filename: string }])[0].filename);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the package', () => {
  let installed: string;

  beforeAll(async () => {
    const repo = join(folder, 'repo');
    await execute('git', ['init', '--quiet', '--initial-branch=main', repo], { env });
    await writeFile(join(repo, 'package.json'), '{"name":"elsewhere","version":"1.0.0","private":true}\n');
    await npm(repo, 'install', '--save-dev', tarball);
    installed = join(repo, 'node_modules/cxw');
  });

  test('brings nothing else with it', () => {
    const beside = readdirSync(join(folder, 'repo/node_modules')).filter((name) => !name.startsWith('.'));
    expect(beside).toEqual(['cxw']);
  });

  test('runs as npx cxw', async () => {
    const { stdout } = await execute('npx', ['cxw', '--version'], { cwd: join(folder, 'repo'), env });
    expect(stdout).toBe(`${version}\n`);
  });

  test('sets up the repository that it was installed into', async () => {
    const repo = join(folder, 'repo');
    const { stdout } = await execute('npx', ['cxw', 'init', '--json', '--with', 'all'], { cwd: repo, env });
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'cxw/init@1', ok: true });
    expect(existsSync(join(repo, '.cxw/policy.yaml'))).toBe(true);
    expect(existsSync(join(repo, 'AGENTS.md'))).toBe(true);
    for (const path of ['.codex/config.toml', '.agents/skills/cxworkflow/SKILL.md', '.claude/agents/cxw-reviewer.md', '.github/workflows/cxw.yml']) expect(existsSync(join(repo, path))).toBe(true);
  });

  test('gives its formats to programs of both module kinds', async () => {
    const repo = join(folder, 'repo');
    const asModule = await execute(process.execPath, ['--input-type=module', '-e', "import { jsonSchema } from 'cxw'; console.log(jsonSchema('ticket').title)"], { cwd: repo, env });
    const asScript = await execute(process.execPath, ['-e', "console.log(require('cxw').jsonSchema('ticket').title, require('cxw/schemas/ticket.json').title)"], { cwd: repo, env });
    expect(asModule.stdout).toBe('cxw ticket\n');
    expect(asScript.stdout).toBe('cxw ticket cxw ticket\n');
    expect(existsSync(join(installed, 'dist/types/index.d.ts'))).toBe(true);
  });

  test('carries the licences of what is bundled, its own, and no more than is used', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(installed, file)).isFile());
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'THIRD-PARTY-NOTICES.md', 'dist/cxw.cjs']));
    expect(files.filter((file) => /\.map$|\.tsx?$/.test(file) && !file.endsWith('.d.ts'))).toEqual([]);
    const notices = readFileSync(join(installed, 'THIRD-PARTY-NOTICES.md'), 'utf8');
    for (const name of ['commander', 'picocolors', 'simple-git', 'yaml', 'zod', 'execa']) expect(notices).toMatch(new RegExp(`^## ${name} \\d`, 'm'));
  });

  test('tells nothing of the machine that built it', () => {
    const files = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(installed, 'dist', file)).isFile());
    const telling = files.filter((file) => {
      const text = readFileSync(join(installed, 'dist', file), 'utf8');
      return text.includes(root) || text.includes('sourceMappingURL') || text.includes(process.env['HOME'] ?? root);
    });
    expect(telling).toEqual([]);
  });

  test('starts with little: commander and the surface, and no code of any command', async () => {
    await writeFile(join(folder, 'probe.js'), "process.on('exit', () => process.stderr.write(JSON.stringify(Object.keys(require.cache).filter((file) => file.endsWith('.cjs')))));\n");
    const { stderr } = await execute(process.execPath, ['--require', join(folder, 'probe.js'), join(installed, 'dist/cxw.cjs'), '--version'], { env: { ...env, CXW_CODE_CACHE: 'read' } });
    const sizes = (JSON.parse(stderr) as string[]).map((file) => statSync(file).size);
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThan(64 * 1024);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(96 * 1024);
  });

  test('has an executable with its first line', () => {
    const program = join(installed, 'dist/cxw.cjs');
    expect(readFileSync(program, 'utf8').startsWith('#!/usr/bin/env node\n')).toBe(true);
    expect(statSync(program).mode & 0o111).toBe(0o111);
  });
});
