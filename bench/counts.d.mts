export interface Counts {
  exit: number | null;
  gitProcesses: number;
  /** How often the program itself waits for the disk. */
  flushes: number;
  /** Absolute names of the files that were loaded. */
  loaded: string[];
  /** Names of Node's own modules that were loaded. */
  builtin: string[];
}

export function countsOf(program: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Counts;
