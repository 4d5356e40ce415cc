import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../../support/workshop.js';
import { amount } from '../../support/amounts.js';
import { programOf } from '../../support/programOf.js';

const CONTENDERS = 6;

test('a thousand rounds of six processes that are killed at random never have two holders, and always a next one', async () => {
  const state = await mkdtemp(join(tmpdir(), 'cxw-lock-'));
  onTestFinished(() => rm(state, { recursive: true, force: true }));
  const script = await programOf(resolve(import.meta.dirname, 'holder.ts'), join(state, 'holder.mjs'));

  const rounds = amount(1000);
  const said: string[] = [];
  const held = (): number => said.filter((word) => word === 'held').length;
  let deaths = 0;
  /** One seat: whoever dies in it is followed by another process. */
  const contend = async (): Promise<void> => {
    while (held() < rounds) {
      const ran = await run(process.execPath, [script, state, String(Math.ceil(rounds / CONTENDERS))], { env: process.env });
      said.push(...ran.stdout.split('\n').filter(Boolean));
      expect(ran.stderr).toBe('');
      if (ran.exit !== 0) deaths += 1;
    }
  };
  await Promise.all(Array.from({ length: CONTENDERS }, contend));
  expect(new Set(said)).toEqual(new Set(['held']));
  expect(deaths).toBeGreaterThan(rounds / 100);
});
