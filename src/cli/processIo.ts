import type { Io, Sink } from './cxw.js';
import { openSink } from './sink.js';

/** What the process hands in. Each stream is opened when it is first asked for: most commands need but one. */
export function processIo(): Io {
  let answer: Sink | undefined;
  let talk: Sink | undefined;
  const io: Io = {
    cwd: whereStarted(),
    env: process.env,
    signal: interruption(),
    get stdin() { return process.stdin; },
    get stdout() { return answer ??= openSink(1, () => process.stdout, (error) => loseAnswer(error, io.stderr)); },
    get stderr() { return talk ??= openSink(2, () => process.stderr, loseTalk); },
  };
  return io;
}

function whereStarted(): string | undefined {
  try {
    return process.cwd();
  } catch {
    // It has been removed. What needs no place, as --version, needs not this one either.
    return undefined;
  }
}

/**
 * What cannot be written ends no work: what was begun is finished, and what was done stays done. Whoever reads us may stop
 * reading, as in `cxw log | head`. Otherwise an answer that did not arrive is a failure of the world.
 */
function loseAnswer(error: NodeJS.ErrnoException, stderr: Sink): void {
  if (error.code === 'EPIPE') return;
  process.exitCode = 6;
  stderr.write(`The answer could not be written (${error.code}). What was done stays done; once there is room, cxw status tells of it.\n`);
}

function loseTalk(): void { /* Nobody waits for it, and there is no other place to say so. */ }

/** The first signal asks for an orderly end; the second ends at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (asked) process.exit(signal === 'SIGINT' ? 130 : 143);
      asked = true;
      // Whoever waits for input waits no longer.
      process.stdin.destroy();
      void import('../world/errors.js').then(({ Interrupted }) => controller.abort(new Interrupted(signal)));
    });
  }
  return controller.signal;
}
