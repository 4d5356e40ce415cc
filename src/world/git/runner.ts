import { existsSync } from 'node:fs';
import { PATIENCE } from '../../domain/patience.js';
import { failed, Interrupted, systemCode } from '../errors.js';
import { openScrubber, type Scrubber } from '../scrub.js';
import { startChild, TooMuch, type GitCall, type GitChild, type GitResult } from './child.js';
import type { EarlyAnswers } from './early.js';
import { gitEnvironment } from './environment.js';

export type { GitCall, GitResult } from './child.js';

/** Runs git with fixed argument vectors, without a shell, in an environment built from nothing. */
export interface GitRunner {
  /** What every call finds in its environment. */
  environment: Readonly<Record<string, string>>;
  /** Runs and answers however it ended. Throws only when git cannot run, or not in time, or we were interrupted. */
  attempt(args: readonly string[], call: GitCall): Promise<GitResult>;
  /** Runs and demands success: standard output, or a `git-failed` error. */
  run(args: readonly string[], call: GitCall): Promise<Buffer>;
  /** The same, as text without the last newline. */
  line(args: readonly string[], call: GitCall): Promise<string>;
  /** Text of git's or a remote's without the secrets that the environment holds. Standard error is without them already. */
  clean(text: string): string;
}

/** How many seconds one call may take. It is asked when a call has taken as long as it may at least. */
export type Patience = () => Promise<number>;

/**
 * Opens the runner for the repository around `cwd`. `signal` ends running children when we are interrupted. A question
 * that was asked early is answered by that child, once. Any call may run a hook or a filter, so none is without an end.
 */
export function openRunner(cwd: string, ambient: NodeJS.ProcessEnv, signal?: AbortSignal, early?: EarlyAnswers, patience: Patience = async () => PATIENCE.usual): GitRunner {
  const environment = gitEnvironment(ambient);
  let scrubber: Scrubber | undefined;
  const clean = (text: string): string => (scrubber ??= openScrubber({ ...ambient, ...environment }, cwd)).secrets(text);

  async function attempt(args: readonly string[], call: GitCall): Promise<GitResult> {
    throwIfInterrupted(signal);
    try {
      const result = await inTime(early?.take(args) ?? startChild(args, cwd, environment, call, signal), call, patience);
      return result.stderr === '' ? result : { ...result, stderr: clean(result.stderr) };
    } catch (error) {
      throw failureOf(error, call, { folder: call.cwd ?? cwd, signal });
    }
  }

  async function run(args: readonly string[], call: GitCall): Promise<Buffer> {
    const result = await attempt(args, call);
    if (result.exit === 0) return result.stdout;
    const { gitFailed } = await import('./notFetched.js');
    throw await gitFailed(attempt, { doing: call.doing, said: result.stderr, told: lastLines(result.stderr) || `exit ${result.exit}` });
  }

  return { environment, attempt, run, clean, line: async (args, call) => (await run(args, call)).toString('utf8').replace(/\r?\n$/, '') };
}

/** Ends a call that takes longer than it may. Nobody asks how long that is before it has taken as long as every call may. */
function inTime(child: GitChild, { doing, deadline }: GitCall, patience: Patience): Promise<GitResult> {
  let timer: NodeJS.Timeout;
  const endAfter = (seconds: number, most: number): void => {
    timer = setTimeout(() => child.end(failed('git-timed-out', { doing, seconds: most })), seconds * 1000).unref();
  };
  if (deadline !== undefined) endAfter(deadline, deadline);
  else timer = setTimeout(async () => { const most = await patience().catch(() => PATIENCE.usual); endAfter(most - PATIENCE.least, most); }, PATIENCE.least * 1000).unref();
  return child.ended.finally(() => clearTimeout(timer));
}

/** Why a child of ours has no end of its own, in our words. */
function failureOf(error: unknown, { doing }: GitCall, { folder, signal }: { folder: string; signal: AbortSignal | undefined }): unknown {
  if (error instanceof TooMuch) return failed('git-failed', { doing, said: 'it printed more than can be read' });
  if (signal?.aborted && error === signal.reason) return interruptionOf(signal);
  // The system says the same of a program that is not found and of a folder to start it in that is gone.
  if (systemCode(error) === 'ENOENT') return existsSync(folder) ? failed('git-missing', {}, error) : failed('not-a-repository', { folder, why: 'it is not there any more' }, error);
  return systemCode(error) === undefined ? error : failed('git-failed', { doing, said: (error as Error).message }, error);
}

export function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interruptionOf(signal);
}

const interruptionOf = (signal: AbortSignal | undefined): Interrupted =>
  signal?.reason instanceof Interrupted ? signal.reason : new Interrupted('SIGINT');

function lastLines(stderr: string): string {
  return stderr.trim().split('\n').slice(-4).join(' / ');
}
