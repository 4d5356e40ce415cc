import { spawn, type ChildProcess } from 'node:child_process';
import { GIT_OPTIONS, gitEnvironment } from './environment.js';
import { failed, Interrupted, systemCode } from '../errors.js';
import { openScrubber, type Scrubber } from '../scrub.js';

/** How one git call differs from the plain one. */
export interface GitCall {
  /** For messages: "git failed while <doing>". */
  doing: string;
  /** Bytes for standard input. */
  input?: Uint8Array | string;
  /** Another index than the repository's own. */
  index?: string;
  /** New objects go here; the repository's own are read as an alternate. Reading commands use it, so that they write nothing. */
  objects?: { directory: string; alternate: string };
  /** Added last. */
  env?: Record<string, string>;
  /** More `-c name=value`. */
  config?: readonly string[];
  /** Seconds before the whole process group is ended. Calls that reach a network, a hook or a signing program have one. */
  deadline?: number;
  cwd?: string;
  /** Bytes of standard output before the call is ended as failed. */
  limit?: number;
  /** Told as soon as the child runs; for journals that must name it. */
  onStart?: (pid: number) => void;
}

/** How a git call ended. Standard output is bytes: names in it may be no text. */
export interface GitResult {
  exit: number;
  stdout: Buffer;
  stderr: string;
}

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

const OUTPUT_LIMIT = 1 << 30;
const STDERR_LIMIT = 64 * 1024;

/** Opens the runner for the repository around `cwd`. `signal` ends running children when we are interrupted. */
export function openRunner(cwd: string, ambient: NodeJS.ProcessEnv, signal?: AbortSignal): GitRunner {
  const environment = gitEnvironment(ambient);
  let scrubber: Scrubber | undefined;
  const clean = (text: string): string => (scrubber ??= openScrubber(ambient, cwd)).secrets(text);

  async function attempt(args: readonly string[], call: GitCall): Promise<GitResult> {
    throwIfInterrupted(signal);
    const config = (call.config ?? []).flatMap((setting) => ['-c', setting]);
    const child = spawn('git', [...GIT_OPTIONS, ...config, ...args], {
      cwd: call.cwd ?? cwd,
      env: { ...environment, ...placesOf(call), ...call.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      // With a group of its own a hanging transport or hook can be ended whole.
      detached: call.deadline !== undefined,
    });
    const result = await settle(child, call, signal);
    return result.stderr === '' ? result : { ...result, stderr: clean(result.stderr) };
  }

  async function run(args: readonly string[], call: GitCall): Promise<Buffer> {
    const result = await attempt(args, call);
    if (result.exit === 0) return result.stdout;
    throw failed('git-failed', { doing: call.doing, said: lastLines(result.stderr) || `exit ${result.exit}` });
  }

  return { environment, attempt, run, clean, line: async (args, call) => (await run(args, call)).toString('utf8').replace(/\r?\n$/, '') };
}

function placesOf(call: GitCall): Record<string, string> {
  return {
    ...(call.index === undefined ? {} : { GIT_INDEX_FILE: call.index }),
    ...(call.objects === undefined
      ? {}
      : { GIT_OBJECT_DIRECTORY: call.objects.directory, GIT_ALTERNATE_OBJECT_DIRECTORIES: call.objects.alternate }),
  };
}

function settle(child: ChildProcess, call: GitCall, signal: AbortSignal | undefined): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const output: Buffer[] = [];
    let size = 0;
    let stderr = '';
    let ended: Error | undefined;

    const end = (why: Error): void => {
      ended ??= why;
      killGroup(child, call.deadline !== undefined);
    };
    const onAbort = (): void => end(interruptionOf(signal));
    const timer = call.deadline === undefined
      ? undefined
      : setTimeout(() => end(failed('git-timed-out', { doing: call.doing, seconds: call.deadline! })), call.deadline * 1000);
    signal?.addEventListener('abort', onAbort, { once: true });

    child.on('error', (error) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      reject(systemCode(error) === 'ENOENT' ? failed('git-missing', {}, error) : failed('git-failed', { doing: call.doing, said: error.message }, error));
    });
    // It did not start, as when no file can be opened any more: then it may have no streams, and the error is on its way.
    if (child.pid === undefined) return;

    child.stdout!.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > (call.limit ?? OUTPUT_LIMIT)) end(failed('git-failed', { doing: call.doing, said: 'it printed more than can be read' }));
      else output.push(chunk);
    });
    child.stderr!.on('data', (chunk: Buffer) => {
      if (stderr.length < STDERR_LIMIT) stderr += chunk.toString('utf8');
    });
    // A child that ends without reading its input is its own business; how it ended tells.
    child.stdin!.on('error', () => undefined);
    child.on('spawn', () => call.onStart?.(child.pid!));
    const finish = (exit: number | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      if (ended) reject(ended);
      else resolve({ exit: exit ?? 128, stdout: Buffer.concat(output), stderr });
    };
    child.on('close', finish);
    // A grandchild that keeps the pipe open must not keep us: with a deadline, the child's own end counts.
    if (call.deadline !== undefined) {
      child.on('exit', (exit) => setTimeout(() => {
        child.stdout!.destroy();
        child.stderr!.destroy();
        finish(exit);
      }, 200).unref());
    }
    child.stdin!.end(call.input ?? '');
  });
}

/** Ends a child, and with a group of its own everything that it started. */
export function killGroup(child: ChildProcess, grouped: boolean): void {
  if (child.pid === undefined) return;
  try {
    if (grouped) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

export function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interruptionOf(signal);
}

const interruptionOf = (signal: AbortSignal | undefined): Interrupted =>
  signal?.reason instanceof Interrupted ? signal.reason : new Interrupted('SIGINT');

function lastLines(stderr: string): string {
  return stderr.trim().split('\n').slice(-4).join(' / ');
}
