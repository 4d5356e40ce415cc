import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { amount, seed } from '../../support/amounts.js';
import { chanceOf, type Chance } from '../random.js';

/** Something that reads bytes of strangers. `read` throws what it must not throw, or answers what is wrong with its answer. */
export interface Reader {
  name: string;
  inputs: number;
  next(chance: Chance): Buffer;
  read(input: Buffer): Promise<string | undefined>;
}

const SEEDS = join(import.meta.dirname, 'seeds');
const SLOW_MS = 100;
const TRIES = 20;
/** So many failures say enough. */
const TOLD_MAX = 5;

/** Gives every reader first what ever failed, then mutants without end; whatever fails is kept as a seed. */
export function campaign(readers: readonly Reader[]): void {
  const begun = seed();
  describe.each(readers.map((reader) => [reader.name, reader] as const))('%s', (name, reader) => {
    const kept = seedsOf(name);

    test.runIf(kept.length > 0)('what failed once fails no more', async () => {
      for (const file of kept) expect(await faultOf(reader, readFileSync(join(SEEDS, name, file))), file).toBe(undefined);
    });

    test(`mutants of seed ${begun}`, async () => {
      const faults: string[] = [];
      for (let round = 0; round < amount(reader.inputs) && faults.length < TOLD_MAX; round++) {
        const input = reader.next(chanceOf(begun + round));
        const fault = await faultOf(reader, input);
        if (fault !== undefined) faults.push(`${keep(name, input)}: ${fault} (CXW_SEED=${begun}, round ${round})`);
      }
      expect(faults).toEqual([]);
    });
  });
}

async function faultOf(reader: Reader, input: Buffer): Promise<string | undefined> {
  const started = performance.now();
  try {
    const fault = await reader.read(input);
    if (fault !== undefined) return fault;
  } catch (error) {
    return error instanceof Error ? error.stack : String(error);
  }
  return performance.now() - started > SLOW_MS ? slowness(reader, input) : undefined;
}

/** A busy machine makes anything slow: what counts is processor time, and what is slow is slow every time. */
async function slowness(reader: Reader, input: Buffer): Promise<string | undefined> {
  let least = Infinity;
  for (let again = 0; again < TRIES; again++) {
    const before = process.cpuUsage();
    await reader.read(input);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
    if (least <= SLOW_MS) return undefined;
  }
  return `it took ${least.toFixed(0)} ms`;
}

function seedsOf(name: string): string[] {
  try {
    return readdirSync(join(SEEDS, name)).sort();
  } catch {
    return [];
  }
}

function keep(name: string, input: Buffer): string {
  const file = createHash('sha256').update(input).digest('hex').slice(0, 12);
  mkdirSync(join(SEEDS, name), { recursive: true });
  writeFileSync(join(SEEDS, name, file), input);
  return `${name}/${file}`;
}
