import { resolve } from 'node:path';
import { runChild, type GitCall, type GitResult } from './child.js';
import { gitEnvironment } from './environment.js';
import { STATUS, TELL_ALL, WHERE, type Question } from './questions.js';

/** Questions that git works on while the rest of the program is being loaded. */
export interface EarlyAnswers {
  /** Where it was asked, as an absolute path. */
  cwd: string;
  /** The answer to a question that was asked early; nothing when it was not, or has been taken. */
  take(question: Question): Promise<GitResult> | undefined;
  /** Ends what nobody took. */
  dismiss(): void;
}

interface Start {
  cwd: string;
  /** Another folder to start in, seen from there. */
  directory?: string;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/** Asks which repository this is. */
export const askWhere = (start: Start): EarlyAnswers => ask(start, new Map([[WHERE, {}]]));

/** Asks that and what its worktree is like: for a command that only looks, and need not wait for a lock. */
export const askWhereAndStatus = (start: Start): EarlyAnswers => ask(start, new Map([[WHERE, {}], [STATUS, { config: TELL_ALL }]]));

function ask({ cwd: from, directory = '.', env, signal }: Start, questions: ReadonlyMap<Question, Pick<GitCall, 'config'>>): EarlyAnswers {
  const cwd = resolve(from, directory);
  const environment = gitEnvironment(env);
  const dismissed = new AbortController();
  const either = AbortSignal.any([signal, dismissed.signal]);
  const answers = new Map([...questions].map(([question, call]) => [question, runChild(question, cwd, environment, { doing: 'asking early', ...call }, either)]));
  // Whoever takes an answer hears of its failure.
  for (const answer of answers.values()) answer.catch(() => undefined);
  return {
    cwd,
    take: (question) => {
      const answer = answers.get(question);
      answers.delete(question);
      return answer;
    },
    dismiss: () => { if (answers.size > 0) dismissed.abort(new Error('nobody asks any more')); },
  };
}
