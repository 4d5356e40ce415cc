import type { Problem } from './problem.js';

/** How an answer ends. Everything else (words, JSON, exit code) follows from it. */
export type Ending =
  /** It is done. Exit 0. */
  | 'done'
  /** A document is invalid. Exit 3. */
  | 'invalid'
  /** A gate or the policy said no. Exit 4. */
  | 'refused'
  /** A person must act first. Exit 5. */
  | 'waiting';

/** The answer of a command, as plain data: `data` in JSON, and what the text is made from. Absent rather than null. */
export interface Outcome<D extends object = object> {
  /** The command, as `advance` or `ticket new`. */
  command: string;
  ending: Ending;
  data: D;
  /** Every refusal, problem and remark, in the order to be read. */
  problems: Problem[];
  /** What to do now, best first. Each is a command that works at the root of the repository. */
  next: string[];
}

export function done<D extends object>(command: string, data: D, next: string[] = [], problems: Problem[] = []): Outcome<D> {
  return { command, ending: 'done', data, problems, next };
}

/**
 * An answer that says no. The next commands are those of its problems, unless better ones are known: of a single problem
 * the first two ways on, of several the first of each.
 */
export function no<D extends object>(ending: 'invalid' | 'refused' | 'waiting', command: string, data: D, problems: Problem[], next?: string[]): Outcome<D> {
  return { command, ending, data, problems, next: next ?? waysOn(problems.filter((problem) => problem.severity === 'error')) };
}

/** Ways on from problems, each once. */
export const waysOn = (problems: readonly Problem[]): string[] =>
  [...new Set(problems.flatMap((problem) => problem.commands.slice(0, problems.length > 1 ? 1 : 2)))];
