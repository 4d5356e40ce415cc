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
