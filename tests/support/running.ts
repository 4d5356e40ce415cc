import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CXW, type Ran, type Workshop } from './workshop.js';

/** A command that runs in a process group of its own, as a shell starts one. */
export interface Running {
  signal(signal: NodeJS.Signals, to?: 'process' | 'group'): void;
  ended: Promise<Ran>;
}

export function start(shop: Pick<Workshop, 'root' | 'env'>, ...args: string[]): Running {
  const child = spawn(process.execPath, [CXW, ...args], { cwd: shop.root, env: shop.env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const heard = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk) => { heard.stdout += chunk; });
  child.stderr.setEncoding('utf8').on('data', (chunk) => { heard.stderr += chunk; });
  return {
    signal: (signal, to = 'process') => {
      try {
        process.kill(to === 'group' ? -child.pid! : child.pid!, signal);
      } catch (error) {
        // It has ended by itself.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    },
    ended: new Promise((settled) => child.on('close', (exit, signal) => settled({ exit: exit ?? (signal === 'SIGINT' ? 130 : 137), ...heard }))),
  };
}

/** A program that hangs, with a child of its own, for as long as it is sick. */
export interface Hanging {
  /** The command line that runs it, from the worktree. */
  command: string;
  sicken(): Promise<void>;
  /** Answers when both of its processes run. */
  hangs(): Promise<void>;
  /** From now on it ends at once, and what hangs goes on. */
  heal(): Promise<void>;
  /** Those of its processes that still live after a moment. */
  living(): Promise<number[]>;
}

/** Lays down a program beside the worktree. `deaf`: it does not end when it is asked to. `then`: what it is when it does not hang. */
export async function hangingProgram(shop: Workshop, name: string, { deaf = false, then = 'exit 0' } = {}): Promise<Hanging> {
  const [script, sick, pids] = ['sh', 'sick', 'pids'].map((kind) => join(shop.folder, `${name}.${kind}`)) as [string, string, string];
  const wait = `while [ -e '${sick}' ]; do sleep 0.1; done`;
  await writeFile(script, `#!/bin/sh\n${deaf ? "trap '' TERM INT HUP\n" : ''}if [ -e '${sick}' ]; then\n  (${wait}) &\n  echo $$ $! >> '${pids}'\n  ${wait}\nfi\n${then}\n`);
  const started = (): number[] => (existsSync(pids) ? readFileSync(pids, 'utf8').split(/\s/).filter(Boolean).map(Number) : []);
  return {
    command: `sh ../${name}.sh`,
    sicken: () => writeFile(sick, ''),
    hangs: async () => { while (started().length < 2) await pause(20); },
    heal: async () => { await rm(sick); await rm(pids, { force: true }); },
    living: async () => {
      for (let tries = 0; tries < 50 && started().some(isAlive); tries += 1) await pause(20);
      return started().filter(isAlive);
    },
  };
}

/** A hook of a git directory that becomes this program; where hooks run, its folder is no neighbour. */
export async function hook(shop: Workshop, directory: string, name: string, how: Parameters<typeof hangingProgram>[2] = {}): Promise<Hanging> {
  const hanging = await hangingProgram(shop, name, how);
  const path = join(directory, 'hooks', name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\nexec sh '${join(shop.folder, `${name}.sh`)}'\n`);
  await chmod(path, 0o755);
  return hanging;
}

/** A zombie that nobody has asked about is not alive. */
function isAlive(pid: number): boolean {
  try {
    return !/^\s*(Z|$)/.test(execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return false;
  }
}
