import { existsSync } from 'node:fs';
import { handedOn } from '../domain/agents.js';
import { throwIfInterrupted } from './git/runner.js';
import { openKeptOutput } from './keptOutput.js';
import type { Places } from './places.js';
import { atMost, endGroup, watchGroup } from './processGroups.js';
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
/** How long what it printed last may take to arrive, when somebody outside its group holds its output open. */
const ARRIVAL_MS = 1000;

/** Opens the way to other people's programs. `signal` ends what runs when we are interrupted. */
export function openPrograms(signal: AbortSignal, ambient: Readonly<Record<string, string | undefined>>, places: Pick<Places, 'root'>): Programs {
  let scrubber: Scrubber | undefined;
  const marks = handedOn(ambient);
  return {
    run: async (program) => {
      throwIfInterrupted(signal);
      const { execa } = await import('execa');
      throwIfInterrupted(signal);
      const output = openKeptOutput(program.logBytes);
      const began = performance.now();
      const [file, ...args] = program.argv;
      const child = execa(file, args, {
        cwd: program.cwd, env: { ...environmentFor(program, ambient), ...marks }, extendEnv: false, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe',
        buffer: false, reject: false, cleanup: false,
        // A group of its own, so that everything it starts can be ended with it.
        detached: true,
      });
      child.stdout?.on('data', output.take);
      child.stderr?.on('data', output.take);
      const letGo = watchGroup(child);
      const end = await endOf(child, program, signal).finally(letGo);
      throwIfInterrupted(signal);
      return { ...end, duration: performance.now() - began, ...output.scrubbed(scrubber ??= openScrubber({ ...ambient, ...marks }, places.root)), printed: output.printed(), cut: output.cut() };
    },
  };
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
  const askToEnd = (): void => void endGroup(child);
  const timer = setTimeout(() => { late = true; askToEnd(); }, timeout * 1000);
  signal.addEventListener('abort', askToEnd, { once: true });
  try {
    const own = await ownEnd(child);
    return late && own.ending !== 'not-started' ? { ...own, ending: 'timed-out' } : own;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', askToEnd);
    if (child.pid !== undefined) {
      await endGroup(child);
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
