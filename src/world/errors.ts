import type { Code, FactsOf } from '../domain/codes/index.js';
import { refuse, type Problem } from '../domain/problem.js';

/**
 * The world failed: git, the network, the disk, a missing program; or another run holds the lock. Thrown only in
 * `world`, caught once in `cli`. Its words come from the table of codes, like every other answer.
 */
export class WorldError extends Error {
  readonly problem: Problem;
  /** 6: the world failed. 7: busy. */
  readonly exit: 6 | 7;

  constructor(problem: Problem, exit: 6 | 7, cause?: unknown) {
    super(problem.message, cause === undefined ? undefined : { cause });
    this.name = 'WorldError';
    this.problem = problem;
    this.exit = exit;
  }
}

/** The world failed in a way that has a code. */
export function failed<C extends Code>(code: C, facts: FactsOf<C>, cause?: unknown): WorldError {
  return new WorldError(refuse(code, facts), 6, cause);
}

/** Another run is at work. */
export function busy<C extends Code>(code: C, facts: FactsOf<C>): WorldError {
  return new WorldError(refuse(code, facts), 7);
}

/** Either what came of it, or why the world did not let it be. */
export type Attempted<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** Tries what no answer hangs on: here a failure of the world, or just one of these, ends nothing, and is told. */
export async function attempt<T>(act: () => Promise<T>, codes?: readonly Code[]): Promise<Attempted<T>> {
  try {
    return { ok: true, value: await act() };
  } catch (error) {
    if (!(error instanceof WorldError) || codes?.includes(error.problem.code) === false) throw error;
    return { ok: false, problem: error.problem };
  }
}

/** A person or the system asked for the end. What was recorded stands; what was not did not happen. */
export class Interrupted extends Error {
  readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP';

  constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
    super(`interrupted by ${signal}`);
    this.name = 'Interrupted';
    this.signal = signal;
  }
}

/** The code of a failed system call, as `ENOENT`; nothing for other errors. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
