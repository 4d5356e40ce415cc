import { folderOf, type Beginning } from '../beginning.js';
import { startChild, type GitCall, type GitChild } from './child.js';
import { gitEnvironment } from './environment.js';
import { SETTINGS, STATUS, TELL_ALL, VERSION, WHERE, type Question } from './questions.js';

/** Questions that git works on while the rest of the program is being loaded. */
export interface EarlyAnswers {
  /** Where it was asked; nothing when there is no such place any more, and nothing was asked. */
  cwd: string | undefined;
  /** The call for a question that was asked early; nothing when it was not, or has been taken. */
  take(question: Question): GitChild | undefined;
  /** Ends what nobody took. */
  dismiss(): void;
}

interface Start extends Beginning {
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

type Questions = readonly (readonly [Question, Pick<GitCall, 'config'>])[];

const WORKTREE: Questions = [[WHERE, {}], [STATUS, { config: TELL_ALL }]];

/** Asks which repository this is. */
export const askWhere = (start: Start): EarlyAnswers => ask(start, [[WHERE, {}]]);

/** Asks that and what its worktree is like: for a command that only looks, and need not wait for a lock. */
export const askWhereAndStatus = (start: Start): EarlyAnswers => ask(start, WORKTREE);

/** Asks all that and how it is set up: for a command that sets up more. */
export const askEverything = (start: Start): EarlyAnswers => ask(start, [...WORKTREE, [SETTINGS, {}], [VERSION, {}]]);

function ask({ env, signal, ...start }: Start, questions: Questions): EarlyAnswers {
  const cwd = folderOf(start);
  const environment = gitEnvironment(env);
  const calls = new Map(cwd === undefined ? [] : questions.map(([question, call]) => [question, startChild(question, cwd, environment, { doing: 'asking early', ...call }, signal)] as const));
  // Whoever takes a call hears of its failure.
  for (const { ended } of calls.values()) ended.catch(() => undefined);
  return {
    cwd,
    take: (question) => {
      const call = calls.get(question);
      calls.delete(question);
      return call;
    },
    dismiss: () => { for (const call of calls.values()) call.end(new Error('nobody asks any more')); },
  };
}
