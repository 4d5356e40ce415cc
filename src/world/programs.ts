import { existsSync } from 'node:fs';
import { systemCode } from './errors.js';
import { throwIfInterrupted } from './git/runner.js';
import { openKeptOutput } from './keptOutput.js';
import type { Places } from './places.js';
import { openScrubber, type Scrubber } from './scrub.js';

/** One run of somebody else's program: a proof, a preparation, an agent. */
export interface ProgramRun {
  argv: readonly [string, ...string[]];
  /** Absolute folder to run in. */
  cwd: string;
  /** Seconds before its process group is ended. */
  timeout: number;
  /** How many bytes of output are kept: head and tail. */
  logBytes: number;
  /** Names of variables that it gets beside the safe ones. */
  pass: readonly string[];
  /** Variables set for it. */
  env?: Record<string, string>;
}

/** How it ended: one shape for success and failure. */
export interface ProgramResult {
  ending: 'exited' | 'signalled' | 'timed-out' | 'not-started';
  exit?: number;
  signal?: string;
  /** Why it could not start. */
  why?: string;
  /** Milliseconds. */
  duration: number;
  /** Output of both streams, scrubbed, head and tail when it was too long. */
  log: Buffer;
  /** Bytes that it printed in all. */
  printed: number;
  cut: boolean;
  /** How many secrets were taken out. */
  redacted: number;
}

/** Runs other people's programs. The only file that knows execa. */
export interface Programs {
  run(program: ProgramRun): Promise<ProgramResult>;
}

/** What a program gets of the ambient environment without being named: nothing that could carry a secret or change what git sees. */
const SAFE = /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_[A-Z]+|TMPDIR|TZ|CI)$/;
/** How long a program may tidy up when it is asked to end; and what it left behind, when it has ended by itself. */
const GRACE_MS = 2000;
const LEFTOVER_GRACE_MS = 200;
/** How long what it printed last may take to arrive, when somebody outside its group holds its output open. */
const ARRIVAL_MS = 1000;

/** Opens the way to other people's programs. `signal` ends what runs when we are interrupted. */
export function openPrograms(signal: AbortSignal, ambient: Readonly<Record<string, string | undefined>>, places: Pick<Places, 'root'>): Programs {
  let scrubber: Scrubber | undefined;
  return {
    run: async (program) => {
      throwIfInterrupted(signal);
      const { execa } = await import('execa');
      throwIfInterrupted(signal);
      const output = openKeptOutput(program.logBytes);
      const began = performance.now();
      const [file, ...args] = program.argv;
      const child = execa(file, args, {
        cwd: program.cwd, env: environmentFor(program, ambient), extendEnv: false, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe',
        buffer: false, reject: false, cleanup: false,
        // A group of its own, so that everything it starts can be ended with it.
        detached: true,
      });
      child.stdout?.on('data', output.take);
      child.stderr?.on('data', output.take);
      const end = await watched(child.pid, () => endOf(child, program, signal));
      throwIfInterrupted(signal);
      return { ...end, duration: performance.now() - began, ...output.scrubbed(scrubber ??= openScrubber(ambient, places.root)), printed: output.printed(), cut: output.cut() };
    },
  };
}

/** Groups that still run. When we must end at once, as at a second Ctrl-C, none of them outlives us. */
const running = new Set<number>();
let watching = false;

async function watched<T>(pid: number | undefined, work: () => Promise<T>): Promise<T> {
  if (pid === undefined) return work();
  if (!watching) process.once('exit', () => running.forEach((group) => signalGroup(group, 'SIGKILL')));
  watching = true;
  running.add(pid);
  try {
    return await work();
  } finally {
    running.delete(pid);
  }
}

function environmentFor({ pass, env }: ProgramRun, ambient: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(ambient)) {
    if (value !== undefined && (SAFE.test(name) || pass.includes(name))) given[name] = value;
  }
  return { TERM: 'dumb', NO_COLOR: '1', ...given, ...env };
}

type End = Pick<ProgramResult, 'ending' | 'exit' | 'signal' | 'why'>;
type Child = ReturnType<(typeof import('execa'))['execa']>;

/** Waits for the program's own end, within its time; then nothing of its group is left. */
async function endOf(child: Child, { timeout }: ProgramRun, signal: AbortSignal): Promise<End> {
  const arrived = new Promise<void>((resolve) => { child.once('close', () => resolve()); });
  let late = false;
  const timer = setTimeout(() => { late = true; void endGroup(child.pid, GRACE_MS); }, timeout * 1000);
  const onAbort = (): void => void endGroup(child.pid, GRACE_MS);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const own = await ownEnd(child);
    return late && own.ending !== 'not-started' ? { ...own, ending: 'timed-out' } : own;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    if (child.pid !== undefined) {
      await endGroup(child.pid, LEFTOVER_GRACE_MS);
      await atMost(ARRIVAL_MS, arrived);
    }
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
}

/** The program's own exit counts: a grandchild that keeps its output open must not keep us. */
function ownEnd(child: Child): Promise<End> {
  return new Promise((settled) => {
    child.once('exit', (exit, killer) => settled(killer === null ? { ending: 'exited', exit: exit ?? undefined } : { ending: 'signalled', signal: killer }));
    // One that never started has no exit; only its promise tells, in whatever way starting it failed.
    void child.then(({ exitCode, signal, code, cwd }) => {
      if (exitCode === undefined && signal === undefined) settled({ ending: 'not-started', why: whyNotStarted(code, cwd) });
    });
  });
}

/** In words without a path of this machine. */
function whyNotStarted(code: string | undefined, cwd: string): string {
  if (code === 'ENOENT') return existsSync(cwd) ? 'there is no such program' : 'there is no such folder to run it in';
  if (code === 'EACCES') return 'it may not be run';
  return code === 'E2BIG' ? 'its arguments are too long' : `the system refused (${code ?? 'no reason given'})`;
}

async function atMost(milliseconds: number, event: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([event, new Promise((resolve) => { timer = setTimeout(resolve, milliseconds); })]);
  clearTimeout(timer);
}

/** Asks the whole group to end, and after a moment of grace makes it. */
async function endGroup(pid: number | undefined, grace: number): Promise<void> {
  if (pid === undefined || !signalGroup(pid, 'SIGTERM')) return;
  for (let waited = 0; waited < grace; waited += 20) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (!signalGroup(pid, 0)) return;
  }
  signalGroup(pid, 'SIGKILL');
}

/** False when nobody of the group is left. */
function signalGroup(pid: number, what: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, what);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
    // Only zombies are left: nothing that could still run.
    if (systemCode(error) === 'EPERM') return false;
    throw error;
  }
}
