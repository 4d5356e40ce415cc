import type { Outcome } from '../domain/outcome.js';
import type { Problem } from '../domain/problem.js';
import { exitOf } from './exit.js';

/** What is put before the reader: an outcome with its exit code, or a failure in the same shape. */
export interface Answer {
  command: string;
  exit: number;
  data: object;
  problems: Problem[];
  next: string[];
}

export const answerOf = (outcome: Outcome): Answer => ({ ...outcome, exit: exitOf(outcome.ending) });

/** The answer of a command that came to no outcome: misuse, a failed world, an interruption, or our own bug. */
export const failureAnswer = (command: string, exit: number, problem: Problem): Answer =>
  ({ command, exit, data: {}, problems: [problem], next: problem.commands });

/** The code that says why it is not done: that of the first problem that stops it. */
export const codeOf = (answer: Answer): string | undefined =>
  answer.exit === 0 ? undefined : answer.problems.find((problem) => problem.severity === 'error')?.code;
