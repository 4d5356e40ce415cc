import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parentPort, Worker, workerData, type ResourceLimits } from 'node:worker_threads';
import { BUILD } from '../domain/version.js';
import { packageFolder } from './assets.js';

/** What is to be judged, for threads that help. */
export interface Work<C> {
  root: string;
  cases: readonly C[];
  /** So many are taken at a time. */
  batch: number;
}

/** What a helping thread is given: with a number that all of them share, the first case that nobody has taken. */
interface Share<C> extends Work<C> {
  next: SharedArrayBuffer;
}

/** What it hands back. Cases that it could not judge are not among them: whoever asked comes upon the same trouble. */
type Judged<J> = [at: number, judgement: J][];

/** A program in `dist` that a thread runs, and how much memory it may take. */
export interface Helper {
  program: string;
  heap: ResourceLimits;
}

const THREADS_MAX = 2;

/** Judges cases on threads of their own, and answers what they made of each, by its number. */
export async function onThreads<C, J>(helper: Helper, work: Work<C>, signal: AbortSignal): Promise<Map<number, J>> {
  const threads = startThreads<C, J>(helper, { ...work, next: new SharedArrayBuffer(4) });
  const end = (): void => threads.forEach(({ worker }) => void worker.terminate());
  signal.addEventListener('abort', end, { once: true });
  try {
    return new Map((await Promise.all(threads.map(({ answer }) => answer))).flat());
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

/** Judges here what no thread has judged, one case after the other. */
export async function judgeRest<C, J>({ cases, batch }: Pick<Work<C>, 'cases' | 'batch'>, judged: ReadonlyMap<number, J>, signal: AbortSignal, judge: (one: C) => Promise<J>): Promise<J[]> {
  const judgements: J[] = [];
  for (const [at, one] of cases.entries()) {
    if (at % batch === 0) signal.throwIfAborted();
    judgements.push(judged.has(at) ? judged.get(at)! : await judge(one));
    // Signals are heard only when nothing else is to be done.
    if (at % batch === 0) await setImmediate();
  }
  return judgements;
}

/** The whole of a thread that helps: it takes its share, hands back everything at once, and ends. */
export async function help<C, J>(judgeIn: (root: string) => (one: C) => Promise<J>): Promise<void> {
  const { root, cases, batch, next } = workerData as Share<C>;
  const judge = judgeIn(root);
  const judged: Judged<J> = [];
  for (const [from, to] of batches(next, cases.length, batch)) {
    for (let at = from; at < to; at++) {
      try {
        judged.push([at, await judge(cases[at]!)]);
      } catch {
        // Whoever asked tries again, and comes upon the same trouble where it can be told.
      }
    }
  }
  parentPort!.postMessage(judged);
}

/** Takes cases, some at a time, until none is left. */
function* batches(next: SharedArrayBuffer, length: number, batch: number): Generator<[from: number, to: number]> {
  const counter = new Int32Array(next);
  for (;;) {
    const from = Atomics.add(counter, 0, batch);
    if (from >= length) return;
    yield [from, Math.min(from + batch, length)];
  }
}

/** None where there is one processor, or where we run from source. */
function startThreads<C, J>({ program, heap }: Helper, share: Share<C>): { worker: Worker; answer: Promise<Judged<J>> }[] {
  const file = join(packageFolder(), 'dist', program);
  const wanted = Math.min(availableParallelism(), THREADS_MAX);
  if (wanted < 2 || BUILD === 'source' || !existsSync(file)) return [];
  return Array.from({ length: wanted }, () => {
    const worker = new Worker(file, { workerData: share, resourceLimits: heap });
    // One that dies takes nothing with it: what it did not hand back is judged here.
    const answer = new Promise<Judged<J>>((resolve) => {
      worker.once('message', resolve);
      worker.once('error', () => resolve([]));
      worker.once('exit', () => resolve([]));
    });
    return { worker, answer };
  });
}
