import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CANARIES, NEST, tryGates } from '../../src/verbs/doctor/canaries.js';
import { openTrial, type Trial } from '../../src/world/trial.js';
import { workshop, type Workshop } from '../support/workshop.js';

/** Set up and committed, with a temporary folder of its own. */
async function fit(): Promise<Workshop & { temporary: string }> {
  const bench = await workshop();
  const temporary = join(bench.folder, 'temporary');
  await mkdir(temporary);
  bench.programEnv['TMPDIR'] = temporary;
  await bench.cxw('init', '--prove', 'git --version');
  await bench.git('add', '--all');
  await bench.git('commit', '--quiet', '--message', 'Set up cxw');
  await bench.git('push', '--quiet');
  return { ...bench, temporary };
}

const check = (answer: any, id: string, kind = 'repository'): any => answer.data.checks.find((one: any) => one.id === id && one.kind === kind);

describe('cxw doctor', () => {
  test('finds a fit repository fit, and every gate shut; leaves nothing behind', async () => {
    const bench = await fit();
    const { exit, answer } = await bench.json('doctor');
    expect(answer.problems).toEqual([]);
    expect(exit).toBe(0);
    expect(answer.data.checks.filter(({ ok }: any) => !ok)).toEqual([]);
    expect(answer.data.checks.filter(({ kind }: any) => kind === 'gate').map(({ id }: any) => id)).toEqual(CANARIES.map(({ id }) => id));
    expect(check(answer, 'remote').detail).toContain(`at ${(await bench.git('rev-parse', 'HEAD')).slice(0, 12)}`);
    expect(await bench.git('status', '--porcelain')).toBe('');
    expect(readdirSync(bench.temporary)).toEqual([]);
    expect(readdirSync(join(bench.root, '.git')).filter((name) => name.startsWith('cxw'))).toEqual([]);
  });

  test('names what a delivery would be refused for, with the command that mends it', async () => {
    const bench = await fit();
    await bench.git('checkout', '--quiet', '-b', 'alone');
    await bench.write('.git/index.lock', '');
    const { exit, answer } = await bench.json('doctor', '--offline');
    expect(exit).toBe(4);
    expect(answer.problems.map(({ code }: any) => code)).toEqual(['git-locked', 'no-upstream']);
    expect(check(answer, 'operation')).toMatchObject({ ok: false, fix: expect.any(String) });
    expect(check(answer, 'target')).toMatchObject({ ok: false, fix: expect.stringContaining('git push') });
    expect(check(answer, 'branch')).toMatchObject({ ok: true, detail: 'alone' });
  });

  test('asks the remote, unless it is told not to', async () => {
    const bench = await fit();
    await bench.remove('../remote.git');
    const asked = await bench.json('doctor');
    expect(asked).toMatchObject({ exit: 4, answer: { code: 'remote-unreachable' } });
    const offline = await bench.json('doctor', '--offline');
    expect(offline.exit).toBe(0);
    expect(check(offline.answer, 'remote')).toBeUndefined();
  });

  test('says that nothing is set up', async () => {
    const bench = await workshop();
    const { stdout, exit } = await bench.cxw('doctor', '--offline');
    expect(exit).toBe(4);
    expect(stdout).toMatch(/no-policy\n\nNext {3}cxw init\n$/);
  });
});

test('a gate that lets its violation pass is told, and the others are tried all the same', async () => {
  const bench = await workshop();
  const trial = await openTrial({ root: bench.root }, { env: process.env, signal: new AbortController().signal }, NEST);
  // Nothing is planted at one gate, so it is as if that gate stood open.
  const open: Trial = { ...trial, write: async (path, text) => (path.startsWith('.git/hooks/') ? undefined : trial.write(path, text)) };
  try {
    const tried = await tryGates(open);
    expect(tried.filter(({ refused }) => !refused).map(({ canary }) => canary.id)).toEqual(['hook']);
    expect(tried).toHaveLength(CANARIES.length);
  } finally {
    await trial.close();
  }
});
