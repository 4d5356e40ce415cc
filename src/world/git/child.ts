import { spawn, type ChildProcess } from 'node:child_process';
import { endGroup, watchGroup } from '../processGroups.js';
import { GIT_OPTIONS } from './environment.js';
import { caseOptions } from './letterCase.js';

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
  /** Seconds before it is ended, where they are not those of every call. */
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

/** A call of git that is under way. */
export interface GitChild {
  /** How it ended; or why it was ended, or could not run. */
  ended: Promise<GitResult>;
  /** Ends it, with everything that it started; `ended` then rejects with this reason. Of one that has ended, nothing comes. */
  end(why: unknown): void;
}

/** It printed more than its caller would read. */
export class TooMuch extends Error {}

const OUTPUT_LIMIT = 1 << 30;
const STDERR_LIMIT = 64 * 1024;
/** How long what git printed last may take to arrive, when somebody whom it started holds its output open. */
const ARRIVAL_MS = 200;

/**
 * Starts git with a fixed argument vector, without a shell. It is the leader of a process group: hooks, filters and
 * transports that hang can be ended with it, and a Ctrl-C reaches it through us alone. What makes words of its end is not
 * loaded here: git is asked its first questions before the rest of the program is there.
 */
export function startChild(args: readonly string[], cwd: string, environment: Readonly<Record<string, string>>, call: GitCall, signal: AbortSignal | undefined): GitChild {
  const config = [...call.config ?? [], ...call.objects === undefined ? [] : THROWN_AWAY].flatMap((setting) => ['-c', setting]);
  const folder = call.cwd ?? cwd;
  try {
    return followed(spawn('git', [...GIT_OPTIONS, ...caseOptions(folder), ...config, ...args], {
      cwd: folder,
      env: { ...environment, ...placesOf(call), ...call.env },
      stdio: [call.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: true,
    }), call, signal);
  } catch (error) {
    // Some of what keeps a program from starting is thrown at once, as a folder that is none.
    return { ended: Promise.reject(error as Error), end: () => undefined };
  }
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

function followed(child: ChildProcess, call: GitCall, signal: AbortSignal | undefined): GitChild {
  let end: GitChild['end'] = () => undefined;
  const ended = new Promise<GitResult>((resolve, reject) => {
    child.on('error', reject);
    const { pid, stdin, stdout, stderr } = child;
    // It did not start, as when no file can be opened any more: then it may have no streams, and the error is on its way.
    if (pid === undefined) return;

    const letGo = watchGroup(child);
    let decided = false;
    const finish = (settle: () => void): void => {
      letGo();
      signal?.removeEventListener('abort', onAbort);
      for (const stream of [stdin, stdout, stderr]) stream?.destroy();
      settle();
    };
    end = (why) => {
      if (decided) return;
      decided = true;
      void endGroup(child).then(() => finish(() => reject(why)));
    };
    const onAbort = (): void => end(signal!.reason);
    signal?.addEventListener('abort', onAbort, { once: true });

    const output: Buffer[] = [];
    let size = 0;
    let said = '';
    stdout!.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > (call.limit ?? OUTPUT_LIMIT)) end(new TooMuch());
      else output.push(chunk);
    });
    stderr!.on('data', (chunk: Buffer) => {
      if (said.length < STDERR_LIMIT) said += chunk.toString('utf8');
    });
    // A child that ends without reading its input is its own business; how it ended tells.
    stdin?.on('error', () => undefined);
    child.on('spawn', () => call.onStart?.(pid));
    const settle = (exit: number | null): void => {
      if (decided) return;
      decided = true;
      finish(() => resolve({ exit: exit ?? 128, stdout: Buffer.concat(output), stderr: said }));
    };
    child.on('close', settle);
    // What it printed is in the pipe by then, and one more turn of reading takes it, however late the timer is.
    child.on('exit', (exit) => setTimeout(() => setImmediate(() => settle(exit)), ARRIVAL_MS).unref());
    stdin?.end(call.input);
  });
  return { ended, end: (why) => end(why) };
}
