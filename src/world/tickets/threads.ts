import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { BUILD } from '../../domain/version.js';
import { packageFolder } from '../assets.js';
import type { Case } from './index.js';
import { judge, type Desk, type Judgement } from './judgement.js';
import type { Files } from '../files.js';

/** What a helping thread is given. */
export interface Share {
  root: string;
  cases: readonly Case[];
  /** One number that all threads share: the first case that nobody has taken. */
  next: SharedArrayBuffer;
}

/** What it hands back. Cases that it could not judge are not among them: whoever asked comes upon the same trouble. */
export type Judged = [at: number, judgement: Judgement | undefined][];

type Here = Desk & { files: Pick<Files, 'read'> };

/** Starting a thread takes as long as judging some hundred tickets. */
const WORTH_A_THREAD = 1500;
const HELPERS_MAX = 3;
const BATCH = 32;

/** Judges ticket files one after the other; very many of them on several threads, of which this one is the first. */
export async function judgeAll(root: string, here: Here & { signal: AbortSignal }, cases: readonly Case[]): Promise<(Judgement | undefined)[]> {
  const next = new SharedArrayBuffer(4);
  const helpers = cases.length < WORTH_A_THREAD ? [] : startHelpers({ root, cases, next });
  const judgements = new Map<number, Judgement | undefined>();
  try {
    for (const [from, to] of batches(next, cases.length)) {
      here.signal.throwIfAborted();
      for (let at = from; at < to; at++) judgements.set(at, await judgeCase(here, cases[at]!));
      // Signals are heard, and what helpers say, only when nothing else is to be done.
      await setImmediate();
    }
    for (const judged of await Promise.all(helpers.map(({ answer }) => answer))) judged.forEach(([at, judgement]) => judgements.set(at, judgement));
    for (const [at, one] of cases.entries()) if (!judgements.has(at)) judgements.set(at, await judgeCase(here, one));
  } finally {
    for (const { worker } of helpers) void worker.terminate();
  }
  return cases.map((_, at) => judgements.get(at));
}

export async function judgeCase(desk: Here, { path, rules }: Case): Promise<Judgement | undefined> {
  const bytes = await desk.files.read(path);
  return bytes === undefined ? undefined : judge(desk, bytes, path, rules);
}

/** Takes cases, some at a time, until none is left. */
export function* batches(next: SharedArrayBuffer, length: number): Generator<[from: number, to: number]> {
  const counter = new Int32Array(next);
  for (;;) {
    const from = Atomics.add(counter, 0, BATCH);
    if (from >= length) return;
    yield [from, Math.min(from + BATCH, length)];
  }
}

/** None where there is one processor, or where we run from source. */
function startHelpers(share: Share): { worker: Worker; answer: Promise<Judged> }[] {
  const program = join(packageFolder(), 'dist', 'ticketThread.cjs');
  if (BUILD === 'source' || !existsSync(program)) return [];
  return Array.from({ length: Math.min(availableParallelism() - 1, HELPERS_MAX) }, () => {
    const worker = new Worker(program, { workerData: share, resourceLimits: { maxYoungGenerationSizeMb: 16 } });
    const answer = new Promise<Judged>((resolve) => {
      worker.once('message', resolve);
      // A helper that dies takes nothing with it: what it did not hand back is judged here.
      worker.once('error', () => resolve([]));
      worker.once('exit', () => resolve([]));
    });
    return { worker, answer };
  });
}
