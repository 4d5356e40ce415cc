/**
 * The process: arguments, environment, streams, signals, exit code. Nothing else is loaded before Node was found new
 * enough, because an older one could not read it.
 */
import type { Io } from './cxw.js';

const NEEDED = [20, 19] as const;

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (!isNewEnough(process.versions.node)) return refuseNode(argv);
  const compiled = (await import('./compiled.js')).loadCompiled(argv, process.env['CXW_CODE_CACHE']);
  await run(argv);
  // What ended otherwise may have been no command at all.
  const worthKeeping = process.exitCode === 0 ? compiled() : undefined;
  if (worthKeeping !== undefined) await (await import('../world/compiledStore.js')).keepCompiled(worthKeeping, process.env);
}

async function run(argv: string[]): Promise<void> {
  const { cxw } = await import('./cxw.js');
  const exit = await cxw(argv, processIo());
  // It may be known by now that the answer did not arrive.
  process.exitCode ??= exit;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

function refuseNode(argv: string[]): void {
  const message = `cxw needs Node ${NEEDED.join('.')} or newer; this is Node ${process.versions.node}.`;
  process.exitCode = 6;
  if (!argv.includes('--json')) {
    process.stderr.write(`${message}\n`);
    return;
  }
  const code = 'node-too-old';
  const problems = [{ code, message, severity: 'error' }];
  process.stdout.write(`${JSON.stringify({ schema: 'cxw/cxw@1', ok: false, code, exit: 6, data: {}, problems, next: ['node --version'] })}\n`);
}

/** Node opens a stream when it is first asked for, which takes longer than a short command: so each is asked for late. */
function processIo(): Io {
  return {
    cwd: whereStarted(),
    env: process.env,
    signal: interruption(),
    get stdin() { return process.stdin; },
    get stdout() { return thatMayFail(process.stdout, loseAnswer); },
    get stderr() { return thatMayFail(process.stderr, loseTalk); },
  };
}

function whereStarted(): string | undefined {
  try {
    return process.cwd();
  } catch {
    // It has been removed. What needs no place, as --version, needs not this one either.
    return undefined;
  }
}

/** What cannot be written ends no work: what was begun is finished, and what was done stays done. */
function thatMayFail(stream: NodeJS.WriteStream, lose: (error: NodeJS.ErrnoException) => void): NodeJS.WriteStream {
  if (!stream.listeners('error').includes(lose)) stream.on('error', lose);
  return stream;
}

/** Whoever reads us may stop reading, as in `cxw log | head`. Otherwise an answer that did not arrive is a failure of the world. */
function loseAnswer(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.exitCode = 6;
  thatMayFail(process.stderr, loseTalk).write(`The answer could not be written (${error.code}). What was done stays done; once there is room, cxw status tells of it.\n`);
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

void main();
