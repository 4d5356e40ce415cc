import { spawn, type ChildProcess } from 'node:child_process';
import { GIT_OPTIONS } from './environment.js';

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

/** Why a child was ended before its own end. */
export class EndedEarly extends Error {
  readonly why: 'late' | 'too-much';

  constructor(why: 'late' | 'too-much') {
    super(`git was ended: ${why}`);
    this.why = why;
  }
}

const OUTPUT_LIMIT = 1 << 30;
const STDERR_LIMIT = 64 * 1024;

/**
 * Starts git with a fixed argument vector, without a shell, and answers however it ended. Rejects with the system's error
 * when it cannot run, with `EndedEarly`, or with the reason of the signal. What makes words of that is not loaded here:
 * git is asked its first questions before the rest of the program is there.
 */
export function runChild(args: readonly string[], cwd: string, environment: Readonly<Record<string, string>>, call: GitCall, signal: AbortSignal | undefined): Promise<GitResult> {
  const config = [...call.config ?? [], ...call.objects === undefined ? [] : THROWN_AWAY].flatMap((setting) => ['-c', setting]);
  const child = spawn('git', [...GIT_OPTIONS, ...config, ...args], {
    cwd: call.cwd ?? cwd,
    env: { ...environment, ...placesOf(call), ...call.env },
    stdio: [call.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    // With a group of its own a hanging transport or hook can be ended whole.
    detached: call.deadline !== undefined,
  });
  return settle(child, call, signal);
}

/** What goes with the process need not survive a power cut. */
const THROWN_AWAY = ['core.fsync=none'];

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
    const onAbort = (): void => end(signal!.reason as Error);
    const timer = call.deadline === undefined
      ? undefined
      : setTimeout(() => end(new EndedEarly('late')), call.deadline * 1000);
    signal?.addEventListener('abort', onAbort, { once: true });

    child.on('error', (error) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      reject(error);
    });
    // It did not start, as when no file can be opened any more: then it may have no streams, and the error is on its way.
    if (child.pid === undefined) return;

    child.stdout!.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > (call.limit ?? OUTPUT_LIMIT)) end(new EndedEarly('too-much'));
      else output.push(chunk);
    });
    child.stderr!.on('data', (chunk: Buffer) => {
      if (stderr.length < STDERR_LIMIT) stderr += chunk.toString('utf8');
    });
    // A child that ends without reading its input is its own business; how it ended tells.
    child.stdin?.on('error', () => undefined);
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
    child.stdin?.end(call.input);
  });
}

/** Ends a child, and with a group of its own everything that it started. */
function killGroup(child: ChildProcess, grouped: boolean): void {
  if (child.pid === undefined) return;
  try {
    if (grouped) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
