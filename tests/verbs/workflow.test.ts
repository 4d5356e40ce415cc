import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { init } from '../../src/verbs/init.js';
import { deliverInto } from '../support/delivered.js';
import { setting } from '../support/setting.js';
import { CXW, workshop, type Workshop } from '../support/workshop.js';

const run = async (bench: Workshop, ...packs: string[]) => init(await setting(bench), { dryRun: false, packs });

const stepsIn = async (bench: Workshop): Promise<Record<string, any>[]> => parse(await bench.read('.github/workflows/cxw.yml')).jobs.evidence.steps;

describe('the workflow', () => {
  test('reads only, keeps no credentials, and names every step', async () => {
    const bench = await workshop({ 'package-lock.json': '{}' });
    await run(bench, 'ci');
    const workflow = parse(await bench.read('.github/workflows/cxw.yml'));
    expect(Object.keys(workflow)).toEqual(['name', 'on', 'permissions', 'concurrency', 'env', 'jobs']);
    expect(workflow).toMatchObject({ on: 'pull_request', permissions: { contents: 'read' } });
    for (const step of await stepsIn(bench)) {
      expect([step['uses'], step['run']].filter((one) => typeof one === 'string')).toHaveLength(1);
      if (step['uses']?.startsWith('actions/checkout')) expect(step['with']).toMatchObject({ 'persist-credentials': false, 'fetch-depth': 0 });
      // What a pull request says must not be spelled out into a script.
      if (step['run'] !== undefined) expect(step['run']).not.toContain('${{');
    }
  });

  test.each([
    ['npm', { 'package-lock.json': '{}' }, 'npm ci --ignore-scripts'],
    ['pnpm', { 'pnpm-lock.yaml': '' }, 'pnpm install --frozen-lockfile'],
    ['no known one', { 'Cargo.toml': '[package]\n' }, 'exit 1'],
  ])('installs with %s', async (_, files, command) => {
    const bench = await workshop(files);
    await run(bench, 'ci');
    const install = (await stepsIn(bench)).find(({ name }) => name?.startsWith('Install'));
    expect(install).toMatchObject({ 'working-directory': 'base', run: expect.stringContaining(command) });
  });
});

describe('on a pull request', () => {
  /** What a runner would do: the base and the work in clones of their own, and every step that is a script. */
  async function judged(bench: Workshop, base: string): Promise<{ exits: Record<string, number>; summary: string }> {
    const at = (name: string): string => join(bench.folder, 'runner', name);
    await bench.git('push', '--quiet', 'origin', 'HEAD:refs/pull/1/head');
    const head = await bench.git('rev-parse', 'HEAD');
    for (const [name, commit] of [['base', base], ['work', head]] as const) {
      await bench.git('clone', '--quiet', '--no-checkout', '--config', 'remote.origin.fetch=+refs/pull/*:refs/remotes/pull/*', bench.remote, at(name));
      await bench.git('-C', at(name), 'checkout', '--quiet', '--detach', commit);
    }
    await mkdir(at('base/node_modules/.bin'), { recursive: true });
    await writeFile(at('base/node_modules/.bin/cxw'), `#!/bin/sh\nexec '${process.execPath}' '${CXW}' "$@"\n`, { mode: 0o755 });
    const env = { ...bench.env, RANGE: `${base}..${head}`, GITHUB_STEP_SUMMARY: at('summary.md') };
    await writeFile(at('summary.md'), '');
    const scripts = (await stepsIn(bench)).filter(({ run: script, name }) => script !== undefined && !name.startsWith('Install'));
    const exits = scripts.map((step) => [step['name'], spawnSync('bash', ['-e', '-c', step['run']], { cwd: at(step['working-directory']), env }).status]);
    return { exits: Object.fromEntries(exits), summary: await readFile(at('summary.md'), 'utf8') };
  }

  /** A repository that was set up with the workflow, and where every commit needs a ticket. */
  async function strict(): Promise<{ bench: Workshop; base: string }> {
    const bench = await workshop({ 'package-lock.json': '{}' });
    await run(bench, 'ci');
    await bench.write('.cxw/policy.yaml', (await bench.read('.cxw/policy.yaml')).replace('delivery:\n', 'delivery:\n  unticketed_commits: fail\n'));
    await bench.git('add', '--all');
    await bench.git('commit', '--quiet', '--message', 'Set up');
    await bench.git('push', '--quiet', 'origin', 'HEAD');
    return { bench, base: await bench.git('rev-parse', 'HEAD') };
  }

  test('that was delivered, it passes, and the summary says what was found', async () => {
    const { bench, base } = await strict();
    const { commit } = await deliverInto(bench, {});
    const { exits, summary } = await judged(bench, base);
    expect(exits).toEqual({ Documents: 0, Evidence: 0 });
    expect(summary).toMatch(/^### Evidence\n~~~~text\n[^]*consistent[^]*\n~~~~\n$/);
    expect(summary).toContain(commit.slice(0, 12));
  });

  test('that loosens the policy for its own commits, it fails by the policy of the base', async () => {
    const { bench, base } = await strict();
    await bench.write('.cxw/policy.yaml', (await bench.read('.cxw/policy.yaml')).replace('  unticketed_commits: fail\n', ''));
    await bench.git('commit', '--quiet', '--all', '--message', 'Loosen');
    const { exits, summary } = await judged(bench, base);
    expect(exits).toEqual({ Documents: 0, Evidence: 4 });
    expect(summary).toContain('unticketed-commit');
  });

  test('with a document that is broken, it fails', async () => {
    const { bench, base } = await strict();
    await bench.write('tickets/TKT-2026-11-21-broken.yaml', 'id: TKT-2026-11-21-broken\ncolour: red\n');
    await bench.git('add', '--all');
    await bench.git('commit', '--quiet', '--message', 'Break it');
    expect((await judged(bench, base)).exits).toEqual({ Documents: 3, Evidence: 4 });
  });
});
