import { shellWord } from '../domain/paths.js';
import { refuse } from '../domain/problem.js';
import { failureAnswer, type Answer } from '../output/answer.js';
import { visibleBlock } from '../output/escape.js';
import { Interrupted, WorldError } from '../world/errors.js';
import type { Run } from './cxw.js';

/** The answer of a run that came to no outcome: a failed world, an interruption, or our own bug. */
export function failureOf(run: Run, error: unknown): Answer {
  const command = run.command === '' ? 'cxw' : run.command;
  if (run.io.signal.aborted) return interrupted(run, command, run.io.signal.reason);
  if (error instanceof WorldError) return failureAnswer(command, error.exit, error.problem);
  run.io.stderr.write(`${visibleBlock(stackOf(error))}\n`);
  return failureAnswer(command, 1, refuse('internal-error', { message: error instanceof Error ? error.message : String(error) }));
}

/** There is no repository around the reader. */
export const isNowhere = (error: unknown): boolean => error instanceof WorldError && error.problem.code === 'not-a-repository';

function interrupted(run: Run, command: string, reason: unknown): Answer {
  const signal = reason instanceof Interrupted ? reason.signal : 'SIGINT';
  const again = ['cxw', ...run.argv].map(shellWord).join(' ');
  return failureAnswer(command, signal === 'SIGINT' ? 130 : 143, refuse('interrupted', { signal, command: again }));
}

const stackOf = (error: unknown): string => (error instanceof Error ? error.stack ?? error.message : String(error));
