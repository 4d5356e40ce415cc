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
const WORTH_THREADS = 1500;
const THREADS_MAX = 2;
const BATCH = 32;
/** Documents are small and soon forgotten: a small heap costs a few hundredths of the time, and saves 70 MiB. */
const HEAP = { maxYoungGenerationSizeMb: 6, maxOldGenerationSizeMb: 256 };

/** Judges ticket files one after the other; very many of them on threads of their own. */
export async function judgeAll(root: string, here: Here & { signal: AbortSignal }, cases: readonly Case[]): Promise<(Judgement | undefined)[]> {
  const judged = new Map(cases.length < WORTH_THREADS ? [] : await onThreads({ root, cases, next: new SharedArrayBuffer(4) }, here.signal));
  const judgements: (Judgement | undefined)[] = [];
  for (const [at, one] of cases.entries()) {
    if (at % BATCH === 0) here.signal.throwIfAborted();
    judgements.push(judged.has(at) ? judged.get(at) : await judgeCase(here, one));
    // Signals are heard only when nothing else is to be done.
    if (at % BATCH === 0) await setImmediate();
  }
  return judgements;
}

async function onThreads(share: Share, signal: AbortSignal): Promise<Judged> {
  const threads = startThreads(share);
  const end = (): void => threads.forEach(({ worker }) => void worker.terminate());
  signal.addEventListener('abort', end, { once: true });
  try {
    return (await Promise.all(threads.map(({ answer }) => answer))).flat();
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
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
function startThreads(share: Share): { worker: Worker; answer: Promise<Judged> }[] {
  const program = join(packageFolder(), 'dist', 'ticketThread.cjs');
  const wanted = Math.min(availableParallelism(), THREADS_MAX);
  if (wanted < 2 || BUILD === 'source' || !existsSync(program)) return [];
  return Array.from({ length: wanted }, () => {
    const worker = new Worker(program, { workerData: share, resourceLimits: HEAP });
    // One that dies takes nothing with it: what it did not hand back is judged here.
    const answer = new Promise<Judged>((resolve) => {
      worker.once('message', resolve);
      worker.once('error', () => resolve([]));
      worker.once('exit', () => resolve([]));
    });
    return { worker, answer };
  });
}
