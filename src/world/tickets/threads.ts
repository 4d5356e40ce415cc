import { showPath } from '../../domain/paths.js';
import { attempt } from '../errors.js';
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
  // One name that is no file does not keep the others from being judged.
  const read = await attempt(() => desk.files.read(path), ['not-a-file', 'path-through-link']);
  if (!read.ok) return { problems: [{ ...read.problem, place: { file: showPath(path) } }] };
  return read.value === undefined ? undefined : judge(desk, read.value, path, rules);
}
