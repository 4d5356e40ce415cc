import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { systemCode } from './errors.js';

/** A process of this machine, named so that a reused number cannot be taken for it. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in the system's own words. */
  started: string;
}

/** Where process numbers mean something: this machine, since it was started, in this container. */
export function processSpace(): { host: string; boot: string; namespace: string } {
  const machine = quietly(() => readFileSync('/etc/machine-id', 'utf8').trim()) ?? 'none';
  return { host: `${hostname()} ${machine}`, boot: bootId(), namespace: quietly(() => readlinkSync('/proc/self/ns/pid')) ?? 'none' };
}

/** Without /proc, the moment of the last start serves, to the nearest minute. */
function bootId(): string {
  return quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? `up since ${Math.round((Date.now() / 1000 - uptime()) / 60)}`;
}

export const thisProcess = (): ProcessIdentity => ({ pid: process.pid, started: startOf(process.pid) ?? 'unknown' });

/** When a process started; nothing when there is none with this number, when it has ended and only waits to be noticed, or when it cannot be looked at. */
export function startOf(pid: number): string | undefined {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat !== undefined) return hasEnded(stat) ? undefined : afterName(stat)[19];
  if (process.platform === 'linux') return undefined;
  return quietly(() => execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()) || undefined;
}

/** Whether exactly this process still runs. One that is there and cannot be looked at is taken to be the one. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    if (systemCode(error) !== 'EPERM') return false;
  }
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat !== undefined && hasEnded(stat)) return false;
  const now = startOf(pid);
  return now === undefined || started === 'unknown' || now === started;
}

/** A zombie: nothing of it runs any more, and in a container without an init it may stay for ever. */
const hasEnded = (stat: string): boolean => /^[ZX]$/.test(afterName(stat)[0] ?? '');

/** The processes above this one, nearest first, with their names, as far as they can be seen. */
export function ancestors(): (ProcessIdentity & { name: string })[] {
  const found: (ProcessIdentity & { name: string })[] = [];
  for (let pid = process.ppid; pid > 1 && found.length < 32;) {
    const above = described(pid);
    if (above === undefined) break;
    found.push({ pid, started: above.started, name: above.name });
    pid = above.parent;
  }
  return found;
}

function described(pid: number): { parent: number; started: string; name: string } | undefined {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat !== undefined) {
    const fields = afterName(stat);
    const command = quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')) ?? '';
    return { parent: Number(fields[1]), started: fields[19] ?? 'unknown', name: `${stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))} ${command}`.trim() };
  }
  if (process.platform === 'linux') return undefined;
  const line = quietly(() => execFileSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim());
  const parts = /^(\d+)\s+(.*)$/s.exec(line ?? '');
  return parts === null ? undefined : { parent: Number(parts[1]), started: startOf(pid) ?? 'unknown', name: parts[2]! };
}

/** A name in brackets may hold spaces and brackets itself; the fields come after the last one. */
const afterName = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

function quietly<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
