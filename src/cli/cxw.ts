import type { Outcome } from '../domain/outcome.js';
import type { World } from '../world/index.js';
import { answerOf } from '../output/answer.js';
import { present } from './present.js';
import { commandMeant, meantBy, parsingEnd, surface, wordForNone, type Asked, type Runner } from './program.js';
import { spread } from './spread.js';

/** What the process hands in, so that the whole program can be called as a function. */
export interface Io {
  /** Nothing when the place where we were started has gone. */
  cwd: string | undefined;
  env: Record<string, string | undefined>;
  /** Aborted with an `Interrupted` when a person or the system asks for the end. */
  signal: AbortSignal;
  readonly stdin: AsyncIterable<Uint8Array> & { isTTY?: boolean };
  readonly stdout: Sink;
  readonly stderr: Sink;
}

export interface Sink {
  isTTY?: boolean;
  /** The width of a terminal. */
  columns?: number;
  write(text: string): unknown;
}

/** One run of the program: what was asked, and what came of it so far. */
export interface Run {
  argv: readonly string[];
  io: Io;
  /** The command, as `ticket new`; empty for the program itself. */
  command: string;
  asked: Asked;
  /** What the parser printed by itself: help, or the version. */
  printed: string;
  outcome?: Outcome;
  /** Set once the world is open. */
  world?: World;
}

/**
 * Runs one command line to its end, and writes its one answer. Answers the exit code. `bare`: no command was given, so
 * it is `status`, or the help where there is no repository.
 */
export async function cxw(argv: readonly string[], io: Io, bare = false): Promise<number> {
  const run: Run = { argv, io, command: '', asked: { json: argv.includes('--json') }, printed: '' };
  const program = surface({
    asked: (options) => { run.asked = options; },
    printed: (text) => { run.printed += text; },
    columns: () => io.stdout.columns,
    alone: async (verb) => { run.outcome = await verb({ cwd: io.cwd, directory: run.asked.directory }); },
    inWorld: entering(run),
  }, meantBy(argv));
  const { command, shape } = commandMeant(program, argv);
  run.command = command;
  try {
    await program.parseAsync(spread(argv, shape), { from: 'user' });
    return await present(run, answerOf(run.outcome!));
  } catch (error) {
    const end = parsingEnd(error);
    if (end?.kind === 'bare' && command === '' && !argv.includes('help')) return cxw([...argv, 'status'], io, true);
    if (end !== undefined) return present(run, await (await import('./usage.js')).usageAnswer(run, end, wordForNone(program, argv)));
    const { failureOf, isNowhere } = await import('./failure.js');
    if (bare && isNowhere(error)) return cxw([...argv.slice(0, -1), '--help'], io);
    return present(run, failureOf(run, error));
  }
}

/** Enters the world around the reader. Git is asked first, and works on it while the world and the verb are loaded. */
function entering(run: Run): Runner['inWorld'] {
  return async (load, carryOut, begins) => {
    const { io: { cwd, env, signal }, asked: { directory } } = run;
    const { askWhere, askWhereAndStatus, askEverything } = await import('../world/git/early.js');
    const ask = begins === 'looking' ? askWhereAndStatus : begins === 'setting up' ? askEverything : askWhere;
    const early = ask({ cwd, directory, env, signal });
    try {
      const { enterWorld, readerAt } = await import('./enter.js');
      const [world, verb] = await Promise.all([enterWorld(run, early), load()]);
      run.world = world;
      run.outcome = await carryOut(verb, world, { as: run.asked.as, ...readerAt(world, early.cwd), env, signal });
    } finally {
      early.dismiss();
    }
  };
}
