import { judgeRest, onThreads, type Helper } from '../threads.js';
import type { Case } from './index.js';
import { judge, type Desk, type Judgement } from './judgement.js';
import type { Files } from '../files.js';

type Here = Desk & { files: Pick<Files, 'read'> };

/** Starting a thread takes as long as judging some hundred tickets. */
const WORTH_THREADS = 1500;
const BATCH = 32;

/** Documents are small and soon forgotten: a small heap costs a few hundredths of the time, and saves 70 MiB. */
const HELPER: Helper = { program: 'ticketThread.cjs', heap: { maxYoungGenerationSizeMb: 6, maxOldGenerationSizeMb: 256 } };

/** Judges ticket files one after the other; very many of them on threads of their own. */
export async function judgeAll(root: string, here: Here & { signal: AbortSignal }, cases: readonly Case[]): Promise<(Judgement | undefined)[]> {
  const work = { root, cases, batch: BATCH };
  const judged = cases.length < WORTH_THREADS ? NONE : await onThreads<Case, Judgement | undefined>(HELPER, work, here.signal);
  return judgeRest(work, judged, here.signal, (one) => judgeCase(here, one));
}

const NONE: ReadonlyMap<number, Judgement | undefined> = new Map();

/** Judges one of them as it stands on the disk. */
export async function judgeCase(desk: Here, { path, rules }: Case): Promise<Judgement | undefined> {
  const bytes = await desk.files.read(path);
  return bytes === undefined ? undefined : judge(desk, bytes, path, rules);
}
