import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { CXW, run, type Ran } from '../../support/workshop.js';

const execute = promisify(execFile);

/** What happens at one call. `half`: a write is done by half, anything else whole, and then everything is killed. */
export type Mode = 'kill' | 'half' | 'once' | 'for good';
export const ERRORS = ['ENOSPC', 'EIO', 'EACCES'] as const;
export type Fault = { at: number; mode: 'kill' | 'half' } | { at: number; mode: 'once' | 'for good'; error: (typeof ERRORS)[number] };

export const showFault = (fault: Fault): string => `call ${fault.at}, ${fault.mode}${'error' in fault ? ` ${fault.error}` : ''}`;

/** A run of the built program whose every change of a file was counted, and perhaps one of them refused or cut short. */
export interface Injected extends Ran {
  /** How many calls were made. */
  calls: number;
  /** Whether the fault came about. */
  fired: boolean;
}

export interface Injector {
  run(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[], fault?: Fault): Promise<Injected>;
  /** A run without a fault: every call that it makes. */
  trace(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<{ ran: Injected; calls: Call[] }>;
}

/** One call that changes a file. */
export interface Call {
  call: string;
  path: string;
  /** The second name of a renaming or a link. */
  to: string;
  /** Where it was written, or -1 for where the last write ended. */
  offset: number;
  bytes: Buffer;
}

/** Where a test under fire keeps its repositories: in memory where there is such a place, since every call flushes. */
export const arena = async (): Promise<string> => mkdtemp(join(process.env['CXW_ARENA'] ?? tmpdir(), 'cxw-fire-'));

/** Builds the preload library. Answers why not, where there is no compiler or no Linux. */
export async function openInjector(folder: string): Promise<Injector | string> {
  if (process.platform !== 'linux') return `call-level faults need Linux, and this is ${process.platform}`;
  const library = join(folder, 'preload.so');
  try {
    await execute('cc', ['-shared', '-fPIC', '-O1', '-o', library, resolve(import.meta.dirname, 'preload.c'), '-ldl']);
  } catch (error) {
    return `call-level faults need a C compiler: ${error instanceof Error ? error.message.split('\n')[0] : 'there is none'}`;
  }

  let runs = 0;
  const inject = async (cwd: string, env: NodeJS.ProcessEnv, args: readonly string[], fault: Fault | undefined, trace: string): Promise<Injected> => {
    const page = join(folder, `page-${++runs}`);
    await writeFile(page, pageFor(fault));
    const ran = await run(process.execPath, [CXW, ...args], { cwd, env: { ...env, LD_PRELOAD: library, CXW_FAULT_PAGE: page, CXW_FAULT_TRACE: trace } });
    const told = await readFile(page);
    await rm(page);
    return { ...ran, calls: told.readUInt32LE(0), fired: told.readUInt32LE(FIRED) !== 0 };
  };

  return {
    run: (cwd, env, args, fault) => inject(cwd, env, args, fault, ''),
    trace: async (cwd, env, args) => {
      const file = join(folder, `trace-${runs + 1}`);
      await writeFile(file, '');
      const ran = await inject(cwd, env, args, undefined, file);
      return { ran, calls: parseTrace(await readFile(file)) };
    },
  };
}

/** `struct page` of preload.c. */
const PAGE_SIZE = 24 + 1000 * 16;
const FIRED = 16;
const MODES: Mode[] = ['kill', 'half', 'once', 'for good'];

function pageFor(fault: Fault | undefined): Buffer {
  const page = Buffer.alloc(PAGE_SIZE);
  if (fault === undefined) return page;
  page.writeUInt32LE(fault.at, 4);
  page.writeUInt32LE(MODES.indexOf(fault.mode) + 1, 8);
  page.writeUInt32LE('error' in fault ? constants.errno[fault.error] : 0, 12);
  return page;
}

function parseTrace(trace: Buffer): Call[] {
  const calls: Call[] = [];
  for (let at = 0; at < trace.length;) {
    const end = trace.indexOf('\n', at);
    const [call, path, to, offset, size] = trace.toString('latin1', at, end).split('\t') as [string, string, string, string, string];
    calls.push({ call, path, to, offset: Number(offset), bytes: trace.subarray(end + 1, end + 1 + Number(size)) });
    at = end + 1 + Number(size);
  }
  return calls;
}
